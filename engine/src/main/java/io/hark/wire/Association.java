package io.hark.wire;

import io.hark.bytes.BigEndian;
import io.hark.event.Endpoints;
import io.hark.event.Sctp;
import io.hark.event.Side;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an SCTP association has told so far.
///
/// Who sends a packet with a verification tag that its receiver did not choose is not heeded by it;
/// such a packet ends nothing here either.
///
/// *Source*: RFC 9260. *Thread*: one owner, the worker.
final class Association {

    private static final int MAX_STREAMS = 64;
    private static final int MAX_PAYLOAD_PROTOCOLS = 16;
    private static final int MAX_ADDRESSES = 8; // hosts have a handful of interfaces
    private static final int MAX_PARAMETERS = 32; // of an INIT; there are some fifteen kinds
    private static final int MAX_TYPES = 32; // there are some twenty kinds of chunks

    private static final int INIT_LENGTH = 20;
    private static final int DATA_HEADER = 16;
    private static final int I_DATA_HEADER = 20;
    private static final int PARAMETER_HEADER = 4;
    private static final int IPV4_ADDRESS = 5;
    private static final int IPV6_ADDRESS = 6;

    private static final String[] TYPES = {
        "data",
        "init",
        "init_ack",
        "sack",
        "heartbeat",
        "heartbeat_ack",
        "abort",
        "shutdown",
        "shutdown_ack",
        "error",
        "cookie_echo",
        "cookie_ack",
        "ecne",
        "cwr",
        "shutdown_complete",
        "auth"
    };

    /// What one side told.
    private static final class Half {
        @Nullable Long tag; // that it chose
        @Nullable Integer streams;
        final List<Addr> addresses = new ArrayList<>();
        long data;
        long dataBytes;
        boolean seen;
        boolean shut;
        String said = "";
    }

    private final Half originator = new Half();
    private final Half responder = new Half();
    private final Set<String> types = new LinkedHashSet<>();
    private final StringBuilder history = new StringBuilder();
    private long[] streams = new long[0];
    private long[] payloadProtocols = new long[0];
    private boolean asked;
    private boolean established;
    private boolean complete;
    private @Nullable Side aborted;
    private @Nullable Integer cause;
    private long foreign;

    private Half half(Side side) {
        return side == Side.ORIGINATOR ? originator : responder;
    }

    /// Whether it has ended, so that another may begin.
    boolean isOver() {
        return complete || aborted != null;
    }

    /// Whether one of the sides chose that tag.
    boolean isTag(long tag) {
        return is(originator.tag, tag) || is(responder.tag, tag);
    }

    private static boolean is(@Nullable Long known, long tag) {
        return known != null && known == tag;
    }

    /// Looks at the tag of a packet; whether its receiver would heed it. The first tag of a side
    /// whose choice was not seen is believed.
    ///
    /// @param by who sends it, or whose own tag it has
    boolean tag(Side by, int firstChunk, long tag) {
        if (firstChunk == Associations.INIT) {
            return true;
        }
        Half receiver = half(by.other());
        if (receiver.tag == null) {
            receiver.tag = tag;
        }
        boolean right = is(receiver.tag, tag);
        foreign += right ? 0 : 1;
        return right;
    }

    /// Takes a chunk.
    ///
    /// @param there how much of it was captured, at least its header
    /// @param length how long it is
    /// @param believed whether its receiver would heed it
    void chunk(Side side, byte[] m, int at, int there, int length, boolean believed) {
        int type = m[at] & 0xff;
        if (types.size() < MAX_TYPES) {
            types.add(name(type));
        }
        if (!believed) {
            return;
        }
        Half its = half(side);
        its.seen = true;
        switch (type) {
            case Associations.INIT, Associations.INIT_ACK -> {
                boolean init = type == Associations.INIT;
                say(side, init ? 'S' : 'H');
                asked |= init;
                if (there >= INIT_LENGTH) {
                    begin(its, m, at, there);
                }
            }
            case Associations.COOKIE_ECHO, Associations.SACK -> say(side, 'A');
            case Associations.COOKIE_ACK -> {
                say(side, 'A');
                established = true;
            }
            case Associations.DATA -> data(side, m, at, there, length, DATA_HEADER);
            case Associations.I_DATA -> data(side, m, at, there, length, I_DATA_HEADER);
            case Associations.SHUTDOWN, Associations.SHUTDOWN_ACK -> {
                say(side, 'F');
                its.shut = true;
            }
            case Associations.SHUTDOWN_COMPLETE -> complete = true;
            case Associations.ABORT -> {
                say(side, 'R');
                aborted = aborted == null ? side : aborted;
                if (there >= 8 && cause == null) {
                    cause = BigEndian.u16(m, at + 4);
                }
            }
            default -> {}
        }
    }

