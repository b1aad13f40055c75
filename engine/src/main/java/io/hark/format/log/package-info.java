/// What log formats of many products are made of: the syslog envelope, times, `key=value`, CSV,
/// CEF, LEEF, JSON lines, and tables that say which of a product's names is which column.
///
/// Sees `bytes`, `schema` and `event`. Keeps nothing, throws for nothing that stands in a line.
/// Start with [io.hark.format.log.LogLine].
@NullMarked
package io.hark.format.log;

import org.jspecify.annotations.NullMarked;
