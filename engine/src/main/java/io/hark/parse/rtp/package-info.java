/// RTP, where SIP announced it.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.rtp.RtpDatagrams].
@NullMarked
package io.hark.parse.rtp;

import org.jspecify.annotations.NullMarked;
