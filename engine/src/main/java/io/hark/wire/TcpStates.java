package io.hark.wire;

import io.hark.event.Side;

/// The states that the two sides of a TCP connection are in, what a segment makes of them, and what
/// they say of the whole: whether it is over, and how it began and ended.
///
/// The states are Zeek's, one a side, so that `conn_state` means what it means there.
///
/// *Source*: RFC 9293 §3.3.2; Zeek's conn.log. *Thread*: the worker's.
final class TcpStates {

    static final int INACTIVE = 0;
    static final int SYN_SENT = 1;
    static final int SYN_ACK_SENT = 2;
    static final int PARTIAL = 3;
    static final int ESTABLISHED = 4;
    static final int CLOSED = 5;
    static final int RESET = 6;

    /// How long after a reset the same SYN is a second attempt and no copy of the first frame:
    /// hosts try again after 200 ms and more, copies come within milliseconds.
    private static final long SECOND_ATTEMPT = 100_000_000L;

    private final Engine engine;

    TcpStates(Engine engine) {
        this.engine = engine;
    }

    /// Moves the side's state; answers whether the side closed.
    boolean move(
            Flow s,
            Side side,
            boolean syn,
            boolean fin,
            boolean rst,
            boolean acks,
            int payload,
            int seq) {
        Half mine = s.half(side);
        Half other = s.half(side.other());
        boolean closes = false;
        switch (mine.state) {
            case INACTIVE -> closes = wake(s, side, syn, fin, rst, acks, payload, seq);
            case SYN_SENT, SYN_ACK_SENT -> {
                if (fin) {
                    mine.state(CLOSED);
                    closes = true;
                }
                if (rst) {
                    mine.state(RESET);
                    closes = true;
                } else if (payload > 0 && !acks) { // who acknowledges has seen a SYN+ACK
                    engine.anomaly(s, "data_before_established", null);
                }
            }
            case ESTABLISHED, PARTIAL -> {
                if (syn && !acks && mine.state == PARTIAL && other.state == INACTIVE) {
                    mine.state(SYN_SENT);
                }
                if (fin && !rst) {
                    mine.state(CLOSED);
                    if (other.state == RESET && other.previousState == CLOSED) {
                        other.state(CLOSED); // FIN, then RST: it was a normal end after all
                    }
                    closes = true;
                }
                if (rst) {
                    mine.state(RESET);
                    closes = true;
                }
            }
            case CLOSED -> {
                if (rst && other.state != CLOSED) {
                    mine.state(RESET);
                    closes = true;
                }
            }
            default -> {
                if (payload > 0 && !rst && isNew(mine, seq + payload)) {
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
    private static boolean wake(
            Flow s,
            Side side,
            boolean syn,
            boolean fin,
            boolean rst,
            boolean acks,
            int payload,
            int seq) {
        Half mine = s.half(side);
        Half other = s.half(side.other());
        boolean closes = false;
        if (syn) {
            if (side == Side.ORIGINATOR) {
                mine.state(acks ? SYN_ACK_SENT : SYN_SENT);
            } else {
                if (!acks
                        && other.state == SYN_ACK_SENT
                        && seq == mine.startSeq
                        && s.talk == null) {
                    s.partial = false; // SYN and SYN+ACK came the wrong way round
                    other.state(ESTABLISHED);
                    mine.state(ESTABLISHED);
                    s.flip();
                    return false;
                }
                if (other.state == SYN_SENT) {
                    other.state(ESTABLISHED);
                }
                mine.state(ESTABLISHED);
            }
        }
        if (fin) {
            mine.state(CLOSED);
            closes = true;
        }
        if (rst) {
            mine.state(RESET);
            closes = true;
        }
        if (mine.state == INACTIVE) {
            if (side == Side.RESPONDER && payload == 0 && other.state == SYN_SENT) {
                return closes; // an acknowledgement before the SYN+ACK
            }
            if (acks && other.state == ESTABLISHED) {
                mine.state(ESTABLISHED); // only its SYN was missed
                s.partial = false;
            } else {
                mine.state(PARTIAL);
            }
        }
        return closes;
    }

    /// Whether a connection began with a SYN+ACK that its receiver acknowledges: nobody does so who
    /// did not ask, so that only the SYN was missed. Who is scanned with SYN+ACK resets.
    static boolean isUnseenRequest(
            Flow s, Side side, boolean syn, boolean fin, boolean rst, long acknowledged) {
        return side == Side.RESPONDER
                && s.talk == null
                && s.half(side).state == INACTIVE
                && s.half(Side.ORIGINATOR).state == SYN_ACK_SENT
                && acknowledged == 1
                && !syn
                && !fin
                && !rst;
    }

    /// Whether a segment with that number and these flags opens a new connection between the same
    /// ports.
    static boolean isReuse(Flow s, boolean syn, boolean acks, int seq, long now) {
        if (!syn || acks && s.half(Side.ORIGINATOR).state != INACTIVE) {
            return false;
        }
        Half mine = s.half(acks ? Side.RESPONDER : Side.ORIGINATOR);
        Half other = s.half(acks ? Side.ORIGINATOR : Side.RESPONDER);
        boolean fresh = seq != mine.startSeq && seq != other.startSeq;
        boolean refused = other.state == RESET && now - s.last >= SECOND_ATTEMPT;
        return (isOver(mine) || isOver(other)) && (fresh || refused);
    }

    private static boolean isOver(Half half) {
        return half.state == CLOSED || half.state == RESET;
    }

    /// Whether the connection needs no long silence to be over: an attempt without answer, or
    /// closed or reset.
    static boolean isQuickToEnd(Flow s) {
        Half orig = s.half(Side.ORIGINATOR);
        Half resp = s.half(Side.RESPONDER);
        if ((orig.state == SYN_SENT || orig.state == SYN_ACK_SENT) && resp.state == INACTIVE) {
            return true;
        }
        return (orig.closed || resp.closed)
                && (orig.closed && resp.closed
                        || orig.state == RESET
                        || resp.state == RESET
                        || orig.state == INACTIVE
                        || resp.state == INACTIVE);
    }

    /// Whether both sides spoke in order, so that what is missing was lost in the capture.
    static boolean isClean(Flow s) {
        return isClean(s.half(Side.ORIGINATOR)) && isClean(s.half(Side.RESPONDER));
    }

    private static boolean isClean(Half half) {
        return half.state == ESTABLISHED
                || half.state == CLOSED && half.previousState == ESTABLISHED;
    }

    /// How it began and ended, in Zeek's words.
    static String connState(Flow s) {
        int orig = s.half(Side.ORIGINATOR).state;
        int resp = s.half(Side.RESPONDER).state;
        boolean origInactive = orig == INACTIVE || orig == PARTIAL;
        boolean respInactive = resp == INACTIVE || resp == PARTIAL;
        if (resp == RESET) {
            boolean empty = Tcp.size(s, Side.ORIGINATOR) == 0 && Tcp.size(s, Side.RESPONDER) == 0;
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
