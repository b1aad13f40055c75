/// Exporters: events → bytes of a dialect that other programs read. One file per dialect.
///
/// Sees the ground and the wall. Start with [io.hark.export.ZeekJson].
@NullMarked
package io.hark.export;

import org.jspecify.annotations.NullMarked;
