/// TFTP: requests, and the files on the connections that answer them.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.tftp.TftpRequests].
@NullMarked
package io.hark.parse.tftp;

import org.jspecify.annotations.NullMarked;
