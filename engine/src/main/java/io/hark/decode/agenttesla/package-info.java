/// Agent Tesla: reports of stolen logins, keys and screenshots by mail and FTP.
///
/// Sees the ground. Start with [io.hark.decode.agenttesla.AgentTesla].
@NullMarked
package io.hark.decode.agenttesla;

import org.jspecify.annotations.NullMarked;
