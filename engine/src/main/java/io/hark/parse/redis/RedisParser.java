package io.hark.parse.redis;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import java.util.Locale;
import java.util.Set;

/// Redis and what speaks like it.
public final class RedisParser implements StreamParser {

    /// Commands that people and scanners type without framing, and that no other protocol begins
    /// with.
    private static final Set<String> INLINE =
            Set.of("PING", "INFO", "CONFIG", "KEYS", "CLIENT", "COMMAND", "SLAVEOF", "REPLICAOF");

    private static final int MAX_INLINE = 64; // octets of such a line
    private static final int LIKELY = 45;

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public String about() {
        return "Redis (RESP 2 and 3): commands and replies";
    }

    @Override
    public Hints hints() {
        return Hints.ports(6379).beginning("*PpIiCcKkSsRr");
    }

    @Override
    public int probe(Bytes head, Side side) {
        if (side == Side.RESPONDER) {
            return Verdict.NO;
        }
        return head.peek(0) == '*' ? array(head) : inline(head);
    }

    /// `*2 CR LF $4 CR LF`.
    private static int array(Bytes head) {
        int at = 1;
        while (at < 8 && Character.isDigit(Math.max(0, head.peek(at)))) {
            at++;
        }
        if (head.length() < at + 4) {
            return Verdict.MORE;
        }
        boolean framed = at > 1 && head.peek(at) == '\r' && head.peek(at + 1) == '\n';
        return framed && head.peek(at + 2) == '$' && Character.isDigit(head.peek(at + 3))
                ? Verdict.YES
                : Verdict.NO;
    }

    private static int inline(Bytes head) {
        int end = head.indexOf('\n', 0);
        if (end < 0 || end > MAX_INLINE) {
            return head.length() <= MAX_INLINE ? Verdict.MORE : Verdict.NO;
        }
        String line = head.ascii(0, end).strip();
        int space = line.indexOf(' ');
        String word = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        return INLINE.contains(word) ? LIKELY : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new RedisSession(connection);
    }
}
