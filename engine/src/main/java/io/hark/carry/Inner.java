package io.hark.carry;

/// What a decoder took out of a tunnel, on its way to be read as traffic of its own: whole packets,
/// or bytes of a stream whose packets the tunnel does not carry.
///
/// *Thread*: immutable, any thread. *Units*: times are nanoseconds since 1970 UTC.
public sealed interface Inner permits InnerPacket, InnerBytes {

    /// When the last byte of it was on the wire.
    long ts();
}
