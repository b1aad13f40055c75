/// Hosts that hand on what they are sent.
///
/// Sees the ground and the wall. Start with [io.hark.detect.relays.Relays].
@NullMarked
package io.hark.detect.relays;

import org.jspecify.annotations.NullMarked;
