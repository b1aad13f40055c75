package io.hark.parse.irc;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.TextLine;
import java.util.Locale;

/// IRC between client and server.
public final class IrcParser implements StreamParser {

    private static final int MAX_HEAD = 512; // octets that are waited for: one line
    private static final int LIKELY = 45; // more than FTP says of PASS

    @Override
    public String name() {
        return "irc";
    }

    @Override
    public String about() {
        return "IRC (RFC 1459, RFC 2812), DCC, STARTTLS";
    }

    @Override
    public Hints hints() {
        return Hints.ports(6666, 6667, 6668, 6669, 6697).beginning(":@NnUuPpCcJjSs");
    }

    @Override
    public int probe(Bytes head, Side side) {
        int end = head.indexOf('\n', 0);
        if (end < 0 || end > MAX_HEAD) {
            return head.length() < MAX_HEAD && TextLine.isText(head, 0, MAX_HEAD)
                    ? Verdict.MORE
                    : Verdict.NO;
        }
        String line = head.ascii(0, end).strip();
        return side == Side.ORIGINATOR ? command(line, head, end) : reply(line);
    }

    private static int command(String line, Bytes head, int end) {
        String word = TextLine.word(line).toUpperCase(Locale.ROOT);
        String rest = TextLine.rest(line);
        return switch (word) {
            case "NICK" -> rest.isEmpty() || rest.contains(" ") ? Verdict.NO : Verdict.YES;
            case "CAP" ->
                    rest.startsWith("LS") || rest.startsWith("REQ") ? Verdict.YES : Verdict.NO;
            case "USER" ->
                    rest.indexOf(':') > 0 && rest.indexOf(' ') > 0 ? Verdict.YES : Verdict.NO;
            case "JOIN" -> rest.startsWith("#") ? Verdict.YES : Verdict.NO;
            case "STARTTLS" -> rest.isEmpty() ? Verdict.MAYBE : Verdict.NO;
            case "PASS" -> head.looksAt(end + 1, "NICK ") ? Verdict.YES : LIKELY;
            default -> Verdict.NO;
        };
    }

    private static int reply(String line) {
        String rest = line.startsWith("@") ? TextLine.rest(line) : line;
        if (!rest.startsWith(":")) {
            return Verdict.NO;
        }
        String word = TextLine.word(TextLine.rest(rest));
        boolean number = word.length() == 3 && word.chars().allMatch(c -> c >= '0' && c <= '9');
        return number || word.equals("NOTICE") || word.equals("CAP") ? Verdict.YES : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new IrcSession(connection);
    }
}
