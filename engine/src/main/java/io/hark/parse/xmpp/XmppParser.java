package io.hark.parse.xmpp;

import io.hark.Body;
import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// XMPP, recognised by the stream it opens, and read until TLS begins.
///
/// *Source*: RFC 6120 §4.2, §5.4.
public final class XmppParser implements StreamParser {

    private static final int MAX_HEAD = 1024; // octets up to the name space of the stream

    @Override
    public String name() {
        return "xmpp";
    }

    @Override
    public String about() {
        return "XMPP (RFC 6120): recognised, and STARTTLS";
    }

    @Override
    public Hints hints() {
        return Hints.ports(5222, 5269).beginning("<");
    }

    @Override
    public int probe(Bytes head, Side side) {
        String text = head.ascii(0, MAX_HEAD);
        boolean could =
                text.startsWith("<?xml") || text.startsWith("<stream:") || text.length() < 8;
        if (!could) {
            return Verdict.NO;
        }
        int stream = text.indexOf("<stream:stream");
        if (stream >= 0 && text.indexOf("jabber:", stream) >= 0) {
            return Verdict.YES;
        }
        return text.length() < MAX_HEAD ? Verdict.MORE : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        connection.confirm();
        return new XmppSession(connection);
    }

    /// Reads tag by tag, as far as the question of TLS is open.
    private static final class XmppSession implements Session {
        private static final int MAX_TAG = 1 << 14; // with the text before it
        private static final int MAX_TAGS = 200; // before TLS: two dozen

        private final Connection connection;
        private int tags;

        XmppSession(Connection connection) {
            this.connection = connection;
        }

        @Override
        public int maxMessage() {
            return MAX_TAG;
        }

        @Override
        public int frame(Bytes head, Side side) {
            if (tags > MAX_TAGS) {
                return Math.min(head.length(), MAX_TAG);
            }
            int end = head.indexOf('>', 0);
            return end < 0 || end >= MAX_TAG ? head.length() >= MAX_TAG ? MAX_TAG : MORE : end + 1;
        }

        @Override
        public void message(Bytes whole, Side side) {
            if (++tags > MAX_TAGS) {
                connection.skip(Body.UNTIL_END);
            } else if (side == Side.RESPONDER
                    && whole.ascii(0, MAX_TAG).strip().startsWith("<proceed")) {
                connection.inner();
            }
        }

        @Override
        public boolean gap(Side side, long bytes) {
            return tags > MAX_TAGS;
        }
    }
}
