package io.hark.lines;

import io.hark.event.Event;
import io.hark.format.log.Stamps;
import io.hark.schema.Addr;
import io.hark.schema.Column;
import io.hark.schema.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes events of one kind from rows of the log of that name: a column has the row's value of its
/// own name, since ours bear Zeek's. What the log lacks is absent; [Supplied] knows what follows
/// from the rest.
///
/// *Thread*: immutable, any.
final class RowPlan<E extends Event> {

    private static final int MAX_NUMBER = 40; // characters; none of ours is longer
    private static final int NANO_DIGITS = 9;
    private static final int FIT_OF_TEN = 7; // so many of ten names of a row are ours, at least
    private static final int LEAST_NAMES = 4; // fewer tell no log from another

    private final Kind<E> kind;
    private final List<Column> columns;
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> places = new HashMap<>();

    RowPlan(Kind<E> kind) {
        this.kind = kind;
        this.columns = kind.columns();
        for (int i = 0; i < columns.size(); i++) {
            places.put(columns.get(i).name(), i);
            if (columns.get(i).inLog()) {
                names.add(columns.get(i).name());
            }
        }
    }

    /// The log's name.
    String log() {
        return kind.log();
    }

    /// How many of these names the log has; 0 where too few for rows of this kind.
    int fit(List<String> told) {
        int fit = 0;
        for (String name : told) {
            fit += names.contains(name) ? 1 : 0;
        }
        return fit >= LEAST_NAMES && fit * 10 >= told.size() * FIT_OF_TEN ? fit : 0;
    }

    /// The event that a row is; null if it lacks the addresses that every event of the kind has.
    ///
    /// @param before the time of a row that tells none, nanoseconds
    @Nullable E make(Row row, Stamps stamps, long before) {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(columns.get(i), row, stamps);
        }
        Made made = new Made(kind, values, places);
        made.set("ts", before);
        Supplied.to(made, row);
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null && !columns.get(i).optional()) {
                values[i] = nothing(columns.get(i).type());
            }
            boolean isNeeded = columns.get(i).type() == Column.Type.ADDR;
            if (isNeeded && !columns.get(i).optional() && values[i] == null) {
                return null;
            }
        }
        return kind.access().make(made);
    }

    /// What stands where a record has no room for absence; numbers and flags are made of none.
    private static @Nullable Object nothing(Column.Type type) {
        return switch (type) {
            case TEXT -> "";
            case TEXTS, ADDRS -> List.of();
            case NUMBERS -> new long[0];
            case NUMBER, REAL, FLAG, ADDR, BYTES, ROWS -> null;
        };
    }

    private static @Nullable Object value(Column column, Row row, Stamps stamps) {
        String name = column.name();
        return switch (column.type()) {
            case NUMBER -> number(column, row.text(name), stamps);
            case REAL -> real(row.text(name));
            case FLAG -> flag(row.text(name));
            case TEXT -> row.text(name);
            case ADDR -> addr(row.text(name));
            case BYTES -> bytes(row.text(name));
            case NUMBERS -> numbers(column, row.texts(name), stamps);
            case TEXTS -> row.texts(name);
            case ADDRS -> addrs(row.texts(name));
            case ROWS -> null;
        };
    }

    private static @Nullable Long number(Column column, @Nullable String text, Stamps stamps) {
        if (text == null || text.isEmpty() || text.length() > MAX_NUMBER) {
            return null;
        }
        return switch (column.unit()) {
            case TIME -> time(text, stamps);
            case DURATION -> nanos(text);
            case MAC -> mac(text);
            case NONE, BYTES, PACKETS, SHARE, BITS -> whole(text);
        };
    }

    private static @Nullable Long time(String text, Stamps stamps) {
        boolean isDate = text.indexOf('-', 1) > 0 && text.indexOf('e') < 0;
        return isDate ? stamps.nanos(text) : nanos(text);
    }

    /// Seconds as nanoseconds, exactly where they are written without an exponent; null if they are
    /// none.
    ///
    /// For example, `1.5` is 1,500,000,000.
    static @Nullable Long nanos(String text) {
        int point = text.indexOf('.');
        String seconds = point < 0 ? text : text.substring(0, point);
        String fraction = point < 0 ? "" : text.substring(point + 1);
        boolean isPlain = fraction.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isPlain) {
            Double real = real(text);
            return real == null ? null : (Long) (long) (real * 1e9);
        }
        String digits = (fraction + "0".repeat(NANO_DIGITS)).substring(0, NANO_DIGITS);
        return whole(seconds + digits);
    }

    private static @Nullable Long whole(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null; // no number: absent
        }
    }

    private static @Nullable Double real(@Nullable String text) {
        if (text == null || text.length() > MAX_NUMBER) {
            return null;
        }
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Boolean flag(@Nullable String text) {
        return switch (text) {
            case "T", "true" -> true;
            case "F", "false" -> false;
            case null, default -> null;
        };
    }

    private static @Nullable Long mac(String text) {
        String digits = text.replace(":", "");
        return digits.length() != 12 || !digits.chars().allMatch(HexFormat::isHexDigit)
                ? null
                : (Long) HexFormat.fromHexDigitsToLong(digits);
    }

    private static @Nullable Addr addr(@Nullable String text) {
        return text == null || text.length() > Addr.MAX_TEXT ? null : Addr.parse(text);
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        boolean isHex =
                text != null
                        && text.length() % 2 == 0
                        && text.chars().allMatch(HexFormat::isHexDigit);
        return text == null || !isHex ? null : HexFormat.of().parseHex(text);
    }

    private static long @Nullable [] numbers(
            Column column, @Nullable List<String> texts, Stamps stamps) {
        if (texts == null) {
            return null;
        }
        long[] numbers = new long[texts.size()];
        for (int i = 0; i < numbers.length; i++) {
            Long number = number(column, texts.get(i), stamps);
            numbers[i] = number == null ? 0 : number;
        }
        return numbers;
    }

    private static @Nullable List<Addr> addrs(@Nullable List<String> texts) {
        if (texts == null) {
            return null;
        }
        List<Addr> addrs = new ArrayList<>();
        for (String text : texts) {
            Addr addr = addr(text);
            if (addr != null) {
                addrs.add(addr);
            }
        }
        return addrs;
    }
}
