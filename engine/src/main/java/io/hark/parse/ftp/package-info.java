/// FTP: the control connection, and the data connections that it announces.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.ftp.FtpSession].
@NullMarked
package io.hark.parse.ftp;

import org.jspecify.annotations.NullMarked;
