package io.hark.parse.mailbox;

import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.TextLine;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One connection by IMAP. Lines may end in the length of a literal, whose octets follow; literals
/// that are whole mails become files. Behind a granted `STARTTLS` the connection is looked at anew;
/// passwords are read by nobody.
///
/// *Source*: RFC 9051 §2.2 (lines, literals, tags), §6, §7.
final class ImapSession implements StreamParser.Session {

    private static final int MAX_LINE = 1 << 15; // lists of folders and of mails are long
    private static final int MAX_PENDING = 200; // commands sent ahead of their answers
    private static final long MAX_LITERAL = 1L << 40; // octets; beyond is no length
    private static final int MAX_TAG = 64; // characters

    private static final class Half {
        long left; // octets of a literal
        boolean isMail;
        boolean skipsLine;
        boolean continued; // the line goes on behind a literal
    }

    private final Connection connection;
    private final Visit visit;
    private final Half originator = new Half();
    private final Half responder = new Half();
    private final Map<String, String> pending = new HashMap<>();
    private boolean secret;

    ImapSession(Connection connection) {
        this.connection = connection;
        visit = new Visit(connection, "imap");
    }

    private Half half(Side side) {
        return side == Side.ORIGINATOR ? originator : responder;
    }

    @Override
    public int maxMessage() {
        return MAX_LINE;
    }

    @Override
    public int frame(Bytes head, Side side) {
        Half half = half(side);
        int line = TextLine.frame(head, MAX_LINE);
        if (half.left == 0) {
            return half.skipsLine && line == 0 && head.length() >= MAX_LINE ? MAX_LINE : line;
        }
        int most = (int) Math.min(MAX_LINE, half.left);
        return line == 0 ? head.length() >= most ? most : MORE : Math.min(line, most);
    }

    @Override
    public void message(Bytes whole, Side side) {
        Half half = half(side);
        if (half.left > 0) {
            if (half.isMail) {
                visit.line(whole);
            }
            took(half, whole.length());
            return;
        }
        if (half.skipsLine) {
            half.skipsLine = whole.peek(whole.length() - 1) != '\n';
            return;
        }
        String line = TextLine.of(whole);
        boolean goesOn = half.continued;
        half.continued = false;
        literal(half, line, side);
        if (goesOn) {
            return;
        }
        if (side == Side.ORIGINATOR) {
            client(line, whole);
        } else {
            server(line, whole);
        }
    }

    private void took(Half half, long octets) {
        half.left -= octets;
        if (half.left == 0 && half.isMail) {
            half.isMail = false;
            visit.endMail();
        }
    }

    /// Whether a literal follows: `{310}`, or `{310+}` where the sender does not wait.
    private void literal(Half half, String line, Side side) {
        int open = line.endsWith("}") ? line.lastIndexOf('{') : -1;
        if (open < 0) {
            return;
        }
        String digits = line.substring(open + 1, line.length() - 1).replace("+", "");
        if (digits.isEmpty()
                || digits.length() > 15
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return;
        }
        long length = Long.parseLong(digits);
        String before = line.substring(0, open).stripTrailing().toUpperCase(Locale.ROOT);
        boolean fetched = before.endsWith("BODY[]") || before.endsWith("RFC822");
        boolean stored = side == Side.ORIGINATOR && before.contains(" APPEND ");
        half.continued = true;
        half.left = Math.min(length, MAX_LITERAL);
        half.isMail = length > 0 && (stored || side == Side.RESPONDER && fetched);
        if (half.isMail) {
            visit.mail(side, stored);
        }
    }

    // ---- the client

    private void client(String line, Bytes whole) {
        if (secret) {
            secret = false;
            return;
        }
        String tag = TextLine.word(line);
        String rest = TextLine.rest(line);
        String word = TextLine.word(rest).toUpperCase(Locale.ROOT);
        String argument = TextLine.rest(rest);
        if (word.isEmpty() || tag.length() > MAX_TAG) {
            if (!visit.isConfirmed() && !tag.equals("DONE")) {
                whole.fail("not a command");
            }
            return;
        }
        switch (word) {
            case "LOGIN" -> visit.tries(first(argument), word);
            case "AUTHENTICATE" ->
                    visit.tries(null, TextLine.word(argument).toUpperCase(Locale.ROOT));
            case "SELECT", "EXAMINE" -> visit.opens(first(argument));
            default -> {}
        }
        if (pending.size() < MAX_PENDING) {
            pending.put(tag, word);
        }
    }

    /// The first argument, quoted or not; a literal is not told.
    private static @Nullable String firstQuoted(String argument) {
        int end = argument.startsWith("\"") ? argument.indexOf('"', 1) : -1;
        return end < 0 ? null : argument.substring(1, end);
    }

    private static String first(String argument) {
        String quoted = firstQuoted(argument);
        return quoted != null ? quoted : TextLine.word(argument);
    }

    // ---- the server

    private void server(String line, Bytes whole) {
        if (line.startsWith("+")) {
            secret = pending.containsValue("AUTHENTICATE");
            return;
        }
        if (line.startsWith("* ")) {
            visit.greeting(line);
            if (line.endsWith(" EXPUNGE")) {
                visit.deleted++;
            }
            return;
        }
        String command = pending.remove(TextLine.word(line));
        String state = TextLine.word(TextLine.rest(line)).toUpperCase(Locale.ROOT);
        boolean ok = state.equals("OK");
        if (command == null) {
            if (!visit.isConfirmed() && !ok && !state.equals("NO") && !state.equals("BAD")) {
                whole.fail("not an answer");
            }
            return;
        }
        visit.confirm();
        switch (command) {
            case "LOGIN", "AUTHENTICATE" -> visit.answered(ok);
            case "STARTTLS" -> {
                if (ok) {
                    visit.tls = true;
                    connection.inner();
                }
            }
            default -> {}
        }
    }

    // ---- ends

    @Override
    public boolean gap(Side side, long bytes) {
        Half half = half(side);
        long inside = Math.min(bytes, half.left);
        if (inside > 0) {
            if (half.isMail) {
                visit.lose(inside);
            }
            took(half, inside);
        }
        half.skipsLine |= bytes > inside;
        return true;
    }

    @Override
    public void close() {
        visit.close();
    }
}
