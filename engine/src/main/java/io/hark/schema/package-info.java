/// What the house knows of its records: kinds, columns, units, and the one binary codec. JSON,
/// Parquet, filters and the reference page are derived from here; a field is described once, on the
/// record component.
///
/// Sees nothing of Hark. Start with [io.hark.schema.Kind].
@NullMarked
package io.hark.schema;

import org.jspecify.annotations.NullMarked;
