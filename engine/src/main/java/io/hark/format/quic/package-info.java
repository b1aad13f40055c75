/// QUIC's versions and the opening of Initial packets, whose keys anybody can compute.
///
/// Sees bytes and TLS's key schedule. Start with [io.hark.format.quic.InitialKeys].
@NullMarked
package io.hark.format.quic;

import org.jspecify.annotations.NullMarked;
