/// STUN and TURN: who learns its own address, and talks through relays.
///
/// Sees the ground and the wall. Start with [io.hark.parse.stun.StunParser].
@NullMarked
package io.hark.parse.stun;

import org.jspecify.annotations.NullMarked;
