/// RADIUS: who is let in.
///
/// Sees the ground and the wall. Start with [io.hark.parse.radius.RadiusParser].
@NullMarked
package io.hark.parse.radius;

import org.jspecify.annotations.NullMarked;
