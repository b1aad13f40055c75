package io.hark.carry;

/// A packet that a tunnel carried.
///
/// @param bytes an IP packet, version 4 or 6, from its first octet
public record InnerPacket(long ts, byte[] bytes) implements Inner {}
