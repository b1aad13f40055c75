/// What leaves the zone in which an adversary is to stay.
///
/// Sees the ground and the wall. Start with [io.hark.detect.containment.Containment].
@NullMarked
package io.hark.detect.containment;

import org.jspecify.annotations.NullMarked;
