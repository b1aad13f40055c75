package io.hark.wire;

import io.hark.bytes.BigEndian;
import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// What a TCP segment does to its connection: states, sequence space, history, and the bytes in
/// order.
///
/// States, sizes and history letters mean what they mean in Zeek's conn.log, so that its users read
/// ours without a thought.
///
/// This file is long because the state machine, the sequence space and the history are one thing:
/// each segment moves all of them.
///
/// *Source*: RFC 9293; the words of `conn_state` and `history` are Zeek's. *Thread*: the worker's.
final class Tcp {

    private static final Side[] SIDES = Side.values();

    private static final int INACTIVE = 0;
    private static final int SYN_SENT = 1;
    private static final int SYN_ACK_SENT = 2;
    private static final int PARTIAL = 3;
    private static final int ESTABLISHED = 4;
    private static final int CLOSED = 5;
    private static final int RESET = 6;

    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;
    private static final int URG = 32;

    // bits of history: said once a side
    private static final int H_SYN = 1;
    private static final int H_FIN = 2;
    private static final int H_RST = 4;
    private static final int H_DATA = 8;
    private static final int H_ACK = 16;
    private static final int H_MULTI = 32;
    private static final int H_FIN_RST = 64;

    /// A jump of the sequence number that a SYN or RST is not believed.
    private static final long TOO_FAR = 1 << 20;

    /// How long after a reset the same SYN is a second attempt and no copy of the first frame:
    /// hosts try again after 200 ms and more, copies come within milliseconds.
    private static final long SECOND_ATTEMPT = 100_000_000L;

    private final Engine engine;

    Tcp(Engine engine) {
        this.engine = engine;
    }

    /// Whether the first packet seen of a connection comes from its responder.
    boolean isAnswer(byte[] m, int at, int src, int dst) {
        int flags = m[at + 13];
        if ((flags & SYN) != 0 && (flags & ACK) == 0 || !Services.isTcp(src)) {
            return false;
        }
        return !Services.isTcp(dst) || (flags & SYN) == 0 && src < dst;
    }

    /// Whether the segment opens a new connection between the same ports.
    boolean isReuse(Flow s, byte[] m, int at, long now) {
        int flags = m[at + 13];
        if ((flags & SYN) == 0) {
            return false;
        }
        int seq = BigEndian.i32(m, at + 4);
        Side first = Side.ORIGINATOR;
        if ((flags & ACK) != 0) {
            if (s.half(Side.ORIGINATOR).state != INACTIVE) {
                return false;
            }
            first = Side.RESPONDER;
        }
        boolean over = isClosed(s.half(Side.ORIGINATOR)) || isClosed(s.half(Side.RESPONDER));
        boolean fresh = seq != s.half(first).startSeq && seq != s.half(first.other()).startSeq;
        boolean refused = s.half(first.other()).state == RESET && now - s.last >= SECOND_ATTEMPT;
        return over && (fresh || refused);
    }

    private static boolean isClosed(Half half) {
        return half.state == CLOSED || half.state == RESET;
    }

    /// Whether the connection needs no long silence to be over: an attempt without answer, or
    /// closed or reset.
    static boolean isQuickToEnd(Flow s) {
        int orig = s.half(Side.ORIGINATOR).state;
        int resp = s.half(Side.RESPONDER).state;
        if ((orig == SYN_SENT || orig == SYN_ACK_SENT) && resp == INACTIVE) {
            return true;
        }
        boolean origClosed = s.half(Side.ORIGINATOR).closed;
        boolean respClosed = s.half(Side.RESPONDER).closed;
        return (origClosed || respClosed)
                && (origClosed && respClosed
                        || orig == RESET
                        || resp == RESET
                        || orig == INACTIVE
                        || resp == INACTIVE);
    }

