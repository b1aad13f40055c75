/// SIP over UDP and TCP: requests and their answers.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with [io.hark.parse.sip.SipCalls].
@NullMarked
package io.hark.parse.sip;

import org.jspecify.annotations.NullMarked;
