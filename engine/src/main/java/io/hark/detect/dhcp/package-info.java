/// Servers that hand out addresses which are not theirs to give.
///
/// Sees the ground and the wall. Start with [io.hark.detect.dhcp.RogueDhcp].
@NullMarked
package io.hark.detect.dhcp;

import org.jspecify.annotations.NullMarked;
