package io.hark.event;

import io.hark.schema.Addr;
import io.hark.schema.Column;
import io.hark.schema.Kind;
import io.hark.schema.RecordAccess;
import io.hark.schema.Stored;
import io.hark.schema.Unit;
import io.hark.schema.ValueSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A [LogEvent] in the making: a parser puts in what it reads under the names of the columns, as
/// text, and the draft turns each into what its column holds.
///
/// What does not fit its column (a name where an address is due, words where a number is) is kept
/// among the fields under the column's name; nothing a line says is lost and nothing throws. Empty
/// values and a lone `-` mean absent.
///
/// *Units*: numbers of [#put] in columns of durations are seconds; times are not read here, see
/// [#time]. *Thread*: one owner, used again for every line.
public final class LogDraft {

    /// Fields of one line: the longest known product has 230 (Check Point, WELF exports).
    private static final int MAX_FIELDS = 512;

    private static final int MAX_PORT = 0xffff;

    private static final Kind<LogEvent> KIND = Kind.of(LogEvent.class);
    private static final Map<String, Integer> COLUMNS = new HashMap<>();

    static {
        for (int i = 0; i < KIND.columns().size(); i++) {
            COLUMNS.put(KIND.columns().get(i).name(), i);
        }
    }

    private static final int TS = column("ts");
    private static final int SEEN = column("seen");
    private static final int SOURCE = column("source.ip");
    private static final int MODULE = column("event.module");
    private static final int DATASET = column("event.dataset");
    private static final int EVENT_KIND = column("event.kind");

    private final @Nullable Object[] values = new @Nullable Object[KIND.columns().size()];
    private final List<LogField> fields = new ArrayList<>();
    private final Row row = new Row();

    /// The number of a column, for tables that are made once.
    ///
    /// @throws IllegalArgumentException if there is no such column: a slip in a table
    public static int column(String name) {
        Integer column = COLUMNS.get(name);
        if (column == null) {
            throw new IllegalArgumentException("a log event has no column '" + name + "'");
        }
        return column;
    }

    /// Forgets the line before.
    public void clear() {
        Arrays.fill(values, null);
        fields.clear();
    }

    // ---- what every line has

    /// Who wrote the line and which of its logs it stands in: `fortigate`, `traffic`.
    public LogDraft of(String module, String log) {
        values[MODULE] = module;
        values[DATASET] = log.isEmpty() ? module : module + "." + log;
        return this;
    }

    /// The same, of a device rather than a program.
    public LogDraft device(String vendor, String product) {
        put("observer.vendor", vendor);
        return put("observer.product", product);
    }

    /// What it is about and what came of it, in ECS's words; several in one text with commas.
    public LogDraft is(String categories, String types) {
        put("event.category", categories);
        return put("event.type", types);
    }

    /// It is somebody's warning.
    public LogDraft alert() {
        values[EVENT_KIND] = "alert";
        return this;
    }

    /// When it happened.
    ///
    /// @param nanos since 1970 UTC
    public LogDraft at(long nanos) {
        values[TS] = nanos;
        return this;
    }

    /// When it was received, where that is known; else it is seen when it happened.
    public LogDraft seen(long nanos) {
        values[SEEN] = nanos;
        return this;
    }

    /// Whether a time was given.
    public boolean hasTime() {
        return values[TS] != null;
    }

    /// When it happened, or 0.
    public long ts() {
        return values[TS] instanceof Long nanos ? nanos : 0;
    }

    // ---- its columns

    /// A value, as it stands in the line; absent where it is null, empty or `-`.
    public LogDraft put(String column, @Nullable String value) {
        return put(column(column), value);
    }

