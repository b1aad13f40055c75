package io.hark.parse.mqtt;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// MQTT, versions 3.1 to 5.
public final class MqttParser implements StreamParser {

    private static final int MAX_FIELD = 5; // octets of type and length

    @Override
    public String name() {
        return "mqtt";
    }

    @Override
    public String about() {
        return "MQTT 3.1, 3.1.1 and 5: connections, publications, subscriptions";
    }

    @Override
    public Hints hints() {
        return Hints.ports(1883).beginning("\u0010");
    }

    @Override
    public int probe(Bytes head, Side side) {
        if (side == Side.RESPONDER) {
            return Verdict.NO;
        }
        int at = 1;
        while (at < MAX_FIELD && head.peek(at) >= 0x80) {
            at++;
        }
        at++;
        if (head.length() < at + 8) {
            return head.peek(0) != 0x10 ? Verdict.NO : Verdict.MORE;
        }
        return head.looksAt(at, "\0\4MQTT") || head.looksAt(at, "\0\6MQIsdp")
                ? Verdict.YES
                : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        connection.confirm();
        return new MqttSession(connection);
    }
}