    /// Takes one segment.
    ///
    /// @param length of header and payload by the IP header
    /// @param captured how much of it is there
    void segment(Flow s, Side side, byte[] m, int at, int length, int captured, long now) {
        int flags = m[at + 13];
        int header = (m[at + 12] >>> 4 & 0xf) * 4;
        if (header < 20 || header > length) {
            engine.anomaly(s, "bad_TCP_header_len", null);
            return;
        }
        boolean syn = (flags & SYN) != 0;
        boolean fin = (flags & FIN) != 0;
        boolean rst = (flags & RST) != 0;
        boolean acks = (flags & ACK) != 0;
        int payload = length - header;
        int seq = BigEndian.i32(m, at + 4);
        int segment = (rst ? 0 : payload) + (syn ? 1 : 0) + (fin ? 1 : 0);
        if (s.awaits) {
            await(s, now);
        }
        notePartial(s, side, syn, acks);
        start(s, side, seq, segment, syn);
        long relative = s.half(side).relative(seq, s.half(side).lastSeq);
        boolean before = relative < 0; // lies before what we took for the beginning
        s.half(side).tcpFlags |= (byte) flags;
        history(s, side, syn, fin, rst, acks, payload);
        window(s, side, BigEndian.u16(m, at + 14), rst);
        if (syn) {
            s.half(side).scale = (byte) Evasions.scale(m, at + 20, at + Math.min(header, captured));
        }
        if ((flags & URG) != 0) {
            engine.evasions.urgent(s, flags, BigEndian.u16(m, at + 18), payload);
        }
        if (!s.half(Side.ORIGINATOR).closed || !s.half(Side.RESPONDER).closed) {
            s.last = Math.max(s.last, now);
        }
        if (fin) {
            s.half(side).hasFin = true;
            s.half(side).finSeq = relative + segment;
        }
        long acknowledged = acks ? acknowledge(s, side.other(), BigEndian.i32(m, at + 8), rst) : 0;
        if (s.half(side).state == ESTABLISHED) {
            engine.evasions.window(s, side, relative, segment, rst);
        }
        advance(s, side, relative + segment, syn, fin, rst, payload);
        if (isUnseenRequest(s, side, syn, fin, rst, acknowledged)) {
            s.half(side.other()).state(ESTABLISHED); // its own side wakes as ESTABLISHED then
            s.flip();
            side = side.other();
        }
        boolean flipped = s.flipped;
        boolean closes = transit(s, side, syn, fin, rst, acks, payload, seq);
        side = s.flipped == flipped ? side : side.other();
        roundTrip(s, side, syn, acks, now);
        s.half(side).seen = true;
        if (acknowledged > 0) {
            deliverAcknowledged(s, side.other(), acknowledged, now);
        }
        if (payload > 0 && !rst) {
            int there = Math.max(0, Math.min(payload, captured - header));
            s.half(side).cut |= there < payload;
            engine.payloadSeen(side, m, at + header, there, payload);
            if (there > 0 && !before) {
                deliver(s, side, syn ? relative + 1 : relative, m, at + header, there);
            }
        }
        checkEnd(s, side);
        checkEnd(s, side.other());
        if (closes && !s.half(side).closed) {
            s.half(side).closed = true;
        }
        if (closes || syn || rst) {
            if (isQuickToEnd(s)) {
                engine.hasten(s);
            }
        }
    }

    /// Whether a connection began with a SYN+ACK that its receiver acknowledges: nobody does so who
    /// did not ask, so that only the SYN was missed. Who is scanned with SYN+ACK resets.
    private static boolean isUnseenRequest(
            Flow s, Side side, boolean syn, boolean fin, boolean rst, long acknowledged) {
        return side == Side.RESPONDER
                && s.half(side).state == INACTIVE
                && s.half(Side.ORIGINATOR).state == SYN_ACK_SENT
                && acknowledged == 1
                && !syn
                && !fin
                && !rst;
    }

    private static void notePartial(Flow s, Side side, boolean syn, boolean acks) {
        if (side == Side.ORIGINATOR) {
            if (!s.half(Side.ORIGINATOR).seen) {
                s.partial = !syn || acks;
            }
        } else if (!s.half(Side.RESPONDER).seen && !s.partial) {
            s.partial = !syn;
        }
    }

