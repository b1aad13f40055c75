/// RDP: what client and server negotiate, up to where it is encrypted.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.rdp.RdpSession].
@NullMarked
package io.hark.parse.rdp;

import org.jspecify.annotations.NullMarked;
