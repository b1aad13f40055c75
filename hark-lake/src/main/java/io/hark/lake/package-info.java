/// Queries over the Parquet files of a case or a lake, and the packet archive. Sees `hark` and
/// DuckDB, which only reads. Start with [io.hark.lake.Query].
@NullMarked
package io.hark.lake;

import org.jspecify.annotations.NullMarked;
