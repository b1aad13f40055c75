package io.hark.parse.mysql;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// MySQL and MariaDB.
public final class MysqlParser implements StreamParser {

    private static final int MAX_GREETING = 512; // octets; real ones have about a hundred
    private static final int MAX_VERSION = 100; // characters

    @Override
    public String name() {
        return "mysql";
    }

    @Override
    public String about() {
        return "MySQL and MariaDB, protocols 9 and 10: logins, statements, errors";
    }

    @Override
    public Hints hints() {
        return Hints.ports(3306);
    }

    /// Only the server's greeting tells: a packet of its own with number 0, a version and a text.
    @Override
    public int probe(Bytes head, Side side) {
        if (side == Side.ORIGINATOR) {
            return head.length() > 3 && (head.peek(2) != 0 || head.peek(3) != 1)
                    ? Verdict.NO
                    : Verdict.MORE;
        }
        int length = head.peek(0) | head.peek(1) << 8 | head.peek(2) << 16;
        int protocol = head.peek(4);
        if (head.length() < 6) {
            return head.peek(2) > 0
                            || head.peek(3) > 0
                            || protocol >= 0 && protocol != 10 && protocol != 9
                    ? Verdict.NO
                    : Verdict.MORE;
        }
        if (length > MAX_GREETING || head.peek(3) != 0 || protocol != 10 && protocol != 9) {
            return Verdict.NO;
        }
        int end = head.indexOf(0, 5);
        if (end < 0 || end > 5 + MAX_VERSION) {
            return head.length() < 5 + MAX_VERSION ? Verdict.MORE : Verdict.NO;
        }
        for (int i = 5; i < end; i++) {
            if (head.peek(i) < ' ' || head.peek(i) > 0x7e) {
                return Verdict.NO;
            }
        }
        return end > 5 && Character.isDigit(head.peek(5)) ? Verdict.YES : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new MysqlSession(connection);
    }
}
