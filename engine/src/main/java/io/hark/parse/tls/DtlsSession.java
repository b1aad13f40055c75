package io.hark.parse.tls;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Inside;
import io.hark.Withheld;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.tlscrypt.RecordProtection.Opened;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The record layer in datagrams: plain records are read, what is encrypted is only noticed, or
/// opened where a secret is known.
///
/// ```
/// record:  type 1 · version 2 · epoch 2 · sequence 6 · length 2 · body
/// message: type 1 · length 3 · sequence 2 · fragment offset 3 · fragment length 3 · fragment
/// ```
///
/// *Thread*: the worker that owns the connection. *Source*: RFC 6347 §4.1, §4.2.2; RFC 9147 §4.
final class DtlsSession implements DatagramParser.Session {

    static final int HEADER = 13;
    static final int LENGTH_AT = 11;
    static final int HELLO_VERIFY = 3;

    private static final int MESSAGE_HEADER = 12;
    private static final int MAX_RECORDS = 64; // of one datagram
    private static final int MAX_MESSAGE = 1 << 17; // certificates, as over TCP
    private static final int EPOCH_AT = 3;
    private static final int CONNECTION_ID_RECORD = 25; // RFC 9146

    /// First octets of DTLS: those of records, and the headers of DTLS 1.3 (RFC 9147 §4.1). STUN is
    /// below, channels and media above (RFC 7983).
    private static final int FIRST = 20;

    private static final int LAST = 63;

    private final Connection connection;
    private final Handshake handshake;
    private @Nullable Opening opening; // null where no secret will open it
    private @Nullable Inside inside;
    private final Withheld<Sealed> withheld;
    private final Way originator = new Way();
    private final Way responder = new Way();
    private final Bytes part = new Bytes();
    private boolean over;

    /// A protected record.
    private record Sealed(int type, int version, long number, byte[] content, Side side) {}

    DtlsSession(Connection connection) {
        this.connection = connection;
        this.handshake = new Handshake(connection, true);
        this.opening = connection.secrets().isEmpty() ? null : new Opening(connection.secrets());
        this.withheld = new Withheld<>(connection.secrets());
    }

    /// DTLS 1.0, 1.2, and 0x0100 of before the standard.
    static boolean isVersion(int version) {
        return version == 0xfeff || version == 0xfefd || version == 0x0100;
    }

    @Override
    public boolean takes(Bytes payload, Side side) {
        int first = payload.peek(0);
        return first >= FIRST && first <= LAST;
    }

    @Override
    public void datagram(Bytes payload, Side side) {
        Way way = side == Side.ORIGINATOR ? originator : responder;
        for (int i = 0; i < MAX_RECORDS && !over && payload.remaining() > 0; i++) {
            int at = payload.offset();
            int type = payload.peek(at);
            if (type >= CONNECTION_ID_RECORD) {
                encrypted(way);
                return;
            }
            int length = payload.peekU16(at + LENGTH_AT);
            if (type < Records.CHANGE_CIPHER_SPEC || length < 0) {
                payload.fail("no record");
                return;
            }
            int version = payload.peekU16(at + 1);
            long number = (long) payload.peekU16(at + EPOCH_AT) << 48 | number(payload, at);
            boolean plain = number >>> 48 == 0;
            payload.skip(HEADER);
            int outer = payload.limit(length);
            if (payload.ok() && opening != null && !plain) {
                sealed(opening, type, version, number, payload, side);
            } else if (payload.ok()) {
                record(type, plain, payload, way, side);
            }
            payload.unlimit(outer);
            if (handshake.fault() != null) {
                payload.fail(handshake.fault());
                return;
            }
        }
    }

    private void record(int type, boolean plain, Bytes in, Way way, Side side) {
        if (!plain || type == Records.APPLICATION_DATA) {
            encrypted(way);
            return;
        }
        switch (type) {
            case Records.CHANGE_CIPHER_SPEC -> {
                if (!way.changed) {
                    handshake.changeCipherSpec(side);
                }
                way.changed = true;
            }
            case Records.ALERT -> {
                if (in.remaining() == 2) {
                    handshake.alert(side, in.u16() & 0xff);
                }
            }
            case Records.HANDSHAKE -> messages(in, way, side);
            default -> {}
        }
    }

    /// The 48 bits of a record's number.
    private static long number(Bytes in, int at) {
        return (long) in.peekU16(at + EPOCH_AT + 2) << 32 | in.peekU32(at + EPOCH_AT + 4);
    }

