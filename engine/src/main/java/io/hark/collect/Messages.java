package io.hark.collect;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// Messages of syslog, put together into one payload: each with its length (4 octets, big endian)
/// in front, since a message may hold ends of lines.
///
/// *Thread*: one owner.
final class Messages {

    private static final int LENGTH = 4;

    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private int count;

    /// Takes one of a payload's messages.
    interface Each {
        void message(byte[] octets, int from, int length);
    }

    /// Adds a message; an empty one is none.
    void add(byte[] octets, int from, int length) {
        if (length > 0) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                all.write(length >>> shift);
            }
            all.write(octets, from, length);
            count++;
        }
    }

    /// How many there are.
    int count() {
        return count;
    }

    /// The payload; the next message begins another one.
    byte[] take() {
        byte[] payload = all.toByteArray();
        all.reset();
        count = 0;
        return payload;
    }

    /// Shows every message of a payload.
    static void forEach(byte[] payload, Each each) {
        ByteBuffer octets = ByteBuffer.wrap(payload);
        while (octets.remaining() > LENGTH) { // each moves on
            int length = Math.min(octets.getInt(), octets.remaining());
            each.message(payload, octets.position(), length);
            octets.position(octets.position() + length);
        }
    }
}
