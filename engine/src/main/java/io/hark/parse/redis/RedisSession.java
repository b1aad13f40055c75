package io.hark.parse.redis;

import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Redis;
import io.hark.event.Side;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One connection: commands, framed or typed, and their replies in order.
///
/// Long strings are read in part. What a server pushes by itself is no reply; `CLIENT REPLY` tells
/// which commands get none. *Source*: see [Values].
final class RedisSession implements StreamParser.Session {

    private static final int MAX_LINE = 1 << 14; // a typed command; lengths have a few digits
    private static final int MAX_BULK = 1 << 14; // octets of a string that are read
    private static final long MAX_LENGTH = 1L << 32; // of a string: Redis takes 512 MB
    private static final int MAX_PENDING = 10_000; // commands sent ahead of their replies
    private static final String SHAPES = "+-:$*_#,(!=%~>|";
    private static final String HIDDEN = "<hidden>";
    private static final Set<String> KEYED =
            Set.of(
                    "APPEND",
                    "DECR",
                    "DECRBY",
                    "DEL",
                    "EXISTS",
                    "EXPIRE",
                    "EXPIREAT",
                    "GET",
                    "GETDEL",
                    "GETEX",
                    "GETRANGE",
                    "GETSET",
                    "HDEL",
                    "HGET",
                    "HGETALL",
                    "HINCRBY",
                    "HKEYS",
                    "HMGET",
                    "HSET",
                    "HVALS",
                    "INCR",
                    "INCRBY",
                    "MOVE",
                    "PERSIST",
                    "RENAME",
                    "SET",
                    "STRLEN",
                    "TTL",
                    "TYPE");
    private static final Set<String> VALUED = Set.of("SET", "APPEND", "GETSET", "SETNX");

    private record Command(
            long ts,
            String name,
            @Nullable String key,
            @Nullable String value,
            List<String> args) {}

    private final Connection connection;
    private final Values commands = new Values();
    private final Values replies = new Values();
    private final Deque<Command> pending = new ArrayDeque<>();
    private boolean confirmed;
    private boolean silent;
    private boolean skipsNext;

    RedisSession(Connection connection) {
        this.connection = connection;
    }

    @Override
    public int maxMessage() {
        return MAX_LINE + MAX_BULK + 4;
    }

    // ---- framing: a line, with the string it announces

    @Override
    public int frame(Bytes head, Side side) {
        int end = head.indexOf('\n', 0);
        if (end < 0) {
            return head.length() > MAX_LINE ? MALFORMED : MORE;
        }
        if (end >= MAX_LINE) {
            return MALFORMED;
        }
        if (!isBulk(head.peek(0))) {
            return end + 1;
        }
        long length = number(head, end);
        if (length < -1 || length > MAX_LENGTH) {
            return MALFORMED;
        }
        int n = end + 1 + (int) (length < 0 ? 0 : length > MAX_BULK ? MAX_BULK : length + 2);
        return n > head.length() ? MORE : n;
    }

    private static boolean isBulk(int type) {
        return type == '$' || type == '!' || type == '=';
    }

    private static boolean isArray(int type) {
        return type == '*' || type == '%' || type == '~' || type == '>' || type == '|';
    }

    /// The number behind the type octet, or -2 where there is none.
    private static long number(Bytes head, int end) {
        long value = 0;
        int at = head.peek(1) == '-' ? 2 : 1;
        int last = head.peek(end - 1) == '\r' ? end - 1 : end;
        if (at >= last || last - at > 12) {
            return -2;
        }
        for (int i = at; i < last; i++) {
            int digit = head.peek(i) - '0';
            if (digit < 0 || digit > 9) {
                return -2;
            }
            value = value * 10 + digit;
        }
        return at == 2 ? -value : value;
    }

    // ---- messages

