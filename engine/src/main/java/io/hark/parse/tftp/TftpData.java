package io.hark.parse.tftp;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// A TFTP transfer, where a request announced it: the server answers from a port of its own.
public final class TftpData implements DatagramParser {

    /// The name that requests expect it by.
    static final String NAME = "tftp-data";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "TFTP transfers, where a request announced them";
    }

    @Override
    public Hints hints() {
        return Hints.NEVER;
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        return Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        connection.confirm();
        Transfer transfer = connection.context() instanceof Transfer known ? known : null;
        return new Session() {
            @Override
            public void datagram(Bytes payload, Side side) {
                if (transfer != null) {
                    transfer.packet(connection, payload, side);
                }
            }

            @Override
            public void close() {
                if (transfer != null) {
                    transfer.end(connection);
                }
            }
        };
    }
}
