/// Queries over the Parquet files of a case or a lake, and the packet archive. Sees `hark` and
/// DuckDB.
@NullMarked
package io.hark.lake;

import org.jspecify.annotations.NullMarked;
