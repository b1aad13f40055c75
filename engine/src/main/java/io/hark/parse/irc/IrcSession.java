package io.hark.parse.irc;

import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Irc;
import io.hark.event.Side;
import io.hark.format.TextLine;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One client's connection: its nick name, the channels it joins, the files it is offered.
///
/// ```
/// [@tags] [:prefix] COMMAND [parameter …] [:last parameter]
/// ```
///
/// *Errors*: `irc_line_size_exceeded`. *Source*: RFC 1459 §2.3, RFC 2812 §3; DCC as its authors'
/// memo has it.
final class IrcSession implements StreamParser.Session {

    private static final int MAX_LINE = 1 << 14; // tags 8191 octets, the rest 512
    private static final int USUAL_LINE = 512; // RFC 1459 §2.3, without tags
    private static final int MAX_PARAMETERS = 15; // RFC 1459 §2.3
    private static final int MAX_OFFERS = 64; // waited for at once
    private static final int MAX_SHOWN = 1024; // characters

    private final Connection connection;
    private final List<Offer> offers = new ArrayList<>();
    private final boolean[] skipsLine = new boolean[2];
    private @Nullable String nick;
    private @Nullable String user;
    private @Nullable String channel;
    private boolean confirmed;
    private boolean toldTooLong;
    private boolean asksTls;

    IrcSession(Connection connection) {
        this.connection = connection;
    }

    @Override
    public int maxMessage() {
        return MAX_LINE;
    }

    @Override
    public int frame(Bytes head, Side side) {
        int line = TextLine.frame(head, MAX_LINE);
        return line == 0 && head.length() >= MAX_LINE ? MAX_LINE : Math.min(line, MAX_LINE);
    }

    @Override
    public void message(Bytes whole, Side side) {
        boolean cut = whole.peek(whole.length() - 1) != '\n';
        if (skipsLine[side.ordinal()]) {
            skipsLine[side.ordinal()] = cut;
            return;
        }
        skipsLine[side.ordinal()] = cut;
        if (cut || whole.length() > USUAL_LINE && whole.peek(0) != '@') {
            tooLong();
            return;
        }
        String line = TextLine.of(whole).stripLeading();
        if (line.startsWith("@")) {
            line = TextLine.rest(line);
        }
        String prefix = line.startsWith(":") ? TextLine.word(line) : "";
        List<String> words = words(prefix.isEmpty() ? line : TextLine.rest(line));
        if (words.isEmpty()) {
            return;
        }
        String command = words.getFirst().toUpperCase(Locale.ROOT);
        if (!confirmed && !isCommand(command)) {
            whole.fail("not a command");
            return;
        }
        if (side == Side.ORIGINATOR) {
            client(command, words);
        } else {
            server(command, words);
        }
    }

    private void tooLong() {
        if (!toldTooLong) {
            toldTooLong = true;
            connection.anomaly("irc_line_size_exceeded", null);
        }
    }

    private static boolean isCommand(String word) {
        boolean number = word.length() == 3 && word.chars().allMatch(c -> c >= '0' && c <= '9');
        return number || word.length() > 1 && word.chars().allMatch(c -> c >= 'A' && c <= 'Z');
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>(4);
        String rest = text;
        while (!rest.isEmpty() && words.size() <= MAX_PARAMETERS) {
            boolean last = rest.startsWith(":") || words.size() == MAX_PARAMETERS;
            String word = last ? rest.substring(rest.startsWith(":") ? 1 : 0) : TextLine.word(rest);
            words.add(word.substring(0, Math.min(word.length(), MAX_SHOWN)));
            rest = last ? "" : TextLine.rest(rest);
        }
        return words;
    }

    private static String word(List<String> words, int at) {
        return at < words.size() ? words.get(at) : "";
    }

    // ---- the client

    private void client(String command, List<String> words) {
        switch (command) {
            case "NICK" -> {
                confirm();
                String fresh = word(words, 1);
                emit("NICK", fresh, null);
                nick = fresh;
            }
            case "USER" -> {
                confirm();
                String more = word(words, 2) + " " + word(words, 3) + " " + word(words, 4);
                emit("USER", word(words, 1), more);
                user = word(words, 1);
            }
            case "JOIN" -> join(words);
            case "PRIVMSG", "NOTICE" -> offer(word(words, 2));
            case "STARTTLS" -> asksTls = true;
            default -> {}
        }
    }

    private void join(List<String> words) {
        String names = word(words, 1);
        if (names.isEmpty()) {
            return;
        }
        String key = word(words, 2);
        for (String name : names.split(",", MAX_PARAMETERS)) {
            channel = name;
            emit("JOIN", name, key.isEmpty() ? "" : " with channel key: '" + key + "'");
        }
    }

    // ---- the server

    private void server(String command, List<String> words) {
        switch (command) {
            case "PRIVMSG", "NOTICE" -> {
                offer(word(words, 2));
                confirm();
            }
            case "670" -> {
                confirm();
                if (asksTls) {
                    connection.inner();
                }
            }
            default -> {
                if (command.length() == 3 && Character.isDigit(command.charAt(0))) {
                    confirm();
                }
            }
        }
    }

    /// `DCC SEND name address port size` between two octets 1; the address is a number.
    private void offer(String text) {
        if (!text.startsWith("\u0001DCC SEND ") || offers.size() >= MAX_OFFERS) {
            return;
        }
        String rest = text.replace("\u0001", "").substring("DCC SEND ".length()).strip();
        boolean quoted = rest.startsWith("\"") && rest.indexOf('"', 1) > 0;
        String name = quoted ? rest.substring(1, rest.indexOf('"', 1)) : TextLine.word(rest);
        String[] numbers =
                rest.substring(quoted ? name.length() + 2 : name.length()).strip().split(" +", 4);
        if (numbers.length < 2) {
            return;
        }
        Addr host = address(numbers[0]);
        long port = number(numbers[1]);
        if (host == null || port <= 0 || port > 0xffff) {
            return;
        }
        long size = numbers.length > 2 ? number(numbers[2]) : -1;
        Offer offer = new Offer(connection, nick, user, channel, name, size);
        offers.add(offer);
        boolean ours =
                host.equals(connection.id().orig_h()) || host.equals(connection.id().resp_h());
        connection.expect(host, (int) port, DccData.NAME, ours ? offer : null);
    }

    private static @Nullable Addr address(String text) {
        long number = number(text);
        return number > 0 && number <= 0xffff_ffffL ? Addr.v4((int) number) : Addr.parse(text);
    }

    private static long number(String text) {
        return text.isEmpty()
                        || text.length() > 15
                        || !text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? -1
                : Long.parseLong(text);
    }

    // ---- what comes of it

    private void confirm() {
        if (!confirmed) {
            confirmed = true;
            connection.confirm();
        }
    }

    private void emit(String command, String value, @Nullable String more) {
        connection.emit(
                new Irc(
                        connection.now(),
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        nick,
                        user,
                        command,
                        value,
                        more,
                        null,
                        null,
                        null,
                        null));
    }

    @Override
    public boolean gap(Side side, long bytes) {
        skipsLine[side.ordinal()] = true;
        return true;
    }

    @Override
    public void close() {
        offers.forEach(offer -> offer.tell(connection, null));
        offers.clear();
    }
}