    @Override
    public void message(Bytes whole, Side side) {
        Values values = side == Side.ORIGINATOR ? commands : replies;
        int type = whole.peek(0);
        int end = whole.indexOf('\n', 0);
        int last = end > 0 && whole.peek(end - 1) == '\r' ? end - 1 : end;
        boolean done;
        if (side == Side.ORIGINATOR && values.type() == 0 && type != '*') {
            typed(whole.ascii(0, last));
            return;
        } else if (type < 0 || SHAPES.indexOf(type) < 0) {
            whole.fail("no value");
            return;
        } else if (isArray(type)) {
            long count = number(whole, end);
            if (count < -1) {
                whole.fail("no length");
                return;
            }
            done = values.array((char) type, type == '%' || type == '|' ? 2 * count : count);
        } else if (isBulk(type)) {
            long length = number(whole, end);
            int there = (int) Math.max(0, Math.min(length, MAX_BULK));
            done = values.scalar((char) type, whole, end + 1, end + 1 + there);
            if (length > MAX_BULK) {
                connection.skip(length + 2 - MAX_BULK);
            }
        } else {
            done = values.scalar((char) type, whole, 1, last);
        }
        if (values.isBroken()) {
            whole.fail("arrays too deep");
        } else if (done) {
            if (side == Side.ORIGINATOR) {
                command(List.copyOf(commands.words));
            } else {
                reply();
            }
            values.clear();
        }
    }

    private void typed(String line) {
        String[] words = line.strip().split("\\s+", Values.MAX_WORDS);
        if (!words[0].isEmpty()) {
            command(List.of(words));
        }
    }

    private void command(List<String> words) {
        if (words.isEmpty()) {
            return;
        }
        String name = words.getFirst().toUpperCase(Locale.ROOT);
        List<String> args = words.subList(1, words.size());
        boolean keyed = KEYED.contains(name) && !args.isEmpty();
        String key = keyed ? args.getFirst() : null;
        String value = keyed && args.size() > 1 && VALUED.contains(name) ? args.get(1) : null;
        Command fresh = new Command(connection.now(), name, key, value, masked(name, args));
        boolean reply =
                name.equals("CLIENT")
                        && args.size() == 2
                        && args.getFirst().equalsIgnoreCase("REPLY");
        String mode = reply ? args.get(1).toUpperCase(Locale.ROOT) : "";
        if (mode.equals("ON")) {
            silent = false;
        }
        if (silent || skipsNext && !reply || mode.equals("OFF") || mode.equals("SKIP")) {
            emit(fresh, null, null);
            skipsNext = mode.equals("SKIP");
            silent |= mode.equals("OFF");
        } else {
            skipsNext = false;
            if (pending.size() < MAX_PENDING) {
                pending.add(fresh);
            }
        }
    }

    private static List<String> masked(String name, List<String> args) {
        if (name.equals("AUTH")) {
            return args.stream().map(arg -> HIDDEN).toList();
        }
        boolean secret =
                name.equals("CONFIG")
                        && args.size() > 2
                        && (args.get(1).equalsIgnoreCase("requirepass")
                                || args.get(1).equalsIgnoreCase("masterauth"));
        return secret ? List.of(args.get(0), args.get(1), HIDDEN) : args;
    }

    private void reply() {
        if (replies.type() == '>' || replies.type() == '|') {
            return; // pushed, or about the reply that follows
        }
        if (!confirmed) {
            confirmed = true;
            connection.confirm();
        }
        Command to = pending.poll();
        if (to != null) {
            emit(to, replies.type() != '-' && replies.type() != '!', replies.text());
        }
    }

    private void emit(Command command, @Nullable Boolean success, @Nullable String reply) {
        connection.emit(
                new Redis(
                        command.ts,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        command.name,
                        command.key,
                        command.value,
                        command.args.isEmpty() ? null : command.args,
                        success,
                        reply));
    }

    @Override
    public void close() {
        if (confirmed) {
            pending.forEach(command -> emit(command, null, null));
        }
        pending.clear();
    }
}
