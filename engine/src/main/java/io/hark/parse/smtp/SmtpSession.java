package io.hark.parse.smtp;

import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.TextLine;
import io.hark.format.mail.MailReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One connection's mails.
///
/// A mail becomes an event when the server has answered its end, when the next one begins, or when
/// the connection ends; where the server's side is missing, the commands alone tell. Behind a
/// granted `STARTTLS` the connection is looked at anew. What is said between `AUTH` and its answer
/// is secret and read by nobody.
///
/// *Errors*: `smtp_invalid_bdat_command`, `smtp_mail_transaction_invalid`, and those of
/// [MailReader]. *Source*: RFC 5321 §4, RFC 3030 §2, RFC 3207 §4.
final class SmtpSession implements StreamParser.Session {

    private static final int MAX_LINE = 1 << 14; // RFC 5321 §4.5.3.1 has 512 and 1000 octets
    private static final int MAX_PENDING = 100; // commands sent ahead: a mail's recipients
    private static final int MAX_ARGUMENT = 1024; // characters of a command that are kept
    private static final int MAX_REPLY = 4096; // characters of an answer that are kept
    private static final int GO_AHEAD = 354;
    private static final String END = "."; // of a mail
    private static final Set<String> COMMANDS =
            Set.of("EHLO", "HELO", "MAIL", "RCPT", "DATA", "BDAT", "QUIT", "RSET", "STARTTLS");

    private enum State {
        COMMAND,
        SECRET,
        DATA,
        CHUNK
    }

    private final Connection connection;
    private final Deque<String> pending = new ArrayDeque<>();
    private final Side client = Side.ORIGINATOR;
    private State state = State.COMMAND;
    private Letter letter;
    private @Nullable MailReader mail;
    private @Nullable String helo;
    private int delivered;
    private long left; // octets of a chunk
    private boolean lastChunk;
    private boolean dataBegun;
    private boolean lineStart = true;
    private boolean confirmed;
    private boolean greeted;
    private boolean toldInvalid;
    private final boolean[] skipsLine = new boolean[2];

    SmtpSession(Connection connection) {
        this.connection = connection;
        letter = new Letter(connection, client, 1);
    }

    @Override
    public int maxMessage() {
        return MAX_LINE;
    }

    // ---- framing

    @Override
    public int frame(Bytes head, Side side) {
        boolean mails = side == client && (state == State.DATA || state == State.CHUNK);
        int line = TextLine.frame(head, MAX_LINE);
        if (!mails) {
            return line > MAX_LINE && skipsLine[side.ordinal()] ? MAX_LINE : line;
        }
        int most = (int) Math.min(MAX_LINE, state == State.CHUNK ? left : MAX_LINE);
        return line == 0 ? head.length() >= most ? most : MORE : Math.min(line, most);
    }

    // ---- messages

    @Override
    public void message(Bytes whole, Side side) {
        if (skipsLine[side.ordinal()] && (side != client || state == State.COMMAND)) {
            skipsLine[side.ordinal()] = whole.peek(whole.length() - 1) != '\n';
            if (side != client || !COMMANDS.contains(TextLine.word(TextLine.of(whole)))) {
                return; // what a gap left of a line
            }
        }
        if (side != client) {
            reply(whole);
            return;
        }
        switch (state) {
            case COMMAND -> command(TextLine.of(whole), whole);
            case SECRET -> state = State.COMMAND;
            case DATA -> data(whole);
            case CHUNK -> {
                mail().line(whole);
                took(whole.length());
            }
        }
    }

    // ---- the client

    private void command(String line, Bytes whole) {
        String word = TextLine.word(line).toUpperCase(Locale.ROOT);
        String argument = TextLine.rest(line);
        argument = argument.substring(0, Math.min(argument.length(), MAX_ARGUMENT));
        switch (word) {
            case "EHLO", "HELO", "LHLO" -> {
                confirm();
                helo = argument;
                letter.helo = argument;
                letter.touch();
            }
            case "MAIL" -> mailFrom(argument);
            case "RCPT" -> {
                if (argument.regionMatches(true, 0, "TO:", 0, 3)) {
                    confirm();
                    letter.recipient(Envelope.address(argument.substring(3)));
                }
            }
            case "DATA" -> {
                letter.touch();
                invalid(!letter.hasSender() || !letter.hasRecipient());
                letter.complete = false;
                state = State.DATA;
                dataBegun = false;
                lineStart = true;
            }
            case "BDAT" -> chunk(argument);
            case "X-ANONYMOUSTLS" -> word = "STARTTLS"; // the same between Exchange servers
            default -> {
                if (!confirmed && !isWord(word)) {
                    whole.fail("not a command");
                    return;
                }
            }
        }
        await(word.equals(END) ? "" : word);
    }

