/// Turkojan and what talks like it.
///
/// Sees the ground. Start with [io.hark.decode.turkojan.Turkojan].
@NullMarked
package io.hark.decode.turkojan;

import org.jspecify.annotations.NullMarked;
