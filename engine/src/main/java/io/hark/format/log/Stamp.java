package io.hark.format.log;

/// A time as it stood in a line.
///
/// @param nanos since 1970 UTC
/// @param end the place behind it
/// @param inferredYear whether it has no year, and the one that fits was taken
/// @param assumedZone whether it has no zone, and the source's was taken
public record Stamp(long nanos, int end, boolean inferredYear, boolean assumedZone) {}
