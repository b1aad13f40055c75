/// njRAT and its descendants.
///
/// Sees the ground. Start with [io.hark.decode.njrat.NjRat].
@NullMarked
package io.hark.decode.njrat;

import org.jspecify.annotations.NullMarked;
