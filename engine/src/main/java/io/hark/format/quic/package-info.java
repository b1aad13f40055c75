/// QUIC's versions and the opening of packets: Initial ones, whose keys anybody can compute, and
/// others with secrets of TLS.
///
/// Sees bytes and TLS's key schedule. Start with [io.hark.format.quic.PacketKeys].
@NullMarked
package io.hark.format.quic;

import org.jspecify.annotations.NullMarked;
