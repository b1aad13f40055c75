/// Things that nobody has a reason to touch.
///
/// Sees the ground and the wall. Start with [io.hark.detect.tripwires.Tripwires].
@NullMarked
package io.hark.detect.tripwires;

import org.jspecify.annotations.NullMarked;
