/// TLS and SSL over TCP: records, the handshake as it goes by, and what is said about it at its
/// end.
///
/// An extension: sees the ground and the wall. Start with [io.hark.parse.tls.TlsParser].
@NullMarked
package io.hark.parse.tls;

import org.jspecify.annotations.NullMarked;