    /// The same, by the column's number.
    public LogDraft put(int column, @Nullable String value) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty() || text.equals("-")) {
            return this;
        }
        Column of = KIND.columns().get(column);
        @Nullable Object made =
                switch (of.type()) {
                    case TEXT -> text;
                    case ADDR -> Addr.parse(text);
                    case NUMBER -> of.unit() == Unit.TIME ? null : fitting(of, text);
                    case TEXTS -> List.of(text.split(",", MAX_FIELDS));
                    case REAL, FLAG, BYTES, NUMBERS, ADDRS, ROWS -> null;
                };
        if (made == null) {
            return unfit(column, of, text);
        }
        values[column] = made;
        return this;
    }

    /// The same, if the column is still empty.
    public LogDraft orElse(String column, @Nullable String value) {
        return has(column) ? this : put(column, value);
    }

    /// A number.
    public LogDraft put(String column, long number) {
        values[column(column)] = number;
        return this;
    }

    /// A moment, or a duration.
    ///
    /// @param nanos since 1970 UTC, or that long; null for absent
    public LogDraft time(String column, @Nullable Long nanos) {
        if (nanos != null) {
            values[column(column)] = nanos;
        }
        return this;
    }

    /// Several values.
    public LogDraft put(String column, List<String> texts) {
        values[column(column)] = List.copyOf(texts);
        return this;
    }

    /// What no column has; absent where it is empty or `-`.
    public LogDraft more(String name, @Nullable String value) {
        String text = value == null ? "" : value.strip();
        if (!text.isEmpty() && !text.equals("-") && fields.size() < MAX_FIELDS) {
            fields.add(new LogField(name, text));
        }
        return this;
    }

    /// Takes a value back.
    public LogDraft remove(String column) {
        values[column(column)] = null;
        return this;
    }

    /// Whether the column has a value.
    public boolean has(String column) {
        return values[column(column)] != null;
    }

    /// Whether the column of that number has a value.
    public boolean has(int column) {
        return values[column] != null;
    }

    /// The text of a column, or an empty one.
    public String text(String column) {
        return text(column(column));
    }

    /// The text of the column of that number, or an empty one.
    public String text(int column) {
        Object value = values[column];
        return value == null ? "" : value.toString();
    }

    private static @Nullable Long fitting(Column of, String text) {
        Long number = LogNumbers.read(of.unit(), text);
        boolean isSmall = of.name().endsWith("port") || of.name().endsWith("status_code");
        return number != null && isSmall && number > MAX_PORT ? null : number;
    }

    /// The name goes where names go; the rest is kept under the column's name.
    private LogDraft unfit(int column, Column of, String text) {
        if (of.type() == Column.Type.ADDR && !of.name().contains(".nat.")) {
            String name = of.name().replace(".ip", ".domain");
            if (!has(name)) {
                return put(name, text);
            }
        }
        return values[column] == null ? more(of.name(), text) : this;
    }

    /// Who did it: `DOMAIN\\name` is taken apart, quotes around it are taken off.
    public LogDraft user(@Nullable String told) {
        String text = told == null ? "" : told.strip();
        boolean quoted = text.length() > 1 && "'\"".indexOf(text.charAt(0)) >= 0;
        String name = quoted ? text.substring(1, text.length() - 1) : text;
        int slash = name.lastIndexOf('\\');
        if (slash > 0) {
            put("user.domain", name.substring(0, slash).replace("\\", ""));
        }
        return put("user.name", name.substring(slash + 1));
    }

    /// A URL as it was logged, and its parts where it has them.
    ///
    /// For example, `http://host.example:8080/a/b?c=d` has the domain `host.example` and the path
    /// `/a/b`.
    public LogDraft url(@Nullable String text) {
        put("url.original", text);
        String url = text("url.original");
        int scheme = url.indexOf("://");
        if (url.startsWith("/")) {
            return put("url.path", url.substring(0, end(url, 0, "?#")));
        }
        if (scheme <= 0) {
            return this;
        }
        int host = scheme + 3;
        int path = end(url, host, "/?#");
        put("url.full", url);
        String authority = url.substring(host, path);
        String named = authority.substring(authority.indexOf('@') + 1);
        put("url.domain", named.startsWith("[") ? named : named.substring(0, end(named, 0, ":")));
        return put("url.path", url.substring(path, end(url, path, "?#")));
    }

    private static int end(String text, int from, String ends) {
        int end = from;
        while (end < text.length() && ends.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /// Adds what follows from the rest: sums of both ends, the family of the addresses.
    public void complete() {
        sum("network.bytes", "source.bytes", "destination.bytes");
        sum("network.packets", "source.packets", "destination.packets");
        if (!has("network.type") && values[SOURCE] instanceof Addr addr) {
            put("network.type", addr.isV4() ? "ipv4" : "ipv6");
        }
    }

    private void sum(String column, String one, String other) {
        if (!has(column)
                && values[column(one)] instanceof Long a
                && values[column(other)] instanceof Long b) {
            put(column, a + b);
        }
    }

    // ---- the end

    /// The event.
    ///
    /// @param input what the input is called
    /// @param line number of the line there
    /// @param tsSource how its time is known
    /// @param original the line as it was
    public LogEvent build(String input, long line, String tsSource, String original) {
        put("input", input).put("line", line).put("ts_source", tsSource);
        values[column("event.original")] = original;
        if (values[SEEN] == null) {
            values[SEEN] = values[TS];
        }
        if (values[EVENT_KIND] == null) {
            values[EVENT_KIND] = "event";
        }
        return KIND.access().make(row);
    }

    /// The columns as they stand.
    private final class Row implements ValueSource {
        @Override
        public boolean isAbsent(int column) {
            return values[column] == null && KIND.columns().get(column).optional();
        }

        @Override
        public long number(int column) {
            return values[column] instanceof Long number ? number : 0;
        }

        @Override
        public double real(int column) {
            return 0;
        }

        @Override
        public boolean flag(int column) {
            return false;
        }

        @Override
        public String text(int column) {
            return values[column] instanceof String text ? text : "";
        }

        @Override
        public Addr addr(int column) {
            return values[column] instanceof Addr addr ? addr : Addr.v4(0);
        }

        @Override
        public byte[] bytes(int column) {
            return new byte[0];
        }

        @Override
        public long[] numbers(int column) {
            return new long[0];
        }

        @Override
        @SuppressWarnings("unchecked") // columns of texts get lists of texts
        public List<String> texts(int column) {
            return values[column] instanceof List<?> texts ? (List<String>) texts : List.of();
        }

        @Override
        public List<Addr> addrs(int column) {
            return List.of();
        }

        @Override
        @SuppressWarnings("unchecked") // the one column of rows
        public <R extends Stored> List<R> rows(int column, RecordAccess<R> access) {
            return (List<R>) List.copyOf(fields);
        }
    }
}