    /// An encrypted record that a secret may open; what was in it goes on as a datagram inside of
    /// the connection.
    private void sealed(Opening with, int type, int version, long number, Bytes in, Side side) {
        Sealed record = new Sealed(type, version, number, in.take(in.remaining()), side);
        (side == Side.ORIGINATOR ? originator : responder).encrypts = true;
        if (with.isWaiting()) {
            if (withheld.add(record, record.content.length)) {
                return;
            }
            with.waitNoMore();
        }
        unseal(with);
        unseal(with, record);
    }

    /// What waited for a secret has it, or has waited in vain.
    private void unseal(Opening with) {
        for (Sealed record : withheld.release()) {
            unseal(with, record);
        }
    }

    private void unseal(Opening with, Sealed record) {
        Opened opened =
                with.isHopeless()
                        ? null
                        : with.openDatagram(
                                record.type,
                                record.version,
                                record.number,
                                record.content,
                                record.side);
        handshake.openedBy(with.opener());
        boolean both = originator.encrypts && responder.encrypts && handshake.hasVersion();
        if (with.isHopeless()) {
            opening = null;
            over = both;
        }
        if (both) {
            handshake.established();
        }
        if (opened != null && opened.type() == Records.APPLICATION_DATA) {
            Inside reader = inside == null ? connection.insideDatagrams("") : inside;
            inside = reader;
            reader.take(Bytes.of(opened.octets()), record.side);
        }
    }

    private void encrypted(Way way) {
        way.encrypts = true;
        if (originator.encrypts && responder.encrypts && handshake.hasVersion()) {
            over = true;
            handshake.established();
        }
    }

    // ---- handshake messages, put together where they are in pieces

    private void messages(Bytes in, Way way, Side side) {
        for (int i = 0; i < MAX_RECORDS && in.remaining() >= MESSAGE_HEADER; i++) {
            int type = in.u8();
            int length = in.u24();
            int sequence = in.u16();
            int from = in.u24();
            int size = in.u24();
            if (length > MAX_MESSAGE || size > in.remaining() || from + size > length) {
                in.fail("broken fragment");
                return;
            }
            fragment(type, length, sequence, from, size, in, way, side);
            in.skip(size);
        }
    }

    private void fragment(
            int type, int length, int sequence, int from, int size, Bytes in, Way way, Side side) {
        if (sequence < way.next) {
            return; // sent again
        }
        if (from == 0 && size == length) {
            way.next = sequence + 1;
            way.size = 0;
            part.wrap(in.array(), in.base() + in.offset(), size);
            message(type, sequence, side);
            return;
        }
        if (from == 0 || sequence != way.joining || length != way.length) {
            way.begin(sequence, length);
        }
        if (from != way.size) {
            return; // out of order: it will be sent again
        }
        if (way.size + size > way.pieces.length) {
            way.pieces = Arrays.copyOf(way.pieces, Math.min(length, 2 * (way.size + size)));
        }
        in.copyTo(in.offset(), way.pieces, way.size, size);
        way.size += size;
        if (way.size == length) {
            way.next = sequence + 1;
            part.wrap(way.pieces, 0, length);
            message(type, sequence, side);
            way.begin(-1, 0);
        }
    }

    /// A whole message, in [#part].
    private void message(int type, int sequence, Side side) {
        int length = part.length();
        Opening to = opening;
        if (to != null) {
            byte[] whole =
                    ByteBuffer.allocate(MESSAGE_HEADER + length) // as if it were one fragment
                            .putInt(type << 24 | length)
                            .putShort((short) sequence)
                            .putShort((short) 0)
                            .putInt(length)
                            .array();
            part.copyTo(0, whole, MESSAGE_HEADER, length);
            handshake.message(type, part, side);
            handshake.tell(to, type, side);
            if (type == HELLO_VERIFY) {
                to.restart();
            } else {
                to.message(type, whole, 0, whole.length, MESSAGE_HEADER);
            }
            opening = to.isHopeless() ? null : to;
        } else {
            handshake.message(type, part, side);
        }
    }

    @Override
    public void close() {
        if (opening != null && !opening.isWaiting()) {
            unseal(opening);
        }
        withheld.release();
        if (inside != null) {
            inside.close();
        }
        handshake.close();
    }

    /// What is remembered of one direction.
    private static final class Way {
        private boolean changed;
        private boolean encrypts;
        private int next; // sequence of the message that is due
        private int joining = -1;
        private int length;
        private int size;
        private byte[] pieces = new byte[0];

        private void begin(int sequence, int octets) {
            joining = sequence;
            length = octets;
            size = 0;
            pieces = new byte[0];
        }
    }
}
