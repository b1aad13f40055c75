package io.hark.parse.login;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// rsh, by what the client begins with.
public final class RshParser implements StreamParser {

    private static final int LIKELY = 70;

    @Override
    public String name() {
        return "rsh";
    }

    @Override
    public String about() {
        return "rsh: users, the command";
    }

    @Override
    public Hints hints() {
        return Hints.ports(514).beginning("0123456789");
    }

    @Override
    public int probe(Bytes head, Side side) {
        if (side == Side.RESPONDER) {
            return Verdict.NO;
        }
        int digits = 0;
        while (digits < 6 && head.peek(digits) >= '0' && head.peek(digits) <= '9') {
            digits++;
        }
        if (digits == head.length()) {
            return digits < 6 ? Verdict.MORE : Verdict.NO;
        }
        int end = RemoteShell.end(head);
        int to = end < 0 ? head.length() : end;
        if (digits > 5 || head.peek(digits) != 0 || !isPlain(head, 0, to)) {
            return Verdict.NO;
        }
        return end < 0
                ? head.length() > RemoteShell.MAX_REQUEST ? Verdict.NO : Verdict.MORE
                : end == head.length() ? LIKELY : Verdict.NO;
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
