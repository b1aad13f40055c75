package io.hark.parse.socks;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// Reads the handshake of SOCKS 4, 4a and 5, so that what is behind it is read as if there were no
/// proxy.
///
/// Programs that open a way into a network turn SOCKS round: the connection comes from inside, and
/// its responder is the client. Either side may therefore begin. Passwords are stepped over.
///
/// *Source*: RFC 1928, RFC 1929; SOCKS 4 and 4a as their authors' memos have them.
public final class SocksParser implements StreamParser {

    private static final int MAX_METHODS = 8; // clients offer one to four
    private static final int MAX_USER = 255;
    private static final int HEAD_4 = 8; // version, command, port, address

    @Override
    public String name() {
        return "socks";
    }

    @Override
    public String about() {
        return "SOCKS 4, 4a and 5 (RFC 1928), and what is inside";
    }

    @Override
    public Hints hints() {
        return Hints.ports(1080, 1081, 9050, 9150).beginning("\4\5");
    }

    @Override
    public int probe(Bytes head, Side side) {
        return head.peek(0) == 5 ? probe5(head) : head.peek(0) == 4 ? probe4(head) : Verdict.NO;
    }

    /// A client waits for the answer to its greeting, so nothing is behind it.
    private static int probe5(Bytes head) {
        int methods = head.peek(1);
        if (methods == -1) {
            return Verdict.MORE;
        }
        if (methods < 1 || methods > MAX_METHODS || head.length() > 2 + methods) {
            return Verdict.NO;
        }
        boolean usable = false;
        for (int i = 2; i < head.length(); i++) {
            int method = head.peek(i);
            usable |= method == 0 || method == 2;
            if (method > 9 && method < 0x80) {
                return Verdict.NO;
            }
        }
        return head.length() < 2 + methods ? Verdict.MORE : usable ? Verdict.YES : Verdict.NO;
    }

    private static int probe4(Bytes head) {
        int command = head.peek(1);
        if (command != -1 && command != 1 && command != 2 || head.peekU16(2) == 0) {
            return Verdict.NO;
        }
        for (int i = HEAD_4; i < head.length(); i++) {
            int octet = head.peek(i);
            if (octet != 0 && (octet < ' ' || octet > 0x7e)) {
                return Verdict.NO;
            }
        }
        int length = SocksSession.request4(head);
        if (length == StreamParser.Session.MORE) {
            return head.length() <= HEAD_4 + 2 * MAX_USER ? Verdict.MORE : Verdict.NO;
        }
        return length == head.length() ? Verdict.YES : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new SocksSession(connection);
    }
}
