package io.hark.format.x509;

import java.util.Arrays;

/// A walk over the elements of one level of a DER structure; never throws for what it reads.
///
/// [#next] steps from element to element, [#inside] opens a walk over the contents of the one at
/// hand. An element that is longer than what encloses it, has no definite length or a tag of
/// several octets makes the walk *bad*, and that sticks.
///
/// For example, over `30 03 02 01 05`: `next()`, `inside().next(Der.INTEGER)` and [#contents] is
/// `05`.
///
/// *Source*: ITU-T X.690 §8.1. Lengths longer than needed (BER) are read.
final class Der {

    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT = 0x06;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private static final int LONG_TAG = 0x1f;

    private final byte[] octets;
    private final int end;
    private int at;
    private int tag;
    private int head;
    private int from;
    private int to;
    private boolean bad;

    /// A walk over `octets` from `start` to `end`.
    Der(byte[] octets, int start, int end) {
        this.octets = octets;
        this.at = start;
        this.head = start;
        this.from = start;
        this.to = start;
        this.end = end;
    }

    /// Steps to the next element; false at the end, or where it is broken.
    boolean next() {
        if (bad || at >= end) {
            return false;
        }
        head = at;
        tag = octets[at++] & 0xff;
        int length = (tag & LONG_TAG) == LONG_TAG ? -1 : length();
        if (length < 0 || length > end - at) {
            return fail();
        }
        from = at;
        to = at + length;
        at = to;
        return true;
    }

    /// Steps to the next element, which has that tag; anything else is broken.
    boolean next(int wanted) {
        return (next() && tag == wanted) || fail();
    }

    /// Whether the next element has that tag; does not move.
    boolean isNext(int wanted) {
        return !bad && at < end && (octets[at] & 0xff) == wanted;
    }

    private int length() {
        if (at >= end) {
            return -1;
        }
        int first = octets[at++] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int count = first & 0x7f;
        if (count == 0 || count > 4 || count > end - at) {
            return -1;
        }
        long length = 0;
        for (int i = 0; i < count; i++) {
            length = length << 8 | (octets[at++] & 0xff);
        }
        return length > Integer.MAX_VALUE ? -1 : (int) length;
    }

    /// Marks it broken; answers false.
    boolean fail() {
        bad = true;
        from = at;
        to = at;
        return false;
    }

    /// Whether something was broken.
    boolean isBad() {
        return bad;
    }

    /// The tag of the element at hand, class and form included.
    int tag() {
        return tag;
    }

    /// A walk over the contents of the element at hand; empty where it is broken.
    Der inside() {
        return new Der(octets, from, to);
    }

    /// A walk over the contents from `skip` octets on, for a bit string's octet of unused bits.
    Der inside(int skip) {
        return new Der(octets, Math.min(from + skip, to), to);
    }

    /// A copy of the contents.
    byte[] contents() {
        return Arrays.copyOfRange(octets, from, to);
    }

    /// A copy of the element, tag and length included.
    byte[] element() {
        return Arrays.copyOfRange(octets, head, to);
    }

    /// How many octets the contents have.
    int size() {
        return to - from;
    }

    /// The octet of the contents at `index`; 0 behind their end.
    int octet(int index) {
        return index >= 0 && index < to - from ? octets[from + index] & 0xff : 0;
    }

    /// The contents as a dotted object identifier; empty where they are none.
    ///
    /// *Source*: X.690 §8.19. Arcs beyond 2^63 are none that anybody registered.
    String object() {
        StringBuilder dotted = new StringBuilder();
        long arc = 0;
        boolean first = true;
        boolean open = true;
        for (int i = from; i < to; i++) {
            if (arc >= 1L << 56) {
                return "";
            }
            arc = arc << 7 | (octets[i] & 0x7f);
            open = octets[i] < 0;
            if (!open) {
                if (first) {
                    long top = Math.min(arc / 40, 2);
                    dotted.append(top).append('.').append(arc - top * 40);
                    first = false;
                } else {
                    dotted.append('.').append(arc);
                }
                arc = 0;
            }
        }
        return open ? "" : dotted.toString();
    }
}
