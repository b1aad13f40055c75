/// Looking for hosts and services: ports of one host, one port of many hosts, addresses by ARP,
/// lists of RPC services.
///
/// Sees the ground and the wall. Start with [io.hark.detect.scans.Scans].
@NullMarked
package io.hark.detect.scans;

import org.jspecify.annotations.NullMarked;
