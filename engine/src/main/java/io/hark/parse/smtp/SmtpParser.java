package io.hark.parse.smtp;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.TextLine;
import java.util.Locale;
import java.util.Set;

/// SMTP and LMTP.
public final class SmtpParser implements StreamParser {

    private static final Set<String> CERTAIN = Set.of("EHLO", "HELO", "LHLO", "MAIL", "RCPT");
    private static final int LONGEST_WORD = 4;
    private static final int MAX_GREETING = 512; // octets of the first line that are waited for
    private static final int LIKELY = 60; // more than FTP says of a greeting that is not its own

    @Override
    public String name() {
        return "smtp";
    }

    @Override
    public String about() {
        return "SMTP (RFC 5321), MIME (RFC 2045), BDAT (RFC 3030), STARTTLS (RFC 3207)";
    }

    @Override
    public Hints hints() {
        return Hints.ports(25, 465, 587, 2525).beginning("2345EeHhLlMmRr");
    }

    @Override
    public int probe(Bytes head, Side side) {
        return side == Side.ORIGINATOR ? command(head) : greeting(head);
    }

    private static int command(Bytes head) {
        for (int i = 0; i < LONGEST_WORD; i++) {
            int letter = head.peek(i);
            if (letter < 0) {
                return Verdict.MORE;
            }
            if (letter < 'A' || letter > 'z') {
                return Verdict.NO;
            }
        }
        int behind = head.peek(LONGEST_WORD);
        String word = head.ascii(0, LONGEST_WORD).toUpperCase(Locale.ROOT);
        return !CERTAIN.contains(word)
                ? Verdict.NO
                : behind < 0 ? Verdict.MORE : behind == ' ' ? Verdict.YES : Verdict.NO;
    }

    private static int greeting(Bytes head) {
        if (head.length() < 4) {
            return Verdict.MORE;
        }
        boolean ready = head.looksAt(0, "220") || head.looksAt(0, "421") || head.looksAt(0, "554");
        if (!ready || head.peek(3) != ' ' && head.peek(3) != '-') {
            return Verdict.NO;
        }
        int end = head.indexOf('\n', 0);
        if (end < 0 && head.length() < MAX_GREETING) {
            return Verdict.MORE;
        }
        if (!TextLine.isText(head, 0, MAX_GREETING)) {
            return Verdict.NO;
        }
        String line = head.ascii(4, end < 0 ? MAX_GREETING : end).toLowerCase(Locale.ROOT);
        return line.contains("smtp")
                ? LIKELY
                : line.contains("ftp") ? Verdict.NO : Verdict.MORE; // the client tells
    }

    @Override
    public Session open(Connection connection) {
        return new SmtpSession(connection);
    }
}
