/// XMPP: recognised by its stream, until TLS begins.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.xmpp.XmppParser].
@NullMarked
package io.hark.parse.xmpp;

import org.jspecify.annotations.NullMarked;
