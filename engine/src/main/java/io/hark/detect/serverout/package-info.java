/// Servers that begin to call out.
///
/// Sees the ground and the wall. Start with [io.hark.detect.serverout.ServerCallsOut].
@NullMarked
package io.hark.detect.serverout;

import org.jspecify.annotations.NullMarked;
