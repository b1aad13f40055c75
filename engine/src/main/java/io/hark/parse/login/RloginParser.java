package io.hark.parse.login;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// rlogin, by what the client begins with.
public final class RloginParser implements StreamParser {

    private static final int LIKELY = 70;

    @Override
    public String name() {
        return "rlogin";
    }

    @Override
    public String about() {
        return "rlogin (RFC 1282): users, terminal";
    }

    @Override
    public Hints hints() {
        return Hints.ports(513).beginning("\0");
    }

    @Override
    public int probe(Bytes head, Side side) {
        if (side == Side.RESPONDER || head.peek(0) != 0) {
            return side == Side.RESPONDER && head.peek(0) == 0 ? Verdict.MORE : Verdict.NO;
        }
        int end = RemoteShell.end(head);
        int to = end < 0 ? head.length() : end;
        if (to > RemoteShell.MAX_REQUEST || head.peek(1) == 0 || !isPlain(head, 1, to)) {
            return Verdict.NO;
        }
        return end < 0
                ? Verdict.MORE
                : end == head.length() && head.ascii(1, end).indexOf('/') > 0 ? LIKELY : Verdict.NO;
    }

    private static boolean isPlain(Bytes head, int from, int to) {
        for (int i = from; i < to; i++) {
            int octet = head.peek(i);
            if (octet != 0 && (octet < ' ' || octet > 0x7e)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Session open(Connection connection) {
        return new RemoteShell(connection, name());
    }
}
