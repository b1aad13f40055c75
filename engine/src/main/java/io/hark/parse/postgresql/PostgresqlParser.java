package io.hark.parse.postgresql;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// PostgreSQL, protocol 3.
public final class PostgresqlParser implements StreamParser {

    static final long SSL_REQUEST = 80877103;
    static final long GSS_REQUEST = 80877104;
    static final long CANCEL = 80877102;

    /// The longest first message: the server's own limit.
    static final int MAX_STARTUP = 10_000;

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public String about() {
        return "PostgreSQL, protocol 3: logins, statements, errors";
    }

    @Override
    public Hints hints() {
        return Hints.ports(5432).beginning("\0");
    }

    @Override
    public int probe(Bytes head, Side side) {
        if (side == Side.RESPONDER) {
            return Verdict.NO;
        }
        long length = head.peekU32(0);
        long code = head.peekU32(4);
        if (length < 0 || code < 0) {
            return head.peek(1) > 0 ? Verdict.NO : Verdict.MORE;
        }
        if (length == 8 && (code == SSL_REQUEST || code == GSS_REQUEST)) {
            return Verdict.YES;
        }
        if (length == 16 && code == CANCEL) {
            return Verdict.YES;
        }
        if (code >>> 16 != 3 || (code & 0xffff) > 2 || length < 9 || length > MAX_STARTUP) {
            return Verdict.NO;
        }
        int letter = head.peek(8);
        return letter < 0
                ? Verdict.MORE
                : letter >= 'a' && letter <= 'z' ? Verdict.YES : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new PostgresqlSession(connection);
    }
}
