package io.hark.parse.tls;

import io.hark.Body;
import io.hark.Connection;
import io.hark.Inside;
import io.hark.StreamParser;
import io.hark.Withheld;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.tlscrypt.RecordProtection.Opened;
import org.jspecify.annotations.Nullable;

/// The record layer of one connection: plain records are read whole, of encrypted ones only the
/// header, and once the handshake is over nothing any more. Where a secret opens them, encrypted
/// records are read whole, too, and what was in them goes on as a stream inside of the connection.
///
/// *Thread*: the worker that owns the connection.
final class TlsSession implements StreamParser.Session {

    private static final int V2_BIT = 0x80;
    private static final int V2_HEADER = 2;
    private static final int V2_MASTER_KEY = 2;
    private static final int V2_SERVER_HELLO = 4;
    private static final int FATAL = 2;

    private final Connection connection;
    private final Handshake handshake;
    private final TlsDirection originator = new TlsDirection();
    private final TlsDirection responder = new TlsDirection();
    private final Bytes part = new Bytes();
    private boolean v2;
    private @Nullable Opening opening; // null where no secret will open it
    private @Nullable Inside inside;
    private final Withheld<Sealed> withheld;
    private boolean over;

    /// A protected record.
    private record Sealed(int type, int version, byte[] content, Side side) {}

    TlsSession(Connection connection) {
        this.connection = connection;
        this.handshake = new Handshake(connection, false);
        this.opening = connection.secrets().isEmpty() ? null : new Opening(connection.secrets());
        this.withheld = new Withheld<>(connection.secrets());
    }

    @Override
    public int maxMessage() {
        return Records.HEADER + (1 << 15); // a hello in SSLv2 form has 15 bits of length
    }

    @Override
    public int frame(Bytes head, Side side) {
        TlsDirection direction = direction(side);
        int type = head.peek(0);
        if (type < 0) {
            return MORE;
        }
        if (over || isLost(side)) {
            return 1;
        }
        if (type >= V2_BIT && (v2 || direction.records == 0)) {
            int length = head.peekU16(0);
            return length < 0 ? MORE : V2_HEADER + Math.max(1, length & 0x7fff);
        }
        if (type < Records.CHANGE_CIPHER_SPEC || type > Records.HEARTBEAT) {
            return MALFORMED;
        }
        int version = head.peekU16(1);
        int length = head.peekU16(3);
        if (length < 0) {
            return version >= 0 && version >>> 8 != 3 ? MALFORMED : MORE;
        }
        if (version >>> 8 != 3 || length > Records.MAX_RECORD) {
            return MALFORMED;
        }
        boolean whole = opening != null || !isOpaque(direction, type);
        return Records.HEADER + (whole ? length : 0);
    }

    @Override
    public void message(Bytes whole, Side side) {
        if (over || isLost(side)) {
            connection.skip(Body.UNTIL_END);
            return;
        }
        TlsDirection direction = direction(side);
        direction.records++;
        int type = whole.peek(0);
        if (type >= V2_BIT) {
            messageV2(whole, side);
            return;
        }
        int length = whole.peekU16(3);
        if (isOpaque(direction, type)) {
            if (type == Records.HEARTBEAT && !isEncrypted(direction)) {
                handshake.heartbeat(
                        side, length); // told before its end comes: that of an attack may not
                if (opening == null) {
                    connection.skip(length);
                }
            } else if (opening == null) {
                opaque(direction, type, length);
            } else {
                sealed(opening, whole, direction, side);
            }
            return;
        }
        whole.skip(Records.HEADER);
        switch (type) {
            case Records.CHANGE_CIPHER_SPEC -> {
                if (!direction.changedCipher) {
                    handshake.changeCipherSpec(side);
                }
                if (opening != null) {
                    opening.changeCipherSpec(side);
                }
                direction.changedCipher = true;
            }
            case Records.ALERT -> {
                if (length
                        == 2) { // longer ones are encrypted by keys whose announcement was not seen
                    handshake.alert(side, whole.u16() & 0xff);
                }
            }
            default -> handshakeRecord(whole, direction, side); // heartbeats are opaque
        }
        if (handshake.fault() != null) {
            whole.fail(handshake.fault());
        }
    }

    /// Whether a record is read by its header only: encrypted, or of no interest.
    private boolean isOpaque(TlsDirection direction, int type) {
        return type == Records.APPLICATION_DATA
                || type == Records.HEARTBEAT
                || isEncrypted(direction);
    }

    /// In TLS 1.3 the change of keys is not announced (a change cipher spec means nothing there),
    /// but all that is encrypted is application data.
    private boolean isEncrypted(TlsDirection direction) {
        return handshake.is13() ? direction.sentData : direction.changedCipher;
    }

    private void opaque(TlsDirection direction, int type, int length) {
        direction.forget();
        if (type == Records.APPLICATION_DATA) {
            direction.sentData = true;
            if (!isEncrypted(direction) && handshake.hasVersion()) {
                connection.anomaly("ssl_early_application_data", null);
            }
        }
        if (isEncrypted(originator) && isEncrypted(responder) && handshake.hasVersion()) {
            finish();
        } else {
            connection.skip(length);
        }
    }

