package io.hark.wire;

import io.hark.event.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is done to show a monitor another connection than its target sees: overlapping segments
/// that differ, segments and resets far outside the window, other TTLs.
///
/// Said at most once of a kind and connection. Names are Zeek's where Zeek has one, else Suricata's
/// stream events.
///
/// *Source*: T. Ptacek and T. Newsham, "Insertion, Evasion, and Denial of Service" (1998), §5.
/// *Thread*: the worker's.
final class Evasions {

    /// How far a sequence number leaps that is looked at closer: no window without scaling reaches
    /// further.
    private static final int LEAP = 1 << 16;

    /// How far a reset may lie beside what was sent; hosts that reset late, and lost frames, stay
    /// far below.
    private static final int RESET_ASTRAY = 1 << 20;

    /// How much a TTL may change with the route.
    private static final int TTL_DRIFT = 5;

    private static final int SHOWN = 32; // octets of each of two data that differ
    private static final int MAX_SCALE = 14; // RFC 7323 §2.3

    private static final int URG = 32;
    private static final int END_OF_OPTIONS = 0;
    private static final int NO_OPTION = 1;
    private static final int WINDOW_SCALE = 3;

    private static final int MAX_KINDS = 64; // bits of a flow; the wire has a dozen kinds

    private final Engine engine;
    private final List<String> kinds = new ArrayList<>(); // by their bit in a flow
    private long chunkMark;

    Evasions(Engine engine) {
        this.engine = engine;
    }

    // ---- what is told once

    /// Whether an anomaly of that name is the connection's first; notes it.
    boolean isFirst(Flow of, String name) {
        int kind = kinds.indexOf(name);
        if (kind < 0 && kinds.size() < MAX_KINDS) {
            kind = kinds.size();
            kinds.add(name);
        }
        if (kind < 0 || (of.told >>> kind & 1) != 0) {
            return false;
        }
        of.told |= 1L << kind;
        return true;
    }

    /// Tells what was wrong with the fragments of a packet.
    void fragments(Flow of, int odd) {
        if ((odd & Chunk.FRAGMENTS_DIFFER) != 0) {
            engine.anomaly(of, "fragment_inconsistency", null);
        } else if ((odd & Chunk.FRAGMENTS_OVERLAP) != 0) {
            engine.anomaly(of, "fragment_overlap", null);
        }
    }

    // ---- overlaps

    /// The chunk at hand, as a mark in 24 bits that fits beside place and length.
    void chunk(long number) {
        chunkMark = number + 1 & 0xff_ffff;
    }

    /// Where a segment's payload lies, in the form of [Stream#recent].
    long mark(int from, int length) {
        return from >>> 24 != 0 ? 0 : chunkMark << 40 | (long) from << 16 | length;
    }

    /// Compares what was sent again with the segment before, while its frame is still at hand.
    ///
    /// @param at the place of the segment in the stream, below what is next
    void compare(Flow s, Side side, Stream stream, long at, byte[] m, int from, int length) {
        long recent = stream.recent;
        if (recent == 0 || recent >>> 40 != chunkMark) {
            return;
        }
        int recentFrom = (int) (recent >>> 16) & 0xff_ffff;
        int recentLength = (int) recent & 0xffff;
        long start = stream.next - recentLength;
        long a = Math.max(at, start);
        int shared = (int) (Math.min(at + length, stream.next) - a);
        if (shared <= 0 || length == 1 && at + 1 == stream.next) { // a keep-alive's octet is any
            return;
        }
        int old = recentFrom + (int) (a - start);
        int later = from + (int) (a - at);
        if (Arrays.mismatch(m, old, old + shared, m, later, later + shared) >= 0) {
            differs(s, side, m, old, m, later, shared);
        }
    }

    /// Says that two segments tell different bytes for the same place.
    void differs(Flow s, Side side, byte[] m, int at, byte[] later, int laterAt, int length) {
        engine.anomaly(
                s,
                "rexmit_inconsistency",
                "first \""
                        + text(m, at, length)
                        + "\", later \""
                        + text(later, laterAt, length)
                        + '"');
        Half half = s.half(side);
        int ttl = half.ttl();
        Half.Trouble trouble = half.troubled();
        int other = trouble == null ? 0 : trouble.otherTtl;
        if (other != 0 && Math.abs(ttl - other) > TTL_DRIFT) {
            engine.anomaly(
                    s, "rexmit_with_other_ttl", "TTL " + other + " where others have " + ttl);
        }
    }

