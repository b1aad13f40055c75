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
    private static final int UNLIKELY = 5; // text to the usual port, but no priority

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

    /// Text without a priority is a message, too, where it goes to a collector's port (RFC 3164
    /// §4.3.3); whatever else knows the text has it.
    @Override
    public int probe(Bytes payload, Side side, int port) {
        if (side != Side.ORIGINATOR || !TextLine.isText(payload, 0, LOOKED_AT)) {
            return Verdict.NO;
        }
        if (Priority.end(payload, 0) > 0) {
            return LIKELY;
        }
        return HINTS.usual(port) && payload.length() > 0 ? UNLIKELY : Verdict.NO;
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
