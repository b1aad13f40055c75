package io.hark.parse.http2;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// HTTP/2, claimed by the client's preface or the server's settings: in the clear with prior
/// knowledge, behind an upgrade of HTTP/1.1, and inside TLS that a secret opened.
public final class Http2Parser implements StreamParser {

    private static final Hints HINTS =
            Hints.ports(80, 443, 3000, 8000, 8080, 8443, 50051).beginning("P\0");

    @Override
    public String name() {
        return "http2";
    }

    @Override
    public String about() {
        return "HTTP/2 requests and answers, gRPC, DNS over HTTPS (RFC 9113, RFC 7541, RFC 8484)";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes head, Side side) {
        if (!Frames.mayBegin(head)) {
            return Verdict.NO;
        }
        boolean client = head.peek(0) == 'P';
        if (head.length() < (client ? Frames.PREFACE.length() : Frames.HEADER)) {
            return Verdict.MORE;
        }
        return client || Frames.isSettings(head) ? Verdict.YES : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new Http2Session(connection);
    }
}