    /// Octets as text: what is not printable as `\xNN`, at most [#SHOWN] of them.
    private static String text(byte[] m, int at, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(length, SHOWN); i++) {
            int octet = m[at + i] & 0xff;
            if (octet < 0x20 || octet > 0x7e || octet == '"' || octet == '\\') {
                text.append(String.format("\\x%02x", octet));
            } else {
                text.append((char) octet);
            }
        }
        return length > SHOWN ? text + "..." : text.toString();
    }

    // ---- outside the window

    /// Looks for what lies outside the window; the state of its side is open.
    ///
    /// @param place where the segment begins in its stream
    /// @param length how much it takes of the sequence space
    void window(Flow s, Side side, long place, int length, boolean rst) {
        Half half = s.half(side);
        Half.Trouble trouble = half.troubled();
        if (trouble != null && trouble.outside != 0) {
            Talk talk = s.talk;
            Stream stream = talk == null ? null : talk.direction(side).stream;
            afterLeap(s, half, trouble, place + length, stream);
        }
        if (rst) {
            resets(s, side, place);
        } else if (place - half.lastSeq > LEAP && length > 0) {
            leaps(s, side, place);
        }
    }

    /// Looks at a segment that leaps ahead: whether the receiver has room for it.
    private void leaps(Flow s, Side side, long place) {
        Half half = s.half(side);
        Half other = s.half(side.other());
        if (s.partial || !other.seen) {
            return;
        }
        int shift = half.scale < 0 || other.scale < 0 ? 0 : other.scale;
        long edge = half.ackSeq + ((long) other.window << shift);
        if (place > edge + LEAP && half.trouble().outside == 0) {
            half.trouble().outside = place;
            half.trouble().inside = half.lastSeq;
        }
    }

    /// After a segment that the receiver had no room for: if the sender goes on where it was, it
    /// was no loss of frames but a segment outside the window; its bytes are forgotten.
    private void afterLeap(
            Flow s, Half half, Half.Trouble trouble, long last, @Nullable Stream stream) {
        if (half.ackSeq > trouble.inside + LEAP) {
            trouble.outside = 0; // its receiver has it: frames were lost
        } else if (last > trouble.inside && last <= trouble.inside + LEAP) {
            engine.anomaly(
                    s,
                    "est_packet_out_of_window",
                    (trouble.outside - trouble.inside) + " octets ahead of the stream");
            if (stream != null) {
                stream.forget(trouble.outside);
            }
            half.lastSeq = trouble.inside;
            trouble.outside = 0;
        }
    }

    /// Looks at a reset of a connection that is open: whether its number is near what was sent.
    private void resets(Flow s, Side side, long place) {
        long astray = place - s.half(side).lastSeq;
        if (!s.partial && Math.abs(astray) > RESET_ASTRAY) {
            engine.anomaly(s, "rst_out_of_window", astray + " octets beside the stream");
        }
    }

    // ---- urgent data

    /// Looks at a segment's urgent pointer.
    void urgent(Flow s, int flags, int pointer, int payload) {
        if ((flags & URG) != 0 && payload > 0) {
            engine.anomaly(s, "tcp_urgent_data", "urgent pointer " + pointer);
        }
    }

    // ---- options

    /// The window scale that a SYN offers, -1 for none.
    ///
    /// *Source*: RFC 7323 §2.2.
    static int scale(byte[] m, int at, int end) {
        int place = at;
        while (place < end && m[place] != END_OF_OPTIONS) { // at most 40 octets
            if (m[place] == NO_OPTION) {
                place++;
                continue;
            }
            int length = place + 1 < end ? m[place + 1] & 0xff : 0;
            if (length < 2 || place + length > end) {
                return -1;
            }
            if (m[place] == WINDOW_SCALE && length == 3) {
                return Math.min(MAX_SCALE, m[place + 2] & 0xff);
            }
            place += length;
        }
        return -1;
    }
}
