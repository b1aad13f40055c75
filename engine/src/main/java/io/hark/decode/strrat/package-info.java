/// STRRAT.
///
/// Sees the ground. Start with [io.hark.decode.strrat.Strrat].
@NullMarked
package io.hark.decode.strrat;

import org.jspecify.annotations.NullMarked;
