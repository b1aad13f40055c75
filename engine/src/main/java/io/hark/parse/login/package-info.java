/// Telnet, rlogin and rsh: who logs in, and what rsh runs.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.login.TelnetSession].
@NullMarked
package io.hark.parse.login;

import org.jspecify.annotations.NullMarked;
