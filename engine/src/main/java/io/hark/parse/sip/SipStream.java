package io.hark.parse.sip;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// SIP over TCP.
public final class SipStream implements StreamParser {

    private static final int MAX_LINE = 1024; // octets of a start line

    @Override
    public String name() {
        return "sip";
    }

    @Override
    public String about() {
        return "SIP over TCP (RFC 3261)";
    }

    @Override
    public Hints hints() {
        return Hints.ports(5060).beginning(SipDatagrams.STARTS);
    }

    @Override
    public int probe(Bytes head, Side side) {
        if (head.indexOf('\n', 0) >= 0) {
            return SipMessage.start(head) == 0 ? Verdict.YES : Verdict.NO;
        }
        for (int i = 0; i < Math.min(3, head.length()); i++) {
            int letter = head.peek(i);
            if (letter < 'A' || letter > 'Z') {
                return Verdict.NO;
            }
        }
        return head.length() < MAX_LINE ? Verdict.MORE : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new SipSession(connection);
    }

    /// Frames messages by their headers and the length that these announce.
    private static final class SipSession implements Session {
        private static final int MAX_HEAD = 1 << 16; // octets of headers

        private final Connection connection;
        private final SipCalls calls;

        SipSession(Connection connection) {
            this.connection = connection;
            this.calls = new SipCalls(connection);
        }

        @Override
        public int maxMessage() {
            return MAX_HEAD;
        }

        @Override
        public int frame(Bytes head, Side side) {
            int first = head.peek(0);
            if (first == '\r' || first == '\n') {
                return 1; // keeps the connection alive (RFC 5626)
            }
            int end = SipMessage.endOfHeaders(head, 0);
            return end < 0 ? head.length() >= MAX_HEAD ? MALFORMED : MORE : end;
        }

        @Override
        public void message(Bytes whole, Side side) {
            if (whole.length() == 1) {
                return;
            }
            SipMessage message = SipMessage.read(whole);
            if (message == null) {
                whole.fail("no message");
                return;
            }
            calls.message(message);
            if (message.contentLength > 0) {
                connection.skip(message.contentLength);
            }
        }

        @Override
        public void close() {
            calls.close();
        }
    }
}
