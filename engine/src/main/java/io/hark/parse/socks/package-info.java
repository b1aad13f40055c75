/// SOCKS: reads the handshake and gives way to what the proxy carries.
///
/// Sees the ground and the wall. Start with [io.hark.parse.socks.SocksParser].
@NullMarked
package io.hark.parse.socks;

import org.jspecify.annotations.NullMarked;
