package io.hark.wire;

import static io.hark.wire.TcpStates.CLOSED;
import static io.hark.wire.TcpStates.ESTABLISHED;
import static io.hark.wire.TcpStates.INACTIVE;
import static io.hark.wire.TcpStates.PARTIAL;
import static io.hark.wire.TcpStates.RESET;
import static io.hark.wire.TcpStates.SYN_ACK_SENT;
import static io.hark.wire.TcpStates.SYN_SENT;

import io.hark.bytes.BigEndian;
import io.hark.event.Side;

/// What a TCP segment does to its connection: here its sequence space and history, in [TcpStates]
/// the states, in [Delivery] the bytes in order.
///
/// Sizes and history letters mean what they mean in Zeek's conn.log, so that its users read ours
/// without a thought.
///
/// *Source*: RFC 9293; the words of `history` are Zeek's. *Thread*: the worker's.
final class Tcp {

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

    private final Engine engine;
    private final TcpStates states;
    private final Delivery delivery;

    Tcp(Engine engine) {
        this.engine = engine;
        this.states = new TcpStates(engine);
        this.delivery = new Delivery(engine);
    }

    /// Whether the first packet seen of a connection comes from its responder.
    static boolean isAnswer(byte[] m, int at, int src, int dst) {
        int flags = m[at + 13];
        if ((flags & SYN) != 0 && (flags & ACK) == 0 || !Services.isTcp(src)) {
            return false;
        }
        return !Services.isTcp(dst) || (flags & SYN) == 0 && src < dst;
    }

