package io.hark.lake;

import io.hark.lake.Clause.Value;
import io.hark.schema.Unit;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes a condition of a field and a value: what `:`, `>`, `..`, `*`, a network, a size, a span of
/// time mean for each form of column.
///
/// @param latest time of the last event, nanoseconds: what `-2h` counts from, and only that asks
///   for
record SearchValue(LongSupplier latest) {

    private static final Pattern AMOUNT =
            Pattern.compile("(-?[0-9]{1,18}(?:\\.[0-9]{1,9})?)([A-Za-z]{0,3})");
    private static final Pattern BACK = Pattern.compile("-([0-9]{1,9})([smhd])");
    private static final Pattern EPOCH = Pattern.compile("[0-9]{9,11}(\\.[0-9]{1,9})?");
    private static final double NANOS = 1e9;

    /// A parameter that is a moment: the column itself is compared, so that its bounds count.
    static final String MOMENT = "make_timestamp_ns(CAST(? AS BIGINT))";

    private static final Map<String, Double> SIZES =
            Map.of(
                    "b",
                    1.0,
                    "kb",
                    1e3,
                    "mb",
                    1e6,
                    "gb",
                    1e9,
                    "tb",
                    1e12,
                    "kib",
                    1024.0,
                    "mib",
                    1048576.0,
                    "gib",
                    1073741824.0);
    private static final Map<String, Double> SPANS =
            Map.of(
                    "ns", 1e-9, "us", 1e-6, "ms", 1e-3, "s", 1.0, "m", 60.0, "min", 60.0, "h",
                    3600.0, "d", 86400.0);

    /// The condition, or null if the value is none of that form.
    @Nullable Condition on(SearchField field, Value value) {
        if (!value.exact() && value.text().equals("*")) {
            return new Condition("(" + field.sql() + " IS NOT NULL)", java.util.List.of());
        }
        String column = field.sql();
        return switch (field.form()) {
            case TEXT -> text(field, value);
            case ADDR -> addr(column, value);
            case NUMBER -> number(column, value, field.unit());
            case TIME -> time(column, value);
            case FLAG -> flag(column, value);
            case TEXTS ->
                    value.isPattern()
                            ? Condition.of(
                                    "len(list_filter("
                                            + column
                                            + ", lambda x: x ILIKE ? ESCAPE '\\')) > 0",
                                    like(value.text()))
                            : Condition.of(
                                    "list_contains(list_transform("
                                            + column
                                            + ", lambda x: lower(x)), lower(?))",
                                    value.text());
            case NUMBERS -> {
                Double one = amount(value.text(), field.unit());
                yield one == null
                        ? null
                        : Condition.of("list_contains(CAST(" + column + " AS DOUBLE[]), ?)", one);
            }
            case OTHER -> null;
        };
    }

    /// What a person would write for that form.
    static String wanted(SearchField field) {
        return switch (field.form()) {
            case TEXT, TEXTS -> "text, with * and ? if need be";
            case ADDR -> "an address, a network such as 10.0.0.0/8, or 10.0.*";
            case NUMBER, NUMBERS ->
                    switch (field.unit()) {
                        case BYTES -> "a size such as 512, 10MB, >1GB or 1kB..5kB";
                        case DURATION -> "a time such as 5s, >2h or 1m..10m";
                        case NONE, TIME, PACKETS, SHARE, MAC, BITS ->
                                "a number such as 443, >=400 or 1..10";
                    };
            case FLAG -> "true or false";
            case TIME -> "a time such as 2026-11-21, >2026-11-21T20:04 or -2h";
            case OTHER -> "* alone: whether it is there";
        };
    }

