/// Logs of servers that give names and addresses: DNS and DHCP.
///
/// Sees the ground and the wall, never a sibling. Start with [io.hark.log.names.Bind].
@NullMarked
package io.hark.log.names;

import org.jspecify.annotations.NullMarked;
