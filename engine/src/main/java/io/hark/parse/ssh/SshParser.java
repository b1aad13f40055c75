package io.hark.parse.ssh;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.TextLine;

/// SSH connections, versions 1 and 2.
public final class SshParser implements StreamParser {

    /// What a banner begins with, up to the version's first digit.
    static final String BANNER = "SSH-";

    private static final int MAX_BEFORE = 2048; // octets of lines before the server's banner

    @Override
    public String name() {
        return "ssh";
    }

    @Override
    public String about() {
        return "SSH (RFC 4253), HASSH of both sides, outcome of the login by lengths";
    }

    @Override
    public Hints hints() {
        return Hints.ports(22, 2222).text();
    }

    @Override
    public int probe(Bytes head, Side side) {
        if (head.peek(0) == 'S') {
            int n = Math.min(head.length(), BANNER.length());
            return head.looksAt(0, BANNER.substring(0, n))
                    ? head.length() < BANNER.length() + 2
                            ? Verdict.MORE
                            : isVersion(head, BANNER.length()) ? Verdict.YES : Verdict.NO
                    : side == Side.ORIGINATOR ? Verdict.NO : before(head);
        }
        return side == Side.ORIGINATOR ? Verdict.NO : before(head);
    }

    private static boolean isVersion(Bytes head, int at) {
        return (head.peek(at) == '1' || head.peek(at) == '2') && head.peek(at + 1) == '.';
    }

    /// A server may say something before its banner.
    private static int before(Bytes head) {
        if (!TextLine.isText(head, 0, MAX_BEFORE)) {
            return Verdict.NO;
        }
        int line = head.indexOf('\n', 0);
        while (line >= 0) {
            if (head.looksAt(line + 1, BANNER) && isVersion(head, line + 1 + BANNER.length())) {
                return Verdict.YES;
            }
            line = head.indexOf('\n', line + 1);
        }
        return head.length() < MAX_BEFORE ? Verdict.MORE : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new SshSession(connection);
    }
}
