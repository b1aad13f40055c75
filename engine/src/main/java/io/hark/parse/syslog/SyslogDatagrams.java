package io.hark.parse.syslog;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.TextLine;

/// Syslog over UDP.
public final class SyslogDatagrams implements DatagramParser {

    private static final Hints HINTS = Hints.ports(514).text();
    private static final int LOOKED_AT = 128; // octets that must be text
    private static final int LIKELY = 60;
    private static final int UNLIKELY = 20; // a tag to the usual port, but no priority

    @Override
    public String name() {
        return "syslog";
    }

    @Override
    public String about() {
        return "syslog over UDP (RFC 3164, RFC 5426)";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        if (side != Side.ORIGINATOR || !TextLine.isText(payload, 0, LOOKED_AT)) {
            return Verdict.NO;
        }
        if (Priority.end(payload, 0) > 0) {
            return LIKELY;
        }
        return HINTS.usual(port) && hasTag(payload) ? UNLIKELY : Verdict.NO;
    }

    /// Whether some word ends in a colon: the program that speaks (RFC 3164 §4.1.3).
    private static boolean hasTag(Bytes payload) {
        for (int at = 0; at < Math.min(payload.length(), LOOKED_AT); at++) {
            if (payload.peek(at) == ':' && payload.peek(at + 1) == ' ') {
                return true;
            }
        }
        return false;
    }

    @Override
    public Session open(Connection connection) {
        return new Session() {
            private boolean confirmed;

            @Override
            public void datagram(Bytes payload, Side side) {
                if (!confirmed) {
                    confirmed = true;
                    connection.confirm();
                }
                Priority.emit(connection, payload, 0, payload.length());
            }
        };
    }
}
