package io.hark.sensor;

/// A name of a host and how it is known.
///
/// @param text as the network said it: not escaped
/// @param source one of `dns`, `sni`, `host`, `certificate`, `dhcp`, or what else a parser learns
///   it from
public record HostName(String text, String source) {}
