package io.hark.parse.mailbox;

import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Pop3Detail;
import io.hark.event.Side;
import io.hark.format.TextLine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One connection by POP3. Behind a granted `STLS` the connection is looked at anew; passwords are
/// read by nobody.
///
/// *Source*: RFC 1939, RFC 2449 (CAPA), RFC 2595 §4 (STLS), RFC 5034 (AUTH).
final class Pop3Session implements StreamParser.Session {

    private static final int MAX_LINE = 1 << 14; // RFC 1939 has 512 octets, mails' lines 1000
    private static final int MAX_ARGUMENTS = 4; // what is behind is the fourth
    private static final int MAX_PENDING = 1000; // commands sent ahead: one for each mail

    /// Commands as they are; other words are no POP3.
    private static final Set<String> KNOWN =
            Set.of(
                    "USER", "PASS", "APOP", "AUTH", "CAPA", "STLS", "STAT", "LIST", "RETR", "DELE",
                    "NOOP", "RSET", "QUIT", "TOP", "UIDL", "UTF8", "LANG", "XTND", "HELP");

    private record Command(long ts, String name, List<String> arguments, boolean several) {
        private boolean isGreeting() {
            return name.isEmpty();
        }
    }

    private final Connection connection;
    private final Visit visit;
    private final Deque<Command> pending = new ArrayDeque<>();
    private final boolean[] skipsLine = new boolean[2];
    private boolean inText; // lines of the server until a point
    private boolean inMail;
    private boolean secret; // the client's next line is none of ours
    private boolean lineStart = true;

    Pop3Session(Connection connection) {
        this.connection = connection;
        visit = new Visit(connection, "pop3");
        if (!connection.isMidstream()) {
            pending.add(new Command(connection.now(), "", List.of(), false));
        }
    }

    @Override
    public int maxMessage() {
        return MAX_LINE;
    }

    @Override
    public int frame(Bytes head, Side side) {
        int line = TextLine.frame(head, MAX_LINE);
        boolean pieces = inText && side == Side.RESPONDER || skipsLine[side.ordinal()];
        return pieces
                ? line == 0 ? head.length() >= MAX_LINE ? MAX_LINE : MORE : Math.min(line, MAX_LINE)
                : line;
    }

    @Override
    public void message(Bytes whole, Side side) {
        if (skipsLine[side.ordinal()] && !(inText && side == Side.RESPONDER)) {
            skipsLine[side.ordinal()] = whole.peek(whole.length() - 1) != '\n';
        } else if (side == Side.ORIGINATOR) {
            client(TextLine.of(whole), whole);
        } else if (inText) {
            text(whole);
        } else {
            reply(TextLine.of(whole), whole);
        }
    }

    private void client(String line, Bytes whole) {
        if (secret) {
            secret = false;
            return;
        }
        String word = TextLine.word(line).toUpperCase(Locale.ROOT);
        String argument = TextLine.rest(line);
        if (!KNOWN.contains(word)) {
            if (!visit.isConfirmed()) {
                whole.fail("not a command");
                return;
            }
        } else {
            visit.confirm();
        }
        switch (word) {
            case "USER" -> visit.tries(argument, word);
            case "APOP" -> visit.tries(TextLine.word(argument), word);
            case "AUTH" -> visit.tries(null, TextLine.word(argument).toUpperCase(Locale.ROOT));
            default -> {}
        }
        boolean several =
                switch (word) {
                    case "RETR", "TOP", "CAPA" -> true;
                    case "LIST", "UIDL", "AUTH" -> argument.isEmpty();
                    default -> false;
                };
        if (pending.size() < MAX_PENDING) {
            pending.add(new Command(connection.now(), word, shown(word, argument), several));
        }
    }

    /// What may be told of a command's arguments: secrets are the second of APOP and AUTH, and all
    /// of PASS.
    private List<String> shown(String word, String argument) {
        if (argument.isEmpty() || !connection.isWanted(Pop3Detail.class)) {
            return List.of();
        }
        return switch (word) {
            case "PASS" -> List.of();
            case "APOP", "AUTH" -> List.of(TextLine.word(argument));
            default ->
                    KNOWN.contains(word) ? List.of(argument.split(" +", MAX_ARGUMENTS)) : List.of();
        };
    }

    private void tell(Command command, @Nullable Boolean ok, @Nullable String said) {
        if (connection.isWanted(Pop3Detail.class)) {
            connection.emit(
                    new Pop3Detail(
                            command.ts,
                            connection.now(),
                            connection.uid(),
                            connection.id(),
                            command.isGreeting() ? null : command.name,
                            command.arguments,
                            ok,
                            said));
        }
    }

    private void reply(String line, Bytes whole) {
        boolean ok = line.startsWith("+OK");
        if (line.startsWith("+ ") || line.equals("+")) {
            secret = true;
            return;
        }
        if (!ok && !line.startsWith("-ERR")) {
            if (!visit.isConfirmed()) {
                whole.fail("not a reply");
            }
            return;
        }
        Command to = pending.poll();
        if (to == null) {
            return;
        }
        tell(to, ok, TextLine.rest(line));
        if (to.isGreeting()) {
            visit.greeting(line);
            return;
        }
        switch (to.name) {
            case "PASS", "APOP" -> visit.answered(ok);
            case "AUTH" -> {
                if (!to.several) {
                    visit.answered(ok);
                }
            }
            case "DELE" -> visit.deleted += ok ? 1 : 0;
            case "STLS" -> {
                if (ok) {
                    visit.tls = true;
                    connection.inner();
                }
            }
            default -> {}
        }
        if (ok && to.several) {
            inText = true;
            lineStart = true;
            inMail = to.name.equals("RETR") || to.name.equals("TOP");
            if (inMail) {
                visit.mail(Side.RESPONDER, false);
            }
        }
    }

    private void text(Bytes whole) {
        boolean begins = lineStart;
        lineStart = whole.peek(whole.length() - 1) == '\n';
        if (begins && whole.peek(0) == '.') {
            if (whole.peek(1) == '\n' || whole.peek(1) == '\r' && whole.peek(2) == '\n') {
                inText = false;
                visit.endMail();
                return;
            }
            whole.wrap(whole.array(), whole.base() + 1, whole.length() - 1); // RFC 1939 §3
        }
        if (inMail) {
            visit.line(whole);
        }
    }

    @Override
    public boolean gap(Side side, long bytes) {
        if (side == Side.RESPONDER && inText) {
            visit.lose(bytes);
            lineStart = false;
        } else {
            skipsLine[side.ordinal()] = true;
        }
        return true;
    }

    @Override
    public void close() {
        if (visit.isConfirmed()) {
            for (Command command : pending) {
                if (!command.isGreeting()) {
                    tell(command, null, null);
                }
            }
        }
        visit.close();
    }
}
