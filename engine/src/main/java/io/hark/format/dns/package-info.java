/// DNS messages: bytes → record, and a record's text as Zeek's `dns.log` has it. Shared by the DNS
/// parser and by the decoders of tunnels; stateless.
///
/// Sees `bytes` and `schema`. Start with [io.hark.format.dns.DnsMessage].
@NullMarked
package io.hark.format.dns;

import org.jspecify.annotations.NullMarked;