    // ---- what a secret opens

    private boolean isLost(Side side) {
        return opening != null && opening.isLost(side);
    }

    private void sealed(Opening with, Bytes whole, TlsDirection direction, Side side) {
        int type = whole.u8();
        int version = whole.u16();
        byte[] content = whole.take(whole.u16());
        direction.sentData |= type == Records.APPLICATION_DATA;
        Sealed record = new Sealed(type, version, content, side);
        if (with.isWaiting()) {
            if (withheld.add(record, content.length)) {
                return;
            }
            with.waitNoMore();
        }
        unseal(with);
        unseal(with, record);
        boolean sealed = isEncrypted(originator) && isEncrypted(responder);
        if (opening == null && sealed && handshake.hasVersion()) {
            finish();
        }
    }

    /// What waited for a secret has it, or has waited in vain.
    private void unseal(Opening with) {
        for (Sealed record : withheld.release()) {
            unseal(with, record);
        }
    }

    private void unseal(Opening with, Sealed record) {
        Side side = record.side;
        Opened opened =
                with.isHopeless()
                        ? null
                        : with.open(record.type, record.version, record.content, side);
        if (opened != null) {
            opened(with, opened, direction(side), side);
        } else if (with.isHopeless()) {
            opening = null;
        } else if (with.isLost(side) && inside != null) {
            inside.lose(side, record.content.length);
        }
    }

    private void opened(Opening with, Opened opened, TlsDirection direction, Side side) {
        handshake.openedBy(with.opener());
        Bytes content = Bytes.of(opened.octets());
        switch (opened.type()) {
            case Records.HANDSHAKE -> handshakeRecord(content, direction, side);
            case Records.CHANGE_CIPHER_SPEC -> with.changeCipherSpec(side); // a renegotiation
            case Records.ALERT -> {
                if (content.length() == 2 && content.peek(0) == FATAL) {
                    handshake.alert(side, content.peek(1));
                }
            }
            case Records.APPLICATION_DATA -> {
                if (isEncrypted(originator) && isEncrypted(responder) && handshake.hasVersion()) {
                    handshake.established();
                }
                Inside reader = inside == null ? connection.inside() : inside;
                inside = reader;
                reader.take(content, side);
            }
            default -> {} // heartbeats
        }
    }

    /// A message, read by [Handshake]; `at` is where its header begins.
    private void tell(Opening to, int type, Bytes in, int at, int length, Side side) {
        handshake.tell(to, type, side);
        to.message(
                type,
                in.array(),
                in.base() + at,
                Records.MESSAGE_HEADER + length,
                Records.MESSAGE_HEADER);
        if (to.isHopeless()) {
            opening = null;
        }
    }

    private void finish() {
        over = true;
        handshake.established();
        connection.skip(Body.UNTIL_END);
    }

    // ---- handshake messages, put together where they are in pieces

    private void handshakeRecord(Bytes whole, TlsDirection direction, Side side) {
        if (direction.hasPieces()) {
            Bytes joined = direction.join(whole);
            if (joined != null) {
                messages(joined, direction, side);
            }
        } else {
            messages(whole, direction, side);
        }
    }

    private void messages(Bytes in, TlsDirection direction, Side side) {
        while (in.remaining() > 0) {
            int at = in.offset();
            int length =
                    in.remaining() < Records.MESSAGE_HEADER
                            ? -1
                            : (int) (in.peekU32(at) & 0xff_ffff);
            if (length > Records.MAX_HANDSHAKE) {
                in.fail("handshake message too long");
                handshake.fail("handshake message too long");
                return;
            }
            if (length < 0 || in.remaining() < Records.MESSAGE_HEADER + length) {
                direction.keep(in, length);
                return;
            }
            part.wrap(in.array(), in.base() + at + Records.MESSAGE_HEADER, length);
            int type = in.u8();
            handshake.message(type, part, side);
            if (opening != null && handshake.fault() == null) {
                tell(opening, type, in, at, length, side);
            }
            in.skip(Records.MESSAGE_HEADER - 1 + length);
            if (handshake.fault() != null) {
                return;
            }
        }
    }

    // ---- SSLv2

    private void messageV2(Bytes whole, Side side) {
        whole.skip(V2_HEADER);
        switch (whole.u8()) {
            case Records.CLIENT_HELLO -> handshake.clientHelloV2(whole, side);
            case V2_SERVER_HELLO -> {
                v2 = true;
                handshake.serverHelloV2(whole, side);
            }
            case V2_MASTER_KEY -> {
                if (v2) {
                    finish();
                }
            }
            default -> {} // errors and encrypted records
        }
        if (handshake.fault() != null) {
            whole.fail(handshake.fault());
        }
    }

    // ---- ends

    @Override
    public boolean gap(Side side, long bytes) {
        if (opening == null || inside == null) {
            return over;
        }
        opening.lose(side);
        inside.lose(side, bytes);
        return true;
    }

    @Override
    public void end(Side side) {
        if (inside != null) {
            inside.end(side);
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

    private TlsDirection direction(Side side) {
        return side == Side.ORIGINATOR ? originator : responder;
    }
}
