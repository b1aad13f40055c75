package io.hark.collect;

import io.hark.schema.Stored;

/// A place in the journal, between two pieces.
///
/// @param segment number of the segment, from 1
/// @param offset octets of it before the place
record Position(long segment, long offset) implements Stored, Comparable<Position> {

    /// Before all there ever was.
    static final Position START = new Position(0, 0);

    @Override
    public int compareTo(Position other) {
        int order = Long.compare(segment, other.segment);
        return order != 0 ? order : Long.compare(offset, other.offset);
    }
}
