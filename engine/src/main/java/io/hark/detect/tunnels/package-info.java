/// Packets inside packets, and proxies, where none belong.
///
/// Sees the ground and the wall. Start with [io.hark.detect.tunnels.Tunnels].
@NullMarked
package io.hark.detect.tunnels;

import org.jspecify.annotations.NullMarked;
