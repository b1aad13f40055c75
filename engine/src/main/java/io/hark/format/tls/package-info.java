/// TLS handshake messages as bytes → records, the names of their numbers, and the fingerprints made
/// of them: what TLS over TCP, DTLS and QUIC share. Nothing here knows of connections.
///
/// Sees `bytes`. Start with [io.hark.format.tls.ClientHello].
@NullMarked
package io.hark.format.tls;

import org.jspecify.annotations.NullMarked;
