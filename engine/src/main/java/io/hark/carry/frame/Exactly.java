package io.hark.carry.frame;

import io.hark.bytes.Bytes;

/// One frame of so many octets: a file whose size was said before it, for example.
public record Exactly(long octets) implements Framing {

    @Override
    public Cut cut(Bytes head) {
        return new Cut.Whole(0, octets, 0);
    }
}