    /// Whether the segment opens a new connection between the same ports.
    static boolean isReuse(Flow s, byte[] m, int at, long now) {
        int flags = m[at + 13];
        boolean acks = (flags & ACK) != 0;
        return TcpStates.isReuse(s, (flags & SYN) != 0, acks, BigEndian.i32(m, at + 4), now);
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
            delivery.await(s, now);
        }
        Half mine = s.half(side); // the same whoever turns out to be the originator
        Half other = s.half(side.other());
        notePartial(s, side, syn, acks);
        start(s, mine, other, seq, segment, syn);
        long relative = mine.relative(seq, mine.lastSeq);
        boolean before = relative < 0; // lies before what we took for the beginning
        mine.tcpFlags |= (byte) flags;
        history(s, side, syn, fin, rst, acks, payload);
        window(s, side, mine, other, BigEndian.u16(m, at + 14), rst);
        if (syn) {
            mine.scale = (byte) Evasions.scale(m, at + 20, at + Math.min(header, captured));
        }
        if ((flags & URG) != 0) {
            engine.evasions.urgent(s, flags, BigEndian.u16(m, at + 18), payload);
        }
        if (!mine.closed || !other.closed) {
            s.last = Math.max(s.last, now);
        }
        if (fin) {
            mine.hasFin = true;
            mine.finSeq = relative + segment;
        }
        long acknowledged = acks ? acknowledge(s, other, BigEndian.i32(m, at + 8), rst) : 0;
        if (mine.state == ESTABLISHED) {
            engine.evasions.window(s, side, relative, segment, rst);
        }
        advance(s, side, mine, relative + segment, syn, fin, rst, payload);
        if (TcpStates.isUnseenRequest(s, side, syn, fin, rst, acknowledged)) {
            other.state(ESTABLISHED); // its own side wakes as ESTABLISHED then
            s.flip();
            side = side.other();
        }
        boolean flipped = s.flipped;
        boolean closes = states.move(s, side, syn, fin, rst, acks, payload, seq);
        side = s.flipped == flipped ? side : side.other();
        roundTrip(s, side, syn, acks, now);
        mine.seen = true;
        if (acknowledged > 0) {
            delivery.acknowledged(s, side.other(), acknowledged, now);
        }
        if (payload > 0 && !rst) {
            int there = Math.max(0, Math.min(payload, captured - header));
            mine.cut |= there < payload;
            engine.payloadSeen(side, m, at + header, there, payload);
            if (there > 0 && !before) {
                delivery.bytes(s, side, syn ? relative + 1 : relative, m, at + header, there);
            }
        }
        delivery.checkEnd(s, side);
        delivery.checkEnd(s, side.other());
        mine.closed |= closes;
        if ((closes || syn || rst) && TcpStates.isQuickToEnd(s)) {
            engine.hasten(s);
        }
    }

    /// The connection is over: what waits behind holes is handed on.
    void flush(Flow s, Talk talk) {
        delivery.flush(s, talk);
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
    private void start(Flow s, Half mine, Half other, int seq, int segment, boolean syn) {
        boolean jumps = syn && seq != mine.startSeq;
        switch (mine.state) {
            case INACTIVE -> {
                mine.startSeq(syn ? seq : seq - 1); // as though there had been a SYN
                mine.lastSeq = syn ? segment : 1;
                return;
            }
            case SYN_SENT, SYN_ACK_SENT -> {
                if (jumps) {
                    engine.anomaly(s, "SYN_seq_jump", null);
                }
            }
            case ESTABLISHED, PARTIAL -> {
                if (jumps) {
                    String what = size(mine, other) > 0 ? "SYN_inside_connection" : "SYN_seq_jump";
                    engine.anomaly(s, what, null);
                }
            }
            case RESET -> jumps = syn && mine.previousState == INACTIVE;
            default -> jumps = false;
        }
        if (jumps) {
            mine.startSeq(seq);
            mine.lastSeq = segment;
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

    private static void window(Flow s, Side side, Half mine, Half other, int window, boolean rst) {
        mine.window = (char) window;
        if (window == 0 && !rst && other.state != CLOSED && mine.state != RESET) {
            s.historyScaled(side, ++mine.trouble().zeroWindows, 'W');
        }
    }

    /// Notes that the sender has `ack` of what `of` sent; answers that as an offset in its stream,
    /// 0 where it tells nothing.
    private long acknowledge(Flow s, Half of, int ack, boolean rst) {
        if (of.state == INACTIVE) {
            of.startSeq(ack - 1);
            return 1;
        }
        long old = of.ackSeq;
        long relative = of.relative(ack, old);
        if (relative < 0) {
            if (s.partial && relative > -TOO_FAR) {
                return 0; // its beginning was guessed from a later acknowledgement
            }
            engine.anomaly(s, "TCP_ack_underflow_or_misorder", null);
            return 0;
        }
        boolean broken = ack == 0 && relative - old > TOO_FAR;
        if (!rst && relative > old && !broken) {
            of.ackSeq = relative;
            if (!s.partial) {
                engine.meter.acks++;
            }
        }
        return relative;
    }

    private static void advance(
            Flow s,
            Side side,
            Half mine,
            long last,
            boolean syn,
            boolean fin,
            boolean rst,
            int payload) {
        long old = mine.lastSeq;
        long delta = last - old;
        if ((syn || rst) && Math.abs(delta) > TOO_FAR) {
            return;
        }
        if (fin && old == 1) {
            mine.lastSeq = Math.max(last, 0);
        } else if (mine.state == RESET) {
            return; // nothing behind a reset is believed
        } else if (delta > 0) {
            mine.lastSeq = last;
        } else if (payload > 0) {
            s.historyScaled(side, ++mine.trouble().retransmissions, 'T');
        }
    }

    private static void roundTrip(Flow s, Side side, boolean syn, boolean acks, long now) {
        if (syn && !acks && side == Side.ORIGINATOR) {
            s.asked(now);
        } else if (syn && acks && side == Side.RESPONDER) {
            s.answered(side, now);
        }
    }

    /// Payload bytes by sequence numbers, those missing in the capture included.
    static long size(Flow s, Side side) {
        return size(s.half(side), s.half(side.other()));
    }

    private static long size(Half of, Half other) {
        long acked = of.ackSeq;
        if (of.previousState == SYN_SENT
                && of.state == RESET
                && other.state == INACTIVE
                && acked > 1) {
            return 0; // a half-open connection, found and cut: its numbers tell nothing
        }
        long size = Math.max(of.lastSeq, acked);
        size = size > 0 ? size - 1 : 0;
        return of.hasFin && size > 0 ? size - 1 : size;
    }
}
