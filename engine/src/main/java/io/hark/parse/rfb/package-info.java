/// RFB, the protocol of VNC: versions, login, the desktop.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.rfb.RfbSession].
@NullMarked
package io.hark.parse.rfb;

import org.jspecify.annotations.NullMarked;
