package io.hark.parse.syslog;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.TextLine;

/// Syslog over TCP: lines, or messages with their length before them.
///
/// *Source*: RFC 6587 §3.4.1 (`83 <34>1 …`), §3.4.2.
public final class SyslogStream implements StreamParser {

    private static final int MAX_DIGITS = 5; // of a length
    private static final int LOOKED_AT = 128; // octets that must be text

    @Override
    public String name() {
        return "syslog";
    }

    @Override
    public String about() {
        return "syslog over TCP (RFC 6587)";
    }

    @Override
    public Hints hints() {
        return Hints.ports(514, 601).beginning("<123456789");
    }

    @Override
    public int probe(Bytes head, Side side) {
        if (side == Side.RESPONDER) {
            return Verdict.NO;
        }
        int from = length(head) > 0 ? head.indexOf(' ', 0) + 1 : 0;
        if (head.length() < from + 6) {
            return TextLine.isText(head, 0, LOOKED_AT) ? Verdict.MORE : Verdict.NO;
        }
        return Priority.end(head, from) > 0 && TextLine.isText(head, 0, LOOKED_AT)
                ? Verdict.YES // no markup has a number for a name
                : Verdict.NO;
    }

    /// The length that a message has before it, or 0.
    private static int length(Bytes head) {
        int value = 0;
        int at = 0;
        while (at <= MAX_DIGITS && head.peek(at) >= '0' && head.peek(at) <= '9') {
            value = value * 10 + head.peek(at++) - '0';
        }
        return at > 0 && at <= MAX_DIGITS && head.peek(at) == ' ' ? value : 0;
    }

    @Override
    public Session open(Connection connection) {
        connection.confirm();
        return new SyslogSession(connection);
    }

    private static final class SyslogSession implements Session {
        private static final int MAX_MESSAGE = 1 << 15; // octets

        private final Connection connection;
        private boolean skipsLine;

        SyslogSession(Connection connection) {
            this.connection = connection;
        }

        @Override
        public int maxMessage() {
            return MAX_MESSAGE;
        }

        @Override
        public int frame(Bytes head, Side side) {
            int length = skipsLine ? 0 : length(head);
            if (length > 0) {
                int n = head.indexOf(' ', 0) + 1 + length;
                return n > head.length() ? n > MAX_MESSAGE ? MALFORMED : MORE : n;
            }
            if (head.length() <= MAX_DIGITS && head.indexOf('\n', 0) < 0) {
                return MORE;
            }
            return TextLine.frame(head, MAX_MESSAGE);
        }

        @Override
        public void message(Bytes whole, Side side) {
            if (skipsLine || side == Side.RESPONDER) {
                skipsLine = false;
                return;
            }
            int from = length(whole) > 0 ? whole.indexOf(' ', 0) + 1 : 0;
            int to = whole.length();
            while (to > from && whole.peek(to - 1) <= ' ') {
                to--;
            }
            if (to > from) {
                Priority.emit(connection, whole, from, to);
            }
        }

        @Override
        public boolean gap(Side side, long bytes) {
            skipsLine = true;
            return true;
        }
    }
}
