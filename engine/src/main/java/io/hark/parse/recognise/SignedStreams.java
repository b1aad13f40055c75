package io.hark.parse.recognise;

import io.hark.Body;
import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// Protocols over streams that are told by what they begin with, and not read: see [StreamSigns].
public final class SignedStreams implements StreamParser {

    private static final SignBook BOOK = new SignBook(StreamSigns.ALL);
    private static final Hints HINTS = BOOK.hints();

    /// Makes it.
    public SignedStreams() {}

    @Override
    public String name() {
        return "stream_signs";
    }

    @Override
    public String about() {
        return "protocols over streams, recognised by their first octets";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes head, Side side) {
        return BOOK.stream(head);
    }

    @Override
    public Session open(Connection connection) {
        return new Session() {
            @Override
            public int frame(Bytes head, Side side) {
                int length = Math.min(head.length(), MAX_PROBE);
                boolean open = length < MAX_PROBE && BOOK.stream(head) == Verdict.MORE;
                return open ? MORE : length;
            }

            @Override
            public void message(Bytes whole, Side side) {
                Sign sign = BOOK.ofStream(whole);
                if (sign != null) {
                    connection.confirm(sign.service());
                }
                connection.skip(Body.UNTIL_END);
            }
        };
    }
}
