/// Data in ICMP echoes.
///
/// Sees the ground and the wall. Start with [io.hark.detect.icmptunnel.IcmpTunnels].
@NullMarked
package io.hark.detect.icmptunnel;

import org.jspecify.annotations.NullMarked;
