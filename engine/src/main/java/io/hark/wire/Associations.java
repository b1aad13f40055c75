package io.hark.wire;

import io.hark.bytes.BigEndian;
import io.hark.event.Side;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// SCTP: walks the chunks of packets and keeps what an association has told.
///
/// *Shape*: `source u16 | destination u16 | verification tag u32 | checksum u32`, then chunks `type
/// u8 | flags u8 | length u16 | value`, each padded to 4 octets. The checksum is not verified:
/// cards write it. *Source*: RFC 9260. *Thread*: one owner, the worker.
final class Associations {

    static final int HEADER = 12;

    static final int DATA = 0;
    static final int INIT = 1;
    static final int INIT_ACK = 2;
    static final int SACK = 3;
    static final int ABORT = 6;
    static final int SHUTDOWN = 7;
    static final int SHUTDOWN_ACK = 8;
    static final int COOKIE_ECHO = 10;
    static final int COOKIE_ACK = 11;
    static final int SHUTDOWN_COMPLETE = 14;
    static final int I_DATA = 64; // RFC 8260
    static final int REFLECTED = 1; // flag T: the tag is the sender's own

    /// Chunks of a packet that are looked at: a packet of 1,500 octets holds 93 empty DATA chunks.
    private static final int MAX_CHUNKS = 128;

    private static final int CHUNK_HEADER = 4;
    private static final int INIT_LENGTH = 20;

    private final Engine engine;
    private final Map<Flow, Association> open = new IdentityHashMap<>();

    Associations(Engine engine) {
        this.engine = engine;
    }

    /// Whether its sender was called: an association begins with the other one's packet.
    static boolean isAnswer(byte[] m, int at, int captured) {
        int type = captured > HEADER ? m[at + HEADER] & 0xff : DATA;
        return type == INIT_ACK || type == COOKIE_ACK || type == SHUTDOWN_COMPLETE;
    }

    /// Whether the packet begins another association between the same ports.
    boolean isReuse(Flow flow, byte[] m, int at, int captured) {
        Association known = open.get(flow);
        return known != null
                && known.isOver()
                && captured >= HEADER + INIT_LENGTH
                && m[at + HEADER] == INIT
                && !known.isTag(BigEndian.u32(m, at + HEADER + CHUNK_HEADER));
    }

    /// Takes a packet.
    ///
    /// @param there its octets, as far as captured
    void packet(Flow flow, Side side, byte[] m, int at, int there) {
        if (there < HEADER) {
            return;
        }
        Association its = open.get(flow);
        if (its == null) {
            its = new Association();
            open.put(flow, its);
        }
        int first = there >= HEADER + CHUNK_HEADER ? m[at + HEADER] & 0xff : DATA;
        boolean reflected =
                (first == ABORT || first == SHUTDOWN_COMPLETE)
                        && (m[at + HEADER + 1] & REFLECTED) != 0;
        boolean believed =
                its.tag(reflected ? side.other() : side, first, BigEndian.u32(m, at + 4));
        int place = at + HEADER;
        int end = at + there;
        for (int n = 0; end - place >= CHUNK_HEADER; n++) {
            if (n == MAX_CHUNKS) {
                engine.anomaly(flow, "sctp_too_many_chunks", null);
                return;
            }
            int length = BigEndian.u16(m, place + 2);
            if (length < CHUNK_HEADER) {
                engine.anomaly(flow, "sctp_chunk_too_short", "length " + length);
                return;
            }
            its.chunk(side, m, place, Math.min(length, end - place), length, believed);
            place += length + 3 & ~3;
        }
    }

    /// The connection is over: what there is to tell of its association, if it was one.
    @Nullable Association end(Flow flow) {
        return open.remove(flow);
    }
}
