package io.hark.parse.http2;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Substream;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// The streams of HTTP/3, found inside of QUIC that a secret opened, one session each.
public final class Http3Parser implements StreamParser {

    @Override
    public String name() {
        return "http3";
    }

    @Override
    public String about() {
        return "HTTP/3 requests and answers in QUIC that a secret opened (RFC 9114, RFC 9204)";
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
        if (!(connection.context() instanceof Substream stream)) { // a request by itself
            return new Http3Request(connection, new Http3Tables(), Side.ORIGINATOR);
        }
        Http3Tables tables = stream.shared(Http3Tables.class, Http3Tables::new);
        return stream.isOneWay()
                ? new Http3Service(connection, tables)
                : new Http3Request(connection, tables, stream.opener());
    }
}
