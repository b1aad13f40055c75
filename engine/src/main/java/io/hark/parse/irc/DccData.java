package io.hark.parse.irc;

import io.hark.Body;
import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// A file on its way between two IRC clients. Nothing in it tells what it is, so it is only read
/// where an IRC connection announced it: who was called sends the file, the caller acknowledges.
public final class DccData implements StreamParser {

    /// The name that IRC connections expect it by.
    static final String NAME = "irc-dcc-data";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "files between IRC clients (DCC SEND), where an IRC connection announced them";
    }

    @Override
    public Hints hints() {
        return Hints.NEVER;
    }

    @Override
    public int probe(Bytes head, Side side) {
        return Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        connection.confirm();
        return new DataSession(
                connection, connection.context() instanceof Offer offer ? offer : null);
    }

    private static final class DataSession implements Session {
        private static final int ACKNOWLEDGED = 4; // octets: how many bytes have come

        private final Connection connection;
        private final @Nullable Offer offer;
        private @Nullable Body body;

        DataSession(Connection connection, @Nullable Offer offer) {
            this.connection = connection;
            this.offer = offer;
        }

        @Override
        public @Nullable Body whole(Side side) {
            if (side == Side.ORIGINATOR) {
                return null;
            }
            body =
                    connection.body(
                            side,
                            "IRC_DATA",
                            offer == null ? null : offer.filename,
                            null,
                            offer == null ? -1 : offer.size);
            return body;
        }

        @Override
        public int frame(Bytes head, Side side) {
            return head.length() < ACKNOWLEDGED ? MORE : ACKNOWLEDGED;
        }

        @Override
        public void message(Bytes whole, Side side) {
            connection.skip(Body.UNTIL_END);
        }

        @Override
        public void passed(Body passed, Side side) {
            passed.end();
        }

        @Override
        public void close() {
            Body file = body;
            if (offer != null) {
                offer.tell(connection, file);
            }
            if (file != null) {
                file.end();
            }
        }
    }
}
