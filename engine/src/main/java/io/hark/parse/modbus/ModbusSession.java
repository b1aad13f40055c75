package io.hark.parse.modbus;

import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Modbus;
import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// One connection's messages, one row each.
///
/// ```
/// transaction 2 · protocol 2 (0) · length 2 · unit 1 · function 1 · data
/// ```
///
/// An answer whose function has its high bit set is an exception: one octet says why. *Source*:
/// MODBUS Messaging on TCP/IP Implementation Guide 1.0b §3.1.3; MODBUS Application Protocol 1.1b3
/// §4.1, §7.
///
/// *Thread*: one owner, the worker.
final class ModbusSession implements StreamParser.Session {

    private static final int HEADER = 6; // what the length does not count
    private static final int MIN_LENGTH = 2; // unit and function
    private static final int MAX_LENGTH = 254; // a unit and a PDU of 253 octets
    private static final int LENGTH_AT = 4;
    private static final int EXCEPTION = 0x80;

    private final Connection connection;
    private boolean confirmed;

    ModbusSession(Connection connection) {
        this.connection = connection;
    }

    /// How long the message at `at` is, header included; 0 where that cannot be told yet, -1 where
    /// there is none.
    static int lengthAt(Bytes head, int at) {
        if (head.peekU16(at + 2) > 0) {
            return -1;
        }
        int length = head.peekU16(at + LENGTH_AT);
        if (length < 0) {
            return 0;
        }
        return length < MIN_LENGTH || length > MAX_LENGTH ? -1 : HEADER + length;
    }

    @Override
    public int maxMessage() {
        return HEADER + MAX_LENGTH;
    }

    @Override
    public int frame(Bytes head, Side side) {
        int length = lengthAt(head, 0);
        return length < 0 ? MALFORMED : length > head.length() ? MORE : length;
    }

    @Override
    public void message(Bytes whole, Side side) {
        int transaction = whole.u16();
        whole.skip(HEADER - 2);
        int unit = whole.u8();
        int function = whole.u8();
        boolean answer = side == Side.RESPONDER;
        if (!confirmed) {
            confirmed = true;
            connection.confirm();
        }
        boolean refused = answer && function >= EXCEPTION;
        connection.emit(
                new Modbus(
                        connection.now(),
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        transaction,
                        unit,
                        ModbusNames.function(function),
                        answer ? "RESP" : "REQ",
                        refused ? reason(whole) : null));
    }

    private static @Nullable String reason(Bytes in) {
        return in.remaining() > 0 ? ModbusNames.exception(in.u8()) : null;
    }

    /// Messages fill segments: the next one that came is whole.
    @Override
    public boolean gap(Side side, long bytes) {
        return true;
    }
}
