/// SSH: banners, the algorithms offered and agreed upon, the server's key, and whether somebody got
/// in.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.ssh.SshSession].
@NullMarked
package io.hark.parse.ssh;

import org.jspecify.annotations.NullMarked;
