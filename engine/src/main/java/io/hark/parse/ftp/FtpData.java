package io.hark.parse.ftp;

import io.hark.Body;
import io.hark.Connection;
import io.hark.Decoder;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.carry.FilePiece;
import io.hark.event.FileSeen;
import io.hark.event.Side;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An FTP data connection: a file from its first byte to its last. Nothing in it tells what it is,
/// so it is only read where a control connection announced it.
public final class FtpData implements StreamParser {

    /// The name that control connections expect it by.
    static final String NAME = "ftp-data";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "FTP data connections (RFC 959 §3), where a control connection announced them";
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
                connection, connection.context() instanceof FtpTransfer transfer ? transfer : null);
    }

    private static final class DataSession implements Session {
        private final Connection connection;
        private final @Nullable FtpTransfer transfer;
        private final Map<Side, Body> bodies = new EnumMap<>(Side.class);
        private final Set<Side> wanted = EnumSet.noneOf(Side.class);

        DataSession(Connection connection, @Nullable FtpTransfer transfer) {
            this.connection = connection;
            this.transfer = transfer;
        }

        @Override
        public Body whole(Side side) {
            return bodies.computeIfAbsent(side, this::begin);
        }

        private Body begin(Side side) {
            String filename = transfer == null ? null : transfer.filename;
            Body body =
                    connection.body(
                            side,
                            "FTP_DATA",
                            filename,
                            null,
                            transfer == null ? -1 : transfer.size);
            if (transfer != null) {
                body.carriedBy(FileSeen.Carrier.ftp(transfer.command));
                transfer.body = transfer.body == null ? body : transfer.body;
            }
            if (connection.isTasted(Decoder.Carrier.FTP_FILE)
                    && connection.wants(file(side, new byte[0], false))) {
                wanted.add(side);
                body.keep(Body.MAX_KEPT);
            }
            return body;
        }

        private FilePiece file(Side side, byte[] octets, boolean whole) {
            String command = transfer == null ? null : transfer.command;
            String name = transfer == null ? null : transfer.filename;
            return new FilePiece(
                    connection.now(),
                    connection.uid(),
                    connection.id(),
                    "",
                    0,
                    side,
                    command == null ? "" : command,
                    name == null ? "" : name,
                    octets,
                    whole);
        }

        private void end(Side side, Body body) {
            body.end();
            if (wanted.remove(side)) {
                connection.offer(file(side, body.kept(), body.isWhole()));
            }
        }

        /// Never asked: both sides are bodies.
        @Override
        public int frame(Bytes head, Side side) {
            return MALFORMED;
        }

        /// Never called: both sides are bodies.
        @Override
        public void message(Bytes whole, Side side) {}

        @Override
        public void passed(Body body, Side side) {
            end(side, body);
        }

        @Override
        public void close() {
            bodies.forEach(this::end);
        }
    }
}
