package io.hark.wire;

/// What is wrapped around a packet: one value for all packets between the same outer hosts,
/// whichever way they go.
///
/// @param text outermost first: `vxlan 10.0.0.1-10.0.0.2 vni 7`
/// @param key a hash of it, part of the connection's identity
record Tunnel(String text, long key) {}
