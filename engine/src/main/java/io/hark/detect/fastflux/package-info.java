/// Names whose addresses change all the time.
///
/// Sees the ground and the wall. Start with [io.hark.detect.fastflux.FastFlux].
@NullMarked
package io.hark.detect.fastflux;

import org.jspecify.annotations.NullMarked;
