package io.hark.format.asn1;

import io.hark.bytes.Bytes;
import java.nio.charset.StandardCharsets;
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
public final class Der {

    /// Tag of a boolean.
    public static final int BOOLEAN = 0x01;

    /// Tag of an integer.
    public static final int INTEGER = 0x02;

    /// Tag of a bit string.
    public static final int BIT_STRING = 0x03;

    /// Tag of an octet string.
    public static final int OCTET_STRING = 0x04;

    /// Tag of an object identifier.
    public static final int OBJECT = 0x06;

    /// Tag of a time of two-digit years.
    public static final int UTC_TIME = 0x17;

    /// Tag of a time.
    public static final int GENERALIZED_TIME = 0x18;

    /// Tag of an enumerated value.
    public static final int ENUMERATED = 0x0a;

    /// Tag of a sequence.
    public static final int SEQUENCE = 0x30;

    /// Tag of a set.
    public static final int SET = 0x31;

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
    public Der(byte[] octets, int start, int end) {
        this.octets = octets;
        this.at = start;
        this.head = start;
        this.from = start;
        this.to = start;
        this.end = end;
    }

    /// A walk over what `in` has left. *Lifetime*: that of the bytes under it.
    public static Der over(Bytes in) {
        int from = in.base() + in.offset();
        return new Der(in.array(), from, from + in.remaining());
    }

    /// How long the element at `at` is, tag and length included; 0 where that cannot be told yet,
    /// -1 where it is none of a definite length, a short tag and 2^31 octets at most.
    public static long sizeAt(Bytes in, int at) {
        int tag = in.peek(at);
        int first = in.peek(at + 1);
        if (tag >= 0 && (tag & LONG_TAG) == LONG_TAG || first == 0x80 || first > 0x84) {
            return -1;
        }
        if (first < 0) {
            return 0;
        }
        if (first < 0x80) {
            return 2L + first;
        }
        int count = first & 0x7f;
        long length = 0;
        for (int i = 0; i < count; i++) {
            int octet = in.peek(at + 2 + i);
            if (octet < 0) {
                return 0;
            }
            length = length << 8 | octet;
        }
        return length > Integer.MAX_VALUE ? -1 : 2 + count + length;
    }

    /// Steps to the next element; false at the end, or where it is broken.
    public boolean next() {
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
    public boolean next(int wanted) {
        return (next() && tag == wanted) || fail();
    }

    /// Steps over the next elements, which have those tags, and stands on the last.
    public boolean next(int first, int second, int... more) {
        boolean good = next(first);
        good = good && next(second);
        for (int wanted : more) {
            good = good && next(wanted);
        }
        return good;
    }

    /// Whether the next element has that tag; does not move.
    public boolean isNext(int wanted) {
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
    public boolean fail() {
        bad = true;
        from = at;
        to = at;
        return false;
    }

    /// Whether something was broken.
    public boolean isBad() {
        return bad;
    }

    /// The tag of the element at hand, class and form included.
    public int tag() {
        return tag;
    }

    /// A walk over the contents of the element at hand; empty where it is broken.
    public Der inside() {
        return new Der(octets, from, to);
    }

    /// A walk over the contents from `skip` octets on, for a bit string's octet of unused bits.
    public Der inside(int skip) {
        return new Der(octets, Math.min(from + skip, to), to);
    }

    /// The contents as a signed number; one of more than eight octets is cut to its low ones.
    public long number() {
        long value = size() > 0 ? octets[from] : 0;
        for (int i = from + 1; i < to; i++) {
            value = value << 8 | octets[i] & 0xff;
        }
        return value;
    }

    /// The first `limit` octets of the contents as UTF-8 text.
    public String text(int limit) {
        return new String(octets, from, Math.min(limit, size()), StandardCharsets.UTF_8);
    }

    /// A copy of the contents.
    public byte[] contents() {
        return Arrays.copyOfRange(octets, from, to);
    }

    /// A copy of the element, tag and length included.
    public byte[] element() {
        return Arrays.copyOfRange(octets, head, to);
    }

    /// How many octets the contents have.
    public int size() {
        return to - from;
    }

    /// The octet of the contents at `index`; 0 behind their end.
    public int octet(int index) {
        return index >= 0 && index < to - from ? octets[from + index] & 0xff : 0;
    }

    /// The contents as a dotted object identifier; empty where they are none.
    ///
    /// *Source*: X.690 §8.19. Arcs beyond 2^63 are none that anybody registered.
    public String object() {
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
