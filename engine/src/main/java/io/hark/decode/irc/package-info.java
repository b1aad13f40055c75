/// Bots that take orders over IRC: SDBot and its kin, Kaiten, Perl bots.
///
/// Sees the ground. Start with [io.hark.decode.irc.IrcBots].
@NullMarked
package io.hark.decode.irc;

import org.jspecify.annotations.NullMarked;
