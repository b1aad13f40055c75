package io.hark.parse.mailbox;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.TextLine;
import java.util.Locale;
import java.util.Set;

/// POP3.
public final class Pop3Parser implements StreamParser {

    private static final Set<String> CERTAIN = Set.of("CAPA", "STLS", "APOP", "UIDL");
    private static final int MAX_WORD = 5;
    private static final int MAX_GREETING = 512; // octets of the first line that are waited for
    private static final int LIKELY = 60; // Redis says +OK, too, but never first
    private static final int UNLIKELY = 30; // less than FTP says of the same word

    @Override
    public String name() {
        return "pop3";
    }

    @Override
    public String about() {
        return "POP3 (RFC 1939), STLS (RFC 2595): logins, mails as files";
    }

    @Override
    public Hints hints() {
        return Hints.ports(110, 995).beginning("+-CcSsAaUu");
    }

    @Override
    public int probe(Bytes head, Side side) {
        return side == Side.RESPONDER ? reply(head) : command(head);
    }

    private static int reply(Bytes head) {
        if (head.length() < 5) {
            return Verdict.MORE;
        }
        if (!head.looksAt(0, "+OK") && !head.looksAt(0, "-ERR")) {
            return Verdict.NO;
        }
        boolean line = head.indexOf('\n', 0) >= 0;
        return !line && head.length() < MAX_GREETING
                ? Verdict.MORE
                : TextLine.isText(head, 0, MAX_GREETING) ? LIKELY : Verdict.NO;
    }

    private static int command(Bytes head) {
        int end = 0;
        while (end < MAX_WORD && Character.isLetter(Math.max(0, head.peek(end)))) {
            end++;
        }
        if (end == head.length() && end < MAX_WORD) {
            return Verdict.MORE;
        }
        String word = head.ascii(0, end).toUpperCase(Locale.ROOT);
        return CERTAIN.contains(word)
                ? Verdict.YES
                : word.equals("USER") || word.equals("AUTH") ? UNLIKELY : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new Pop3Session(connection);
    }
}
