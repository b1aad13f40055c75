/// The lake's writer: events become Parquet files by kind and day, without any library between.
/// Columns, types and units come from `schema` alone, so that a new kind of event needs nothing
/// here.
///
/// A row goes: [io.hark.store.Store] (which file) → `EventFile` (row groups, footer) → `Shredder`
/// (which column) → `Leaf` (values, levels, pages) → `Packing` (encodings). Why we write it
/// ourselves: `docs/decisions/0001-parquet-written-by-hark.md`.
///
/// Sees `io.hark`, `event`, `schema`, `bytes` and zstd. Start with [io.hark.store.Store].
@NullMarked
package io.hark.store;

import org.jspecify.annotations.NullMarked;
