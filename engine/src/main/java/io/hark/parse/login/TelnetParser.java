package io.hark.parse.login;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// Telnet, by the options that either side begins with.
public final class TelnetParser implements StreamParser {

    private static final int HIGHEST = 50; // option; the registry goes on with a few rare ones

    @Override
    public String name() {
        return "telnet";
    }

    @Override
    public String about() {
        return "Telnet (RFC 854): terminal, user, refused logins";
    }

    @Override
    public Hints hints() {
        return Hints.ports(23, 2323).beginning("\u00ff");
    }

    @Override
    public int probe(Bytes head, Side side) {
        int verb = head.peek(1);
        int option = head.peek(2);
        if (head.peek(0) != TelnetSession.COMMAND) {
            return side == Side.ORIGINATOR ? Verdict.NO : Verdict.MORE;
        }
        if (verb >= 0 && (verb < TelnetSession.WILL || verb > TelnetSession.LAST_VERB)) {
            return Verdict.NO;
        }
        return option < 0 ? Verdict.MORE : option <= HIGHEST ? Verdict.YES : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        connection.confirm();
        return new TelnetSession(connection);
    }
}