    /// Starts the side's sequence space with its first segment, or anew with a SYN that says so.
    private void start(Flow s, Side side, int seq, int segment, boolean syn) {
        switch (s.half(side).state) {
            case INACTIVE -> {
                s.half(side).startSeq(syn ? seq : seq - 1); // as though there had been a SYN
                s.half(side).lastSeq = syn ? segment : 1;
            }
            case SYN_SENT, SYN_ACK_SENT -> {
                if (syn && seq != s.half(side).startSeq) {
                    engine.anomaly(s, "SYN_seq_jump", null);
                    s.half(side).startSeq(seq);
                    s.half(side).lastSeq = segment;
                }
            }
            case ESTABLISHED, PARTIAL -> {
                if (syn && seq != s.half(side).startSeq) {
                    engine.anomaly(
                            s, size(s, side) > 0 ? "SYN_inside_connection" : "SYN_seq_jump", null);
                    s.half(side).startSeq(seq);
                    s.half(side).lastSeq = segment;
                }
            }
            case RESET -> {
                if (syn && s.half(side).previousState == INACTIVE) {
                    s.half(side).startSeq(seq);
                    s.half(side).lastSeq = segment;
                }
            }
            default -> {}
        }
    }

    private static void history(
            Flow s, Side side, boolean syn, boolean fin, boolean rst, boolean acks, int payload) {
        int control = (syn ? 1 : 0) + (fin ? 1 : 0) + (rst ? 1 : 0);
        if (control > 1) {
            if (fin && rst) {
                s.historyOnce(side, H_FIN_RST, 'I');
            } else {
                s.historyOnce(side, H_MULTI, 'Q');
            }
        } else if (syn) {
            s.historyOnce(side, H_SYN, acks ? 'H' : 'S');
        } else if (fin) {
            s.historyOnce(side, H_FIN, 'F');
        } else if (rst) {
            s.historyOnce(side, H_RST, 'R');
        } else if (payload > 0) {
            s.historyOnce(side, H_DATA, 'D');
        } else if (acks) {
            s.historyOnce(side, H_ACK, 'A');
        }
    }

    private static void window(Flow s, Side side, int window, boolean rst) {
        s.half(side).window = window;
        if (window == 0
                && !rst
                && s.half(side.other()).state != CLOSED
                && s.half(side).state != RESET) {
            s.historyScaled(side, ++s.half(side).trouble().zeroWindows, 'W');
        }
    }

    /// Notes that the sender has `ack` of what `of` sent; answers that as an offset in its stream,
    /// 0 where it tells nothing.
    private long acknowledge(Flow s, Side of, int ack, boolean rst) {
        if (s.half(of).state == INACTIVE) {
            s.half(of).startSeq(ack - 1);
            return 1;
        }
        long old = s.half(of).ackSeq;
        long relative = s.half(of).relative(ack, old);
        if (relative < 0) {
            if (s.partial && relative > -TOO_FAR) {
                return 0; // its beginning was guessed from a later acknowledgement
            }
            engine.anomaly(s, "TCP_ack_underflow_or_misorder", null);
            return 0;
        }
        boolean broken = ack == 0 && relative - old > TOO_FAR;
        if (!rst && relative > old && !broken) {
            s.half(of).ackSeq = relative;
            if (!s.partial) {
                engine.meter.acks++;
            }
        }
        return relative;
    }

    private static void advance(
            Flow s, Side side, long last, boolean syn, boolean fin, boolean rst, int payload) {
        long old = s.half(side).lastSeq;
        long delta = last - old;
        if ((syn || rst) && Math.abs(delta) > TOO_FAR) {
            return;
        }
        if (fin && old == 1) {
            s.half(side).lastSeq = Math.max(last, 0);
        } else if (s.half(side).state == RESET) {
            return; // nothing behind a reset is believed
        } else if (delta > 0) {
            s.half(side).lastSeq = last;
        } else if (payload > 0) {
            s.historyScaled(side, ++s.half(side).trouble().retransmissions, 'T');
        }
    }

    private static void roundTrip(Flow s, Side side, boolean syn, boolean acks, long now) {
        if (syn && !acks && side == Side.ORIGINATOR) {
            s.asked(now);
        } else if (syn && acks && side == Side.RESPONDER) {
            s.answered(side, now);
        }
    }

