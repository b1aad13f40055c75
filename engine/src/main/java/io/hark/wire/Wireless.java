package io.hark.wire;

import io.hark.bytes.BigEndian;

/// Finds the packets in an 802.11 frame that is not encrypted; an aggregate holds several.
///
/// *Source*: IEEE 802.11-2020 §9.2.4, §9.3.2; radiotap.org for what a receiver puts before the
/// frame. *Thread*: the reader's.
final class Wireless {

    private static final int HEADER = 24; // octets of a data frame's header, without options
    private static final int ADDRESS = 6;
    private static final int SUBFRAME = 14; // two addresses and a length

    private final Layers layers;
    private final Links links;

    Wireless(Layers layers, Links links) {
        this.layers = layers;
        this.links = links;
    }

    /// What a receiver noted comes first, and tells its length.
    void radiotap(Chunk c, int at, int end) {
        if (end - at >= 8 && c.memory[at] == 0) {
            int length = c.memory[at + 2] & 0xff | (c.memory[at + 3] & 0xff) << 8;
            if (length >= 8 && length < end - at) {
                frame(c, at + length, end, 0);
            }
        }
    }

    /// A frame from its frame control field on.
    void frame(Chunk c, int at, int end, int depth) {
        byte[] m = c.memory;
        if (end - at < HEADER) {
            return;
        }
        int control = m[at] & 0xff;
        int bits = m[at + 1] & 0xff;
        boolean data = (control & 0x0c) == 0x08 && (control & 0x40) == 0; // and not without data
        if (!data || (bits & 0x40) != 0) {
            return; // or it is encrypted
        }
        int body = at + HEADER + ((bits & 3) == 3 ? ADDRESS : 0);
        boolean aggregate = false;
        if ((control & 0x80) != 0) { // quality of service
            if (end - body < 2) {
                return;
            }
            aggregate = (m[body] & 0x80) != 0;
            body += (bits & 0x80) != 0 ? 6 : 2; // and the field for high throughput
        }
        if (aggregate) {
            aggregate(c, body, end, depth);
        } else {
            links.snap(c, body, end, depth);
        }
    }

    private void aggregate(Chunk c, int from, int end, int depth) {
        int at = from;
        int first = layers.frame;
        for (int n = 0; n < Chunk.MAX_FURTHER && end - at > SUBFRAME; n++) {
            int length = BigEndian.u16(c.memory, at + 12);
            int to = at + SUBFRAME + length;
            if (to > end) {
                return;
            }
            if (n == 0) {
                links.snap(c, at + SUBFRAME, to, depth);
            } else if (layers.another(c, first)) {
                links.snap(c, at + SUBFRAME, to, depth);
                layers.frame = first;
            }
            at = to + (-(SUBFRAME + length) & 3); // each but the last is filled up to four octets
        }
    }
}