    private void begin(Half its, byte[] m, int at, int there) {
        if (its.tag == null || !established) {
            its.tag = BigEndian.u32(m, at + 4);
        }
        its.streams = BigEndian.u16(m, at + 12);
        int place = at + INIT_LENGTH;
        int end = at + there;
        for (int n = 0; n < MAX_PARAMETERS && end - place >= PARAMETER_HEADER; n++) {
            int kind = BigEndian.u16(m, place);
            int length = BigEndian.u16(m, place + 2);
            if (length < PARAMETER_HEADER || length > end - place) {
                return;
            }
            Addr address =
                    kind == IPV4_ADDRESS && length == 8
                            ? Addr.v4(BigEndian.i32(m, place + 4))
                            : kind == IPV6_ADDRESS && length == 20
                                    ? new Addr(
                                            BigEndian.i64(m, place + 4),
                                            BigEndian.i64(m, place + 12))
                                    : null;
            if (address != null
                    && its.addresses.size() < MAX_ADDRESSES
                    && !its.addresses.contains(address)) {
                its.addresses.add(address);
            }
            place += length + 3 & ~3;
        }
    }

    private void data(Side side, byte[] m, int at, int there, int length, int header) {
        say(side, 'D');
        established = true;
        Half its = half(side);
        its.data++;
        its.dataBytes += Math.max(0, length - header);
        if (there >= header) {
            streams = note(streams, BigEndian.u16(m, at + 8), MAX_STREAMS);
            boolean first = (m[at + 1] & 2) != 0;
            if (header == DATA_HEADER || first) { // of I-DATA only the first piece has it
                int place = at + (header == DATA_HEADER ? 12 : 16);
                payloadProtocols =
                        note(payloadProtocols, BigEndian.u32(m, place), MAX_PAYLOAD_PROTOCOLS);
            }
        }
    }

    private static long[] note(long[] known, long value, int max) {
        for (long one : known) {
            if (one == value) {
                return known;
            }
        }
        if (known.length == max) {
            return known;
        }
        long[] more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = value;
        return more;
    }

    private void say(Side side, char letter) {
        Half its = half(side);
        if (its.said.indexOf(letter) < 0) {
            its.said += letter;
            history.append(side == Side.ORIGINATOR ? letter : Character.toLowerCase(letter));
        }
    }

    private static String name(int type) {
        return switch (type) {
            case Associations.I_DATA -> "i_data";
            case 128 -> "asconf_ack";
            case 130 -> "re_config";
            case 132 -> "pad";
            case 192 -> "forward_tsn";
            case 193 -> "asconf";
            case 194 -> "i_forward_tsn";
            default -> type < TYPES.length ? TYPES[type] : "type_" + type;
        };
    }

    private String state() {
        Side by = aborted;
        if (by == Side.RESPONDER) {
            return established ? "RSTR" : asked ? "REJ" : "RSTRH";
        } else if (by == Side.ORIGINATOR) {
            return responder.seen ? "RSTO" : "RSTOS0";
        } else if (complete || originator.shut && responder.shut) {
            return "SF";
        } else if (originator.shut) {
            return responder.seen ? "S2" : "SH";
        } else if (responder.shut) {
            return originator.seen ? "S3" : "SHR";
        } else if (asked && !responder.seen) {
            return "S0";
        }
        return asked && established ? "S1" : "OTH";
    }

    /// What there is to tell.
    Sctp event(Flow flow, String uid, Endpoints id, long when) {
        return new Sctp(
                flow.first,
                when,
                uid,
                id,
                state(),
                history.isEmpty() ? null : history.toString(),
                originator.tag,
                responder.tag,
                originator.streams,
                responder.streams,
                originator.addresses.isEmpty() ? null : List.copyOf(originator.addresses),
                responder.addresses.isEmpty() ? null : List.copyOf(responder.addresses),
                List.copyOf(types),
                originator.data,
                responder.data,
                originator.dataBytes,
                responder.dataBytes,
                streams,
                payloadProtocols,
                foreign,
                cause);
    }
}