    /// Moves the state machine; answers whether the side closed.
    private boolean transit(
            Flow s,
            Side side,
            boolean syn,
            boolean fin,
            boolean rst,
            boolean acks,
            int payload,
            int seq) {
        Side other = side.other();
        boolean closes = false;
        switch (s.half(side).state) {
            case INACTIVE -> closes = wake(s, side, syn, fin, rst, acks, payload, seq);
            case SYN_SENT, SYN_ACK_SENT -> {
                if (fin) {
                    s.half(side).state(CLOSED);
                    closes = true;
                }
                if (rst) {
                    s.half(side).state(RESET);
                    closes = true;
                } else if (payload > 0 && !acks) { // who acknowledges has seen a SYN+ACK
                    engine.anomaly(s, "data_before_established", null);
                }
            }
            case ESTABLISHED, PARTIAL -> {
                if (syn
                        && !acks
                        && s.half(side).state == PARTIAL
                        && s.half(other).state == INACTIVE) {
                    s.half(side).state(SYN_SENT);
                }
                if (fin && !rst) {
                    s.half(side).state(CLOSED);
                    if (s.half(other).state == RESET && s.half(other).previousState == CLOSED) {
                        s.half(other).state(CLOSED); // FIN, then RST: it was a normal end after all
                    }
                    closes = true;
                }
                if (rst) {
                    s.half(side).state(RESET);
                    closes = true;
                }
            }
            case CLOSED -> {
                if (rst && s.half(other).state != CLOSED) {
                    s.half(side).state(RESET);
                    closes = true;
                }
            }
            default -> {
                if (payload > 0 && !rst && isNew(s.half(side), seq + payload)) {
                    engine.anomaly(s, "data_after_reset", null);
                }
            }
        }
        return closes;
    }

    /// Whether a segment that ends there tells more than what came before the reset.
    private static boolean isNew(Half half, int end) {
        return half.relative(end, half.lastSeq) > half.lastSeq;
    }

    /// The side's first segment.
    private boolean wake(
            Flow s,
            Side side,
            boolean syn,
            boolean fin,
            boolean rst,
            boolean acks,
            int payload,
            int seq) {
        Side other = side.other();
        boolean closes = false;
        if (syn) {
            if (side == Side.ORIGINATOR) {
                s.half(side).state(acks ? SYN_ACK_SENT : SYN_SENT);
            } else {
                if (!acks && s.half(other).state == SYN_ACK_SENT && seq == s.half(side).startSeq) {
                    s.partial = false; // SYN and SYN+ACK came the wrong way round
                    s.half(other).state(ESTABLISHED);
                    s.half(side).state(ESTABLISHED);
                    s.flip();
                    return false;
                }
                if (s.half(other).state == SYN_SENT) {
                    s.half(other).state(ESTABLISHED);
                }
                s.half(side).state(ESTABLISHED);
            }
        }
        if (fin) {
            s.half(side).state(CLOSED);
            closes = true;
        }
        if (rst) {
            s.half(side).state(RESET);
            closes = true;
        }
        if (s.half(side).state == INACTIVE) {
            if (side == Side.RESPONDER
                    && payload == 0
                    && s.half(Side.ORIGINATOR).state == SYN_SENT) {
                return closes; // an acknowledgement before the SYN+ACK
            }
            if (acks && s.half(other).state == ESTABLISHED) {
                s.half(side).state(ESTABLISHED); // only its SYN was missed
                s.partial = false;
            } else {
                s.half(side).state(PARTIAL);
            }
        }
        return closes;
    }

    // ---- bytes

    private @Nullable Talk talk(Flow s) {
        if (s.partial && !engine.setup.midstream()) {
            return null;
        }
        Talk talk = s.talk;
        return talk == null ? engine.open(true) : talk;
    }

    private void deliver(Flow s, Side side, long at, byte[] m, int from, int length) {
        Talk talk = talk(s);
        if (talk != null && !s.half(side).hasFin || talk != null && at < s.half(side).finSeq) {
            Stream stream = talk.direction(side).stream;
            long before = stream.next;
            if (at < before) {
                engine.evasions.compare(s, side, stream, at, m, from, length);
            }
            if (Swaps.holds(s, side)) {
                stream.hold(at, m, from, length, talk); // what it answers is still to come
            } else {
                stream.data(at, m, from, length, talk);
            }
            if (stream.next != before) {
                stream.recent = stream.next == at + length ? engine.evasions.mark(from, length) : 0;
                Swaps.came(s, side, talk, stream.next);
            }
            count(s, side, stream);
        }
    }

    /// Gives up what was acknowledged a while ago and did not come.
    private void await(Flow s, long now) {
        Talk talk = s.talk;
        if (talk == null) {
            s.awaits = false;
            return;
        }
        for (Side side : SIDES) {
            if (Swaps.isLate(s, side, now)) {
                giveUp(s, side, talk, Swaps.awaited(s.half(side)));
                Swaps.over(s, side, talk);
            }
        }
    }

