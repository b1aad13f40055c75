package io.hark.parse.mailbox;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import java.util.Locale;
import java.util.Set;

/// IMAP, by its greeting or its first command.
public final class ImapParser implements StreamParser {

    private static final Set<String> COMMANDS =
            Set.of(
                    "CAPABILITY",
                    "LOGIN",
                    "AUTHENTICATE",
                    "STARTTLS",
                    "SELECT",
                    "EXAMINE",
                    "ID",
                    "NAMESPACE",
                    "ENABLE",
                    "UID",
                    "FETCH",
                    "LOGOUT");

    private static final int MAX_GREETING = 512; // octets of the first line that are waited for
    private static final int MAX_TAG = 32; // characters
    private static final int MAX_WORD = 12; // letters of a command

    @Override
    public String name() {
        return "imap";
    }

    @Override
    public String about() {
        return "IMAP (RFC 9051), STARTTLS: logins, folders, mails as files";
    }

    @Override
    public Hints hints() {
        return Hints.ports(143, 993).text();
    }

    @Override
    public int probe(Bytes head, Side side) {
        return side == Side.RESPONDER ? greeting(head) : command(head);
    }

    private static int greeting(Bytes head) {
        if (head.peek(0) != '*') {
            return Verdict.NO;
        }
        if (head.indexOf('\n', 0) < 0 && head.length() < MAX_GREETING) {
            return Verdict.MORE;
        }
        String line = head.ascii(0, 64).toUpperCase(Locale.ROOT);
        return line.startsWith("* OK ") || line.startsWith("* PREAUTH") || line.startsWith("* BYE")
                ? Verdict.MAYBE
                : Verdict.NO;
    }

    private static boolean isOfTag(int octet) {
        return octet > 0 && (Character.isLetterOrDigit(octet) || ".-_$#".indexOf(octet) >= 0);
    }

    private static int command(Bytes head) {
        int at = 0;
        while (at < MAX_TAG && isOfTag(head.peek(at))) {
            at++;
        }
        if (at == 0 || head.peek(at) >= 0 && head.peek(at) != ' ') {
            return Verdict.NO;
        }
        int end = at + 1;
        while (end - at <= MAX_WORD && Character.isLetter(Math.max(0, head.peek(end)))) {
            end++;
        }
        if (end >= head.length() && end - at <= MAX_WORD) {
            return Verdict.MORE;
        }
        String word = head.ascii(at + 1, end).toUpperCase(Locale.ROOT);
        return COMMANDS.contains(word) ? Verdict.MAYBE : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new ImapSession(connection);
    }
}
