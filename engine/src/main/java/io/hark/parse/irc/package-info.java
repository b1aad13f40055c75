/// IRC: who joins what, files offered between clients, STARTTLS.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.irc.IrcSession].
@NullMarked
package io.hark.parse.irc;

import org.jspecify.annotations.NullMarked;
