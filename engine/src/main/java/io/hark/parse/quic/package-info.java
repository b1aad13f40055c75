/// QUIC: its Initial packets, and the hellos of TLS in them.
///
/// Sees the ground and the wall. Start with [io.hark.parse.quic.QuicParser].
@NullMarked
package io.hark.parse.quic;

import org.jspecify.annotations.NullMarked;
