/// Cisco's firewalls and routers: ASA and Secure Firewall, IOS and NX-OS, Meraki.
///
/// Sees the ground and the wall. Start with [io.hark.log.cisco.CiscoAsa].
@NullMarked
package io.hark.log.cisco;

import org.jspecify.annotations.NullMarked;
