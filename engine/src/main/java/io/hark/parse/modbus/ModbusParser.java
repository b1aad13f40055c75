package io.hark.parse.modbus;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// Modbus over TCP.
public final class ModbusParser implements StreamParser {

    @Override
    public String name() {
        return "modbus";
    }

    @Override
    public String about() {
        return "Modbus over TCP: functions, exceptions (MODBUS Messaging on TCP/IP 1.0b)";
    }

    @Override
    public Hints hints() {
        return Hints.ports(502);
    }

    /// A header of seven octets with two zeros and a length has little of its own: it is a guess,
    /// made only where whole messages, and nothing else, stand in what came first.
    @Override
    public int probe(Bytes head, Side side) {
        int at = 0;
        while (at < head.length()) {
            int length = ModbusSession.lengthAt(head, at);
            if (length < 0) {
                return Verdict.NO;
            }
            if (length == 0 || length > head.length() - at) {
                return Verdict.MORE;
            }
            at += length;
        }
        return Verdict.MAYBE;
    }

    @Override
    public Session open(Connection connection) {
        return new ModbusSession(connection);
    }
}
