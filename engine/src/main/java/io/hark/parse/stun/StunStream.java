package io.hark.parse.stun;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// STUN and TURN over TCP: messages as they are, or behind a length of two octets (RFC 4571); data
/// of channels is stepped over.
public final class StunStream implements StreamParser {

    private static final int MAX_MESSAGE = 1 << 16; // lengths have 16 bits
    private static final int CHANNEL_HEADER = 4;

    @Override
    public String name() {
        return "stun";
    }

    @Override
    public String about() {
        return "STUN and TURN over TCP (RFC 8489 §6.2.2, RFC 8656, RFC 6062)";
    }

    @Override
    public Hints hints() {
        return Hints.ports(3478, 5349).beginning("\0\1");
    }

    @Override
    public int probe(Bytes head, Side side) {
        int prefix = prefix(head);
        if (head.length() < prefix + 8) {
            return head.peek(0) == 0 && head.length() < 2 ? Verdict.MORE : shortProbe(head);
        }
        boolean good =
                head.peekU32(prefix + 4) == StunMessage.COOKIE
                        && head.peekU16(prefix) < 0x4000
                        && head.peekU16(prefix + 2) % 4 == 0;
        return good ? Verdict.YES : Verdict.NO;
    }

    private static int shortProbe(Bytes head) {
        return head.length() >= 2 && head.peekU16(0) > 0x113 ? Verdict.NO : Verdict.MORE;
    }

    /// Two where the cookie stands two octets later than it does in STUN by itself.
    private static int prefix(Bytes head) {
        return head.peekU32(6) == StunMessage.COOKIE ? 2 : 0;
    }

    @Override
    public Session open(Connection connection) {
        StunTransactions transactions = new StunTransactions(connection);
        return new Session() {
            private final Bytes inner = new Bytes();

            @Override
            public int maxMessage() {
                return MAX_MESSAGE;
            }

            @Override
            public int frame(Bytes head, Side side) {
                int first = head.peek(0);
                if (first >= 0x40 && first < 0x80) {
                    int data = head.peekU16(2);
                    return data < 0 ? MORE : CHANNEL_HEADER + (data + 3 & ~3);
                }
                if (head.length() < 10) {
                    return MORE;
                }
                int prefix = prefix(head);
                boolean cookie = head.peekU32(prefix + 4) == StunMessage.COOKIE;
                return cookie ? prefix + StunMessage.HEADER + head.peekU16(prefix + 2) : MALFORMED;
            }

            @Override
            public void message(Bytes whole, Side side) {
                int first = whole.peek(0);
                if (first < 0x40) {
                    int prefix = prefix(whole);
                    inner.wrap(whole.array(), whole.base() + prefix, whole.length() - prefix);
                    transactions.message(inner);
                }
            }

            @Override
            public void close() {
                transactions.close();
            }
        };
    }
}
