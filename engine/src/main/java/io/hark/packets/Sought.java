package io.hark.packets;

/// Packets that are looked for.
///
/// @param shard of their connection ([io.hark.wire.Pick#shard])
/// @param first time of its first packet, nanoseconds
/// @param last time of its last
public record Sought(int shard, long first, long last) {}