    private void deliverAcknowledged(Flow s, Side of, long upTo, long now) {
        if (s.half(of).hasFin) {
            upTo = Math.min(upTo, s.half(of).finSeq - 1);
        }
        if (upTo <= 1 || upTo <= 2 && s.partial) {
            return; // in a connection that was joined late, one octet may only seem to be missing
        }
        Talk talk = s.talk;
        if (talk == null && isClean(s, of) && isClean(s, of.other())) {
            talk = talk(s);
        }
        if (talk != null && talk.direction(of).stream.next < upTo) {
            if (Swaps.isWaiting(s, of)) {
                return; // a later acknowledgement will say so again
            }
            if (Swaps.isWorthAWait(s, of)) {
                Swaps.expect(s, of, upTo, now);
                return;
            }
            giveUp(s, of, talk, upTo);
        }
    }

    /// What was acknowledged up to there and never came is a gap in the capture.
    private void giveUp(Flow s, Side of, Talk talk, long upTo) {
        Stream stream = talk.direction(of).stream;
        stream.acknowledged(upTo, talk);
        if (count(s, of, stream) && !s.partial) {
            engine.meter.gaps++;
        }
    }

    /// Counts what the stream found missing; answers whether anything was.
    private boolean count(Flow s, Side side, Stream stream) {
        long missing = stream.takeMissing();
        if (missing == 0 || !isClean(s, side) || !isClean(s, side.other())) {
            return false;
        }
        Half.Trouble trouble = s.half(side).trouble();
        trouble.missed += missing;
        s.historyScaled(side, ++trouble.gaps, 'G');
        engine.meter.missedBytes += missing;
        return true;
    }

    private static boolean isClean(Flow s, Side side) {
        return s.half(side).state == ESTABLISHED
                || s.half(side).state == CLOSED && s.half(side).previousState == ESTABLISHED;
    }

    private void checkEnd(Flow s, Side side) {
        if (s.half(side).hasFin) {
            Talk talk = s.talk;
            if (talk != null && talk.direction(side).stream.next >= s.half(side).finSeq - 1) {
                talk.end(side);
            }
        }
    }

    /// The connection is over: what waits behind holes is handed on.
    void flush(Flow s, Talk talk) {
        for (Side side : SIDES) {
            giveUp(s, side, talk, Swaps.awaited(s.half(side)));
            Stream stream = talk.direction(side).stream;
            stream.flush(talk);
            count(s, side, stream);
        }
    }

    // ---- what conn says

    /// Payload bytes by sequence numbers, those missing in the capture included.
    static long size(Flow s, Side side) {
        long acked = s.half(side).ackSeq;
        if (s.half(side).previousState == SYN_SENT
                && s.half(side).state == RESET
                && s.half(side.other()).state == INACTIVE
                && acked > 1) {
            return 0; // a half-open connection, found and cut: its numbers tell nothing
        }
        long size = Math.max(s.half(side).lastSeq, acked);
        size = size > 0 ? size - 1 : 0;
        return s.half(side).hasFin && size > 0 ? size - 1 : size;
    }

    /// How it began and ended, in Zeek's words.
    static String connState(Flow s) {
        int orig = s.half(Side.ORIGINATOR).state;
        int resp = s.half(Side.RESPONDER).state;
        boolean origInactive = orig == INACTIVE || orig == PARTIAL;
        boolean respInactive = resp == INACTIVE || resp == PARTIAL;
        if (resp == RESET) {
            boolean empty = size(s, Side.ORIGINATOR) == 0 && size(s, Side.RESPONDER) == 0;
            if (orig == SYN_SENT || orig == SYN_ACK_SENT || orig == RESET && empty) {
                return "REJ";
            }
            return origInactive ? "RSTRH" : "RSTR";
        } else if (orig == RESET) {
            return respInactive ? "RSTOS0" : "RSTO";
        } else if (resp == CLOSED && orig == CLOSED) {
            return "SF";
        } else if (orig == CLOSED) {
            return respInactive ? "SH" : "S2";
        } else if (resp == CLOSED) {
            return origInactive ? "SHR" : "S3";
        } else if (orig == SYN_SENT && resp == INACTIVE) {
            return "S0";
        }
        return orig == ESTABLISHED && resp == ESTABLISHED ? "S1" : "OTH";
    }
}
