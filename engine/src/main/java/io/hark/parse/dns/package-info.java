/// DNS over UDP and TCP, and its relatives that share the format: multicast DNS, LLMNR and the
/// NetBIOS name service.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.dns.DnsTransactions], which both transports share.
@NullMarked
package io.hark.parse.dns;

import org.jspecify.annotations.NullMarked;