    /// A word anywhere in a text.
    static Condition within(SearchField field, Value value) {
        String pattern =
                "%" + like(value.exact() ? escaped(value.text()) : value.text(), value) + "%";
        return switch (field.form()) {
            case TEXTS ->
                    Condition.of(
                            "len(list_filter("
                                    + field.sql()
                                    + ", lambda x: x ILIKE ? ESCAPE '\\')) > 0",
                            pattern);
            case TEXT -> Condition.of(field.sql() + " ILIKE ? ESCAPE '\\'", pattern);
            case ADDR, NUMBER, FLAG, TIME, NUMBERS, OTHER -> Condition.NEVER;
        };
    }

    private static String like(String text, Value value) {
        return value.exact() ? text : like(text);
    }

    private static Condition text(SearchField field, Value value) {
        String column = field.sql();
        return value.isPattern()
                ? pattern(column, value)
                : switch (field.letters()) {
                    case AS_THEY_ARE -> Condition.of(column + " = ?", value.text());
                    case SMALL -> Condition.of(column + " = lower(?)", value.text());
                    case ANY -> Condition.of("lower(" + column + ") = lower(?)", value.text());
                };
    }

    private static Condition pattern(String column, Value value) {
        return Condition.of(column + " ILIKE ? ESCAPE '\\'", like(value.text()));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /// Wildcards as SQL has them.
    private static String like(String text) {
        return escaped(text).replace('*', '%').replace('?', '_');
    }

    private static @Nullable Condition addr(String column, Value value) {
        AddrRange range = AddrRange.of(value.text());
        if (range == null) {
            return value.isPattern() ? pattern(column, value) : null;
        }
        if (range.isSingle()) {
            return Condition.of(column + " = ?", range.first().toString());
        }
        if (range.isV4()) {
            return v4(column, range);
        }
        return Condition.of(
                "(" + column + " LIKE '%:%' AND " + digits(column) + " BETWEEN ? AND ?)",
                AddrRange.hex(range.first()),
                AddrRange.hex(range.last()));
    }

    /// A network of v4: its whole octets are the beginning of the text, which DuckDB holds against
    /// the bounds of a row group; at most one more octet lies between two numbers.
    private static Condition v4(String column, AddrRange range) {
        byte[] first = range.first().octets();
        byte[] last = range.last().octets();
        int same = Arrays.mismatch(first, last);
        StringBuilder beginning = new StringBuilder();
        for (int i = 0; i < same; i++) {
            beginning.append(first[i] & 0xff).append('.');
        }
        int low = first[same] & 0xff;
        int high = last[same] & 0xff;
        String test =
                same > 0
                        ? "starts_with(" + column + ", ?)"
                        : column + " NOT LIKE '%:%' AND ? IS NOT NULL";
        return low == 0 && high == 0xff
                ? Condition.of(test, beginning.toString())
                : Condition.of(
                        test
                                + " AND TRY_CAST(split_part(@, '.', ?) AS INTEGER) BETWEEN ? AND ?"
                                        .replace("@", column),
                        beginning.toString(),
                        same + 1,
                        low,
                        high);
    }

    /// A v6 address in short text as 32 hex digits.
    private static String digits(String column) {
        String groups = "list_filter(string_split(%s, ':'), lambda x: x <> '')";
        String head = groups.formatted("split_part(" + column + ", '::', 1)");
        String tail = groups.formatted("split_part(" + column + ", '::', 2)");
        String missing =
                "list_transform(range(8 - len(" + groups.formatted(column) + ")), lambda x: '0')";
        return "array_to_string(list_transform(list_concat("
                + head
                + ", "
                + missing
                + ", "
                + tail
                + "), lambda x: lpad(x, 4, '0')), '')";
    }

    private static @Nullable Condition number(String column, Value value, Unit unit) {
        return compared(column, "?", value, text -> amount(text, unit));
    }

    private @Nullable Condition time(String column, Value value) {
        String text = value.text();
        if (!value.exact() && (text.indexOf("..") >= 0 || isOperator(text.charAt(0)))) {
            return compared(column, MOMENT, value, this::moment);
        }
        Long from = moment(text);
        Long until = from == null ? null : end(text, from);
        return from == null || until == null
                ? null
                : Condition.of(
                        column + " >= " + MOMENT + " AND " + column + " < " + MOMENT, from, until);
    }

    private interface Reading {
        @Nullable Object of(String text);
    }

    /// `>v`, `>=v`, `<v`, `<=v`, `a..b` with both ends, `v`.
    ///
    /// @param parameter what stands for a value in SQL
    private static @Nullable Condition compared(
            String column, String parameter, Value value, Reading reading) {
        String text = value.text();
        int dots = value.exact() ? -1 : text.indexOf("..");
        if (dots >= 0) {
            Object from = reading.of(text.substring(0, dots));
            Object to = reading.of(text.substring(dots + 2));
            return from == null || to == null
                    ? null
                    : Condition.of(
                            column + " BETWEEN " + parameter + " AND " + parameter, from, to);
        }
        String operator = "=";
        int begin = 0;
        if (!value.exact() && isOperator(text.charAt(0))) {
            begin = text.startsWith("=", 1) ? 2 : 1;
            operator = text.substring(0, begin);
        }
        Object one = reading.of(text.substring(begin));
        return one == null ? null : Condition.of(column + " " + operator + " " + parameter, one);
    }

    private static boolean isOperator(char c) {
        return c == '>' || c == '<';
    }

    private static @Nullable Condition flag(String column, Value value) {
        return switch (value.text().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "1" -> Condition.of(column);
            case "false", "f", "no", "0" -> Condition.of("NOT " + column);
            default -> null;
        };
    }

    private static @Nullable Double amount(String text, Unit unit) {
        Matcher amount = AMOUNT.matcher(text);
        if (!amount.matches()) {
            return null;
        }
        String word = amount.group(2).toLowerCase(Locale.ROOT);
        Map<String, Double> units =
                switch (unit) {
                    case BYTES -> SIZES;
                    case DURATION -> SPANS;
                    case NONE, TIME, PACKETS, SHARE, MAC, BITS -> Map.of();
                };
        Double factor = word.isEmpty() ? Double.valueOf(1) : units.get(word);
        return factor == null ? null : Double.parseDouble(amount.group(1)) * factor;
    }

    /// A moment, nanoseconds since 1970; null if it is none.
    @Nullable Long moment(String text) {
        Matcher back = BACK.matcher(text);
        if (back.matches()) {
            Double unit = SPANS.getOrDefault(back.group(2), 1.0);
            return latest.getAsLong() - (long) (Long.parseLong(back.group(1)) * unit * NANOS);
        }
        if (EPOCH.matcher(text).matches()) {
            return new java.math.BigDecimal(text).movePointRight(9).longValue();
        }
        try {
            if (text.length() == "2026-11-21".length()) {
                return nanos(LocalDate.parse(text).atStartOfDay());
            }
            String whole = text.replace(' ', 'T');
            return nanos(
                    whole.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})")
                            ? OffsetDateTime.parse(whole)
                                    .withOffsetSameInstant(ZoneOffset.UTC)
                                    .toLocalDateTime()
                            : LocalDateTime.parse(whole));
        } catch (DateTimeParseException e) {
            return null; // the caller says what would be one
        } catch (ArithmeticException e) {
            return null; // beyond the years that nanoseconds reach
        }
    }

    private static long nanos(LocalDateTime utc) {
        return Math.addExact(
                Math.multiplyExact(utc.toEpochSecond(ZoneOffset.UTC), 1_000_000_000L),
                (long) utc.getNano());
    }

    /// Where what was written ends: a day, a minute, a second are all of it.
    private static long end(String text, long from) {
        long second = 1_000_000_000L;
        if (text.startsWith("-") || text.indexOf('.') >= 0) {
            return from + 1;
        }
        return from
                + switch (text.replaceFirst("Z$", "").length()) {
                    case 10 -> text.indexOf('-') >= 0 ? 86_400 * second : second;
                    case 16 -> 60 * second;
                    default -> second;
                };
    }
}
