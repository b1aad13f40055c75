package io.hark.parse.ftp;

import io.hark.Body;
import org.jspecify.annotations.Nullable;

/// What a control connection and the data connection it announced tell each other: context of the
/// expectation.
///
/// *Thread*: both connections are between the same two hosts and so have the same worker; to a data
/// connection between others none is given.
final class FtpTransfer {

    /// Name of the file, once a command named it.
    @Nullable String filename;

    /// The command that it is for, once there is one.
    @Nullable String command;

    /// Its announced size in bytes, or -1.
    long size = -1;

    /// The file as it went by, once its first byte did.
    @Nullable Body body;
}
