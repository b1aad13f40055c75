/// DHCP for IPv4: who got which address.
///
/// Sees the ground and the wall. Start with [io.hark.parse.dhcp.DhcpParser].
@NullMarked
package io.hark.parse.dhcp;

import org.jspecify.annotations.NullMarked;
