package io.hark.wire;

import io.hark.event.Side;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

    // bits of history: said once a side
    private static final int H_SYN = 1;
    private static final int H_FIN = 2;
    private static final int H_RST = 4;
    private static final int H_DATA = 8;
    private static final int H_ACK = 16;
    private static final int H_MULTI = 32;
    private static final int H_FIN_RST = 64;

    // what is counted for letters that are said at 1, 10, 100 …
    private static final int GAP = 1;
    private static final int RETRANSMISSION = 2;
    private static final int ZERO_WINDOW = 3;

    /// A jump of the sequence number that a SYN or RST is not believed.
    private static final long TOO_FAR = 1 << 20;

    private final Engine engine;

    Tcp(Engine engine) {
        this.engine = engine;
    }

    /// Whether the first packet seen of a connection comes from its responder.
    boolean isAnswer(MemorySegment m, int at, int src, int dst) {
        int flags = m.get(ValueLayout.JAVA_BYTE, at + 13);
        if ((flags & SYN) != 0 && (flags & ACK) == 0 || !Services.isTcp(src)) {
            return false;
        }
        return !Services.isTcp(dst) || (flags & SYN) == 0 && src < dst;
    }

    /// Whether the segment opens a new connection between the same ports.
    boolean isReuse(Slot s, MemorySegment m, int at) {
        int flags = m.get(ValueLayout.JAVA_BYTE, at + 13);
        if ((flags & SYN) == 0) {
            return false;
        }
        int seq = m.get(Chunk.U32, at + 4);
        Side first = Side.ORIGINATOR;
        if ((flags & ACK) != 0) {
            if (s.state(Side.ORIGINATOR) != INACTIVE) {
                return false;
            }
            first = Side.RESPONDER;
        }
        int orig = s.state(Side.ORIGINATOR);
        int resp = s.state(Side.RESPONDER);
        boolean over =
                (orig == CLOSED || orig == RESET)
                                && (resp == CLOSED || resp == RESET || resp == INACTIVE)
                        || resp == RESET;
        return over && seq != s.startSeq(first) && seq != s.startSeq(first.other());
    }

    /// Whether the connection needs no long silence to be over: an attempt without answer, or
    /// closed or reset.
    static boolean isQuickToEnd(Slot s) {
        int orig = s.state(Side.ORIGINATOR);
        int resp = s.state(Side.RESPONDER);
        if ((orig == SYN_SENT || orig == SYN_ACK_SENT) && resp == INACTIVE) {
            return true;
        }
        boolean origClosed = s.has(Side.ORIGINATOR, Slot.CLOSED);
        boolean respClosed = s.has(Side.RESPONDER, Slot.CLOSED);
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
    void segment(Slot s, Side side, MemorySegment m, int at, int length, int captured, long now) {
        int flags = m.get(ValueLayout.JAVA_BYTE, at + 13);
        int header = (m.get(ValueLayout.JAVA_BYTE, at + 12) >>> 4 & 0xf) * 4;
        if (header < 20 || header > length) {
            engine.anomaly(s, "bad_TCP_header_len", null);
            return;
        }
        boolean syn = (flags & SYN) != 0;
        boolean fin = (flags & FIN) != 0;
        boolean rst = (flags & RST) != 0;
        boolean acks = (flags & ACK) != 0;
        int payload = length - header;
        int seq = m.get(Chunk.U32, at + 4);
        int segment = (rst ? 0 : payload) + (syn ? 1 : 0) + (fin ? 1 : 0);
        notePartial(s, side, syn, acks);
        start(s, side, seq, segment, syn);
        long relative = s.relative(side, seq, s.get(side, Slot.LAST_SEQ));
        boolean before = relative < 0; // lies before what we took for the beginning
        history(s, side, syn, fin, rst, acks, payload);
        window(s, side, m.get(Chunk.U16, at + 14), rst);
        if (!s.has(Side.ORIGINATOR, Slot.CLOSED) || !s.has(Side.RESPONDER, Slot.CLOSED)) {
            s.last(Math.max(s.last(), now));
        }
        if (fin) {
            s.set(side, Slot.HAS_FIN, true);
            s.set(side, Slot.FIN_SEQ, relative + segment);
        }
        long acknowledged = acks ? acknowledge(s, side.other(), m.get(Chunk.U32, at + 8), rst) : 0;
        advance(s, side, relative + segment, syn, fin, rst, payload);
        boolean closes = transit(s, side, syn, fin, rst, acks, payload, seq);
        roundTrip(s, side, syn, acks, now);
        s.set(side == Side.ORIGINATOR ? Slot.ORIG_SEEN : Slot.RESP_SEEN, true);
        if (acknowledged > 0) {
            deliverAcknowledged(s, side.other(), acknowledged);
        }
        if (payload > 0 && !rst) {
            int there = Math.max(0, Math.min(payload, captured - header));
            engine.payloadSeen(side, m, at + header, there, payload);
            if (there > 0 && !before) {
                deliver(s, side, syn ? relative + 1 : relative, m, at + header, there);
            }
        }
        checkEnd(s, side);
        checkEnd(s, side.other());
        if (closes && !s.has(side, Slot.CLOSED)) {
            s.set(side, Slot.CLOSED, true);
        }
        if (closes || syn || rst) {
            if (isQuickToEnd(s)) {
                engine.hasten(s);
            }
        }
    }

    private static void notePartial(Slot s, Side side, boolean syn, boolean acks) {
        if (side == Side.ORIGINATOR) {
            if (!s.has(Slot.ORIG_SEEN)) {
                s.set(Slot.PARTIAL, !syn || acks);
            }
        } else if (!s.has(Slot.RESP_SEEN) && !s.has(Slot.PARTIAL)) {
            s.set(Slot.PARTIAL, !syn);
        }
    }

    /// Starts the side's sequence space with its first segment, or anew with a SYN that says so.
    private void start(Slot s, Side side, int seq, int segment, boolean syn) {
        switch (s.state(side)) {
            case INACTIVE -> {
                s.startSeq(side, syn ? seq : seq - 1); // as though there had been a SYN
                s.set(side, Slot.LAST_SEQ, syn ? segment : 1);
            }
            case SYN_SENT, SYN_ACK_SENT -> {
                if (syn && seq != s.startSeq(side)) {
                    engine.anomaly(s, "SYN_seq_jump", null);
                    s.startSeq(side, seq);
                    s.set(side, Slot.LAST_SEQ, segment);
                }
            }
            case ESTABLISHED, PARTIAL -> {
                if (syn && seq != s.startSeq(side)) {
                    engine.anomaly(
                            s, size(s, side) > 0 ? "SYN_inside_connection" : "SYN_seq_jump", null);
                    s.startSeq(side, seq);
                    s.set(side, Slot.LAST_SEQ, segment);
                }
            }
            case RESET -> {
                if (syn && s.previousState(side) == INACTIVE) {
                    s.startSeq(side, seq);
                    s.set(side, Slot.LAST_SEQ, segment);
                }
            }
            default -> {}
        }
    }

    private static void history(
            Slot s, Side side, boolean syn, boolean fin, boolean rst, boolean acks, int payload) {
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

    private static void window(Slot s, Side side, int window, boolean rst) {
        if (window == 0 && !rst && s.state(side.other()) != CLOSED && s.state(side) != RESET) {
            s.historyScaled(side, ZERO_WINDOW, 'W');
        }
    }

    /// Notes that the sender has `ack` of what `of` sent; answers that as an offset in its stream,
    /// 0 where it tells nothing.
    private long acknowledge(Slot s, Side of, int ack, boolean rst) {
        if (s.state(of) == INACTIVE) {
            s.startSeq(of, ack - 1);
            return 1;
        }
        long old = s.get(of, Slot.ACK_SEQ);
        long relative = s.relative(of, ack, old);
        if (relative < 0) {
            engine.anomaly(s, "TCP_ack_underflow_or_misorder", null);
            return 0;
        }
        boolean broken = ack == 0 && relative - old > TOO_FAR;
        if (!rst && relative > old && !broken) {
            s.set(of, Slot.ACK_SEQ, relative);
        }
        return relative;
    }

    private static void advance(
            Slot s, Side side, long last, boolean syn, boolean fin, boolean rst, int payload) {
        long old = s.get(side, Slot.LAST_SEQ);
        long delta = last - old;
        if ((syn || rst) && Math.abs(delta) > TOO_FAR) {
            return;
        }
        if (fin && old == 1) {
            s.set(side, Slot.LAST_SEQ, Math.max(last, 0));
        } else if (s.state(side) == RESET) {
            return; // nothing behind a reset is believed
        } else if (delta > 0) {
            s.set(side, Slot.LAST_SEQ, last);
        } else if (payload > 0) {
            s.historyScaled(side, RETRANSMISSION, 'T');
        }
    }

    private static void roundTrip(Slot s, Side side, boolean syn, boolean acks, long now) {
        if (syn && !acks && side == Side.ORIGINATOR) {
            s.askedAt(now);
        } else if (syn && acks && side == Side.RESPONDER && s.askedAt() != 0 && s.rtt() == 0) {
            s.rtt(Math.max(1, now - s.askedAt()));
        }
    }

    /// Moves the state machine; answers whether the side closed.
    private boolean transit(
            Slot s,
            Side side,
            boolean syn,
            boolean fin,
            boolean rst,
            boolean acks,
            int payload,
            int seq) {
        Side other = side.other();
        boolean closes = false;
        switch (s.state(side)) {
            case INACTIVE -> closes = wake(s, side, syn, fin, rst, acks, payload, seq);
            case SYN_SENT, SYN_ACK_SENT -> {
                if (fin) {
                    s.state(side, CLOSED);
                    closes = true;
                }
                if (rst) {
                    s.state(side, RESET);
                    closes = true;
                } else if (payload > 0) {
                    engine.anomaly(s, "data_before_established", null);
                }
            }
            case ESTABLISHED, PARTIAL -> {
                if (syn && !acks && s.state(side) == PARTIAL && s.state(other) == INACTIVE) {
                    s.state(side, SYN_SENT);
                }
                if (fin && !rst) {
                    s.state(side, CLOSED);
                    if (s.state(other) == RESET && s.previousState(other) == CLOSED) {
                        s.state(other, CLOSED); // FIN, then RST: it was a normal end after all
                    }
                    closes = true;
                }
                if (rst) {
                    s.state(side, RESET);
                    closes = true;
                }
            }
            case CLOSED -> {
                if (rst && s.state(other) != CLOSED) {
                    s.state(side, RESET);
                    closes = true;
                }
            }
            default -> {
                if (payload > 0 && !rst) {
                    engine.anomaly(s, "data_after_reset", null);
                }
            }
        }
        return closes;
    }

    /// The side's first segment.
    private boolean wake(
            Slot s,
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
                s.state(side, acks ? SYN_ACK_SENT : SYN_SENT);
            } else {
                if (!acks && s.state(other) == SYN_ACK_SENT && seq == s.startSeq(side)) {
                    s.set(Slot.PARTIAL, false); // SYN and SYN+ACK came the wrong way round
                    s.state(other, ESTABLISHED);
                    s.state(side, ESTABLISHED);
                    s.flip();
                    return false;
                }
                if (s.state(other) == SYN_SENT) {
                    s.state(other, ESTABLISHED);
                }
                s.state(side, ESTABLISHED);
            }
        }
        if (fin) {
            s.state(side, CLOSED);
            closes = true;
        }
        if (rst) {
            s.state(side, RESET);
            closes = true;
        }
        if (s.state(side) == INACTIVE) {
            if (side == Side.RESPONDER && payload == 0 && s.state(Side.ORIGINATOR) == SYN_SENT) {
                return closes; // an acknowledgement before the SYN+ACK
            }
            if (acks && s.state(other) == ESTABLISHED) {
                s.state(side, ESTABLISHED); // only its SYN was missed
                s.set(Slot.PARTIAL, false);
            } else {
                s.state(side, PARTIAL);
            }
        }
        return closes;
    }

    // ---- bytes

    private @Nullable Talk talk(Slot s) {
        if (s.has(Slot.PARTIAL) && !engine.setup.midstream()) {
            return null;
        }
        Talk talk = engine.talk(s);
        return talk == null ? engine.open(true) : talk;
    }

    private void deliver(Slot s, Side side, long at, MemorySegment m, int from, int length) {
        Talk talk = talk(s);
        if (talk != null && !s.has(side, Slot.HAS_FIN)
                || talk != null && at < s.get(side, Slot.FIN_SEQ)) {
            Stream stream = talk.stream(side);
            stream.data(at, m, from, length, talk);
            count(s, side, stream);
        }
    }

    private void deliverAcknowledged(Slot s, Side of, long upTo) {
        if (s.has(of, Slot.HAS_FIN)) {
            upTo = Math.min(upTo, s.get(of, Slot.FIN_SEQ) - 1);
        }
        if (upTo <= 1 || upTo <= 2 && s.has(Slot.PARTIAL)) {
            return; // in a connection that was joined late, one octet may only seem to be missing
        }
        Talk talk = engine.talk(s);
        if (talk == null && isClean(s, of) && isClean(s, of.other())) {
            talk = talk(s);
        }
        if (talk != null && talk.stream(of).next < upTo) {
            Stream stream = talk.stream(of);
            stream.acknowledged(upTo, talk);
            count(s, of, stream);
        }
    }

    private static void count(Slot s, Side side, Stream stream) {
        long missing = stream.takeMissing();
        if (missing > 0 && isClean(s, side) && isClean(s, side.other())) {
            s.add(side, Slot.MISSED, missing);
            s.historyScaled(side, GAP, 'G');
        }
    }

    private static boolean isClean(Slot s, Side side) {
        return s.state(side) == ESTABLISHED
                || s.state(side) == CLOSED && s.previousState(side) == ESTABLISHED;
    }

    private void checkEnd(Slot s, Side side) {
        if (s.has(side, Slot.HAS_FIN)) {
            Talk talk = engine.talk(s);
            if (talk != null && talk.stream(side).next >= s.get(side, Slot.FIN_SEQ) - 1) {
                talk.end(side);
            }
        }
    }

    /// The connection is over: what waits behind holes is handed on.
    void flush(Slot s, Talk talk) {
        for (Side side : new Side[] {Side.ORIGINATOR, Side.RESPONDER}) {
            Stream stream = talk.stream(side);
            stream.flush(talk);
            count(s, side, stream);
        }
    }

    // ---- what conn says

    /// Payload bytes by sequence numbers, those missing in the capture included.
    static long size(Slot s, Side side) {
        long acked = s.get(side, Slot.ACK_SEQ);
        if (s.previousState(side) == SYN_SENT
                && s.state(side) == RESET
                && s.state(side.other()) == INACTIVE
                && acked > 1) {
            return 0; // a half-open connection, found and cut: its numbers tell nothing
        }
        long size = Math.max(s.get(side, Slot.LAST_SEQ), acked);
        size = size > 0 ? size - 1 : 0;
        return s.has(side, Slot.HAS_FIN) && size > 0 ? size - 1 : size;
    }

    /// How it began and ended, in Zeek's words.
    static String connState(Slot s) {
        int orig = s.state(Side.ORIGINATOR);
        int resp = s.state(Side.RESPONDER);
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
