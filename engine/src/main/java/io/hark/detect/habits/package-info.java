/// What a host is used to send, and what is more than that.
///
/// Sees the ground and the wall. Start with [io.hark.detect.habits.UnusualTransfers].
@NullMarked
package io.hark.detect.habits;

import org.jspecify.annotations.NullMarked;
