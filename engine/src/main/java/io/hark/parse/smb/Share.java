package io.hark.parse.smb;

import org.jspecify.annotations.Nullable;

/// A share that the client is connected to.
///
/// @param path its path as the client wrote it
/// @param isPipe whether its files are pipes; null where that was not seen
record Share(String path, @Nullable Boolean isPipe) {}