    private void await(String command) {
        if (pending.size() < MAX_PENDING) {
            pending.add(command);
        }
    }

    private static boolean isWord(String word) {
        return word.length() >= 3
                && word.length() <= 12
                && word.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c == '-');
    }

    private void mailFrom(String argument) {
        if (argument.regionMatches(true, 0, "FROM:", 0, 5)) {
            confirm();
            if (letter.hasSender() || letter.hasRecipient()) {
                finish(); // the server's answer was not seen, or there was none
            }
            letter.sender(Envelope.address(argument.substring(5)));
        }
    }

    private void chunk(String argument) {
        long size = Envelope.size(argument);
        String behind = TextLine.rest(argument);
        if (size < 0 || !behind.isEmpty() && !behind.equalsIgnoreCase("LAST")) {
            connection.anomaly("smtp_invalid_bdat_command", null);
            return;
        }
        letter.touch();
        lastChunk = !behind.isEmpty();
        left = size;
        if (size > 0) {
            state = State.CHUNK;
        } else {
            took(0);
        }
    }

    /// So many octets of a chunk have gone by.
    private void took(long octets) {
        left -= octets;
        if (left <= 0) {
            state = State.COMMAND;
            letter.complete = lastChunk;
            if (lastChunk) {
                endOfMail();
            }
        }
    }

    private void data(Bytes whole) {
        boolean begins = lineStart;
        lineStart = whole.peek(whole.length() - 1) == '\n';
        dataBegun = true;
        if (begins && whole.peek(0) == '.') {
            if (whole.peek(1) == '\n' || whole.peek(1) == '\r' && whole.peek(2) == '\n') {
                letter.complete = true;
                endOfMail();
                state = State.COMMAND;
                await(END);
                return;
            }
            whole.wrap(whole.array(), whole.base() + 1, whole.length() - 1); // RFC 5321 §4.5.2
        }
        mail().line(whole);
    }

    private MailReader mail() {
        MailReader reading = mail;
        if (reading == null) {
            reading = new MailReader(letter);
            mail = reading;
        }
        return reading;
    }

    private void endOfMail() {
        if (mail != null) {
            mail.end();
            mail = null;
        }
    }

    // ---- the server

    private void reply(Bytes whole) {
        String line = TextLine.of(whole);
        int code = Envelope.code(line);
        if (code < 0) {
            if (!greeted && !confirmed) {
                whole.fail("not a reply");
            }
            return;
        }
        if (line.length() > 3 && line.charAt(3) == '-') {
            return; // more lines follow
        }
        String text = line.length() > 4 ? line.substring(4) : "";
        letter.lastReply = code + " " + text.substring(0, Math.min(text.length(), MAX_REPLY));
        if (!greeted) {
            greeted = true;
            if (pending.isEmpty()) {
                return; // the greeting
            }
        }
        String command = pending.isEmpty() ? "" : pending.remove();
        switch (command) {
            case "DATA" -> {
                if (code != GO_AHEAD && state == State.DATA && !dataBegun) {
                    state = State.COMMAND;
                    letter.complete = null;
                }
            }
            case END -> answered();
            case "BDAT" -> {
                if (lastChunk && left <= 0 && !pending.contains("BDAT")) {
                    lastChunk = false;
                    answered();
                }
            }
            case "AUTH" -> {
                if (code == 334) {
                    state = State.SECRET;
                    pending.addFirst("AUTH");
                }
            }
            case "STARTTLS" -> {
                if (code == 220) {
                    letter.tls = true;
                    letter.touch();
                    connection.inner();
                }
            }
            default -> {}
        }
    }

    private void answered() {
        delivered++;
        finish();
    }

    // ---- what comes of it

    private void confirm() {
        if (!confirmed) {
            confirmed = true;
            connection.confirm();
        }
    }

    private void invalid(boolean broken) {
        if (broken && !toldInvalid) {
            toldInvalid = true;
            connection.anomaly("smtp_mail_transaction_invalid", null);
        }
    }

    private void finish() {
        endOfMail();
        if (letter.isTouched()) {
            letter.emit();
        }
        letter = new Letter(connection, client, delivered + 1);
        letter.helo = helo;
    }

    // ---- ends

    @Override
    public boolean gap(Side side, long bytes) {
        long rest = bytes;
        if (side == client && state == State.CHUNK) {
            long inside = Math.min(bytes, left);
            mail().lose(inside);
            took(inside);
            rest -= inside;
        } else if (side == client && state == State.DATA) {
            mail().lose(bytes);
            lineStart = false;
            return true;
        }
        skipsLine[side.ordinal()] |= rest > 0;
        return true;
    }

    @Override
    public void close() {
        if (confirmed) {
            finish();
        } else {
            endOfMail();
        }
    }
}
