/// Formats that several protocols share: stateless, bytes to records.
///
/// Sees `bytes`, `schema` and `event`. Start with [io.hark.format.Mime].
@NullMarked
package io.hark.format;

import org.jspecify.annotations.NullMarked;
