package io.hark.testkit;

/// One frame of a capture.
///
/// @param nanos when, nanoseconds since 1970 UTC
/// @param octets what was captured; not copied, so nobody writes into it
/// @param originalLength its length on the wire, in octets
public record Frame(long nanos, byte[] octets, int originalLength) {

    /// A frame captured whole.
    public static Frame whole(long nanos, byte[] octets) {
        return new Frame(nanos, octets, octets.length);
    }

    /// The same frame at another time.
    public Frame at(long newNanos) {
        return new Frame(newNanos, octets, originalLength);
    }
}
