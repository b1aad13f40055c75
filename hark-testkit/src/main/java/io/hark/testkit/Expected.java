package io.hark.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What must be read in a sample: rows of which only the named fields are compared.
///
/// Every row has exactly one match, and a row of a kind that is named and matches nothing is an
/// error. Lines with `@only`, `@none` and `@same` narrow that; `samples/README.md` describes them.
///
/// @param rows rows that must be there
/// @param only a kind's rows that count, by kind
/// @param none rows that must not be there
/// @param same kind and field whose value all rows share
public record Expected(
        List<Row> rows,
        Map<String, Row> only,
        List<Row> none,
        List<Map.Entry<String, String>> same) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final double TOLERANCE = 0.001; // clocks and rounding: a millisecond
    private static final Set<String> PACKET_FIELDS =
            Set.of("orig_pkts", "resp_pkts", "orig_ip_bytes", "resp_ip_bytes");
    private static final Set<String> APPLICATION = Set.of("http", "ssl", "x509", "ftp");
    private static final Set<String> TIMES = Set.of("ts", "rtt", "duration");

    /// One row: a kind and some of its fields.
    ///
    /// @param kind the kind's name
    /// @param fields values by Zeek's names
    public record Row(String kind, Map<String, Object> fields) {

        /// Copies the fields.
        public Row {
            fields = new LinkedHashMap<>(fields);
        }

        boolean matches(Map<String, Object> seen) {
            return fields.entrySet().stream()
                    .allMatch(field -> same(field.getValue(), seen.get(field.getKey())));
        }

        Row without(Predicate<String> field) {
            Map<String, Object> kept = new LinkedHashMap<>(fields);
            kept.keySet().removeIf(field);
            return new Row(kind, kept);
        }
    }

    /// Reads `expected.jsonl`.
    public static Expected read(Path file) {
        try {
            return parse(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads lines of that form.
    ///
    /// @throws IllegalArgumentException for a line without a kind
    @SuppressWarnings("unchecked") // what a JSON object is
    public static Expected parse(List<String> lines) {
        List<Row> rows = new ArrayList<>();
        Map<String, Row> only = new TreeMap<>();
        List<Row> none = new ArrayList<>();
        List<Map.Entry<String, String>> same = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank()) {
                continue;
            }
            Map<String, Object> object = JSON.readValue(line, LinkedHashMap.class);
            if (object.get("@only") instanceof Map<?, ?> inner) {
                Row row = row((Map<String, Object>) inner);
                only.put(row.kind(), row);
            } else if (object.get("@none") instanceof Map<?, ?> inner) {
                none.add(row((Map<String, Object>) inner));
            } else if (object.get("@same") instanceof String field) {
                same.add(Map.entry(row(object).kind(), field));
            } else {
                rows.add(row(object));
            }
        }
        return new Expected(
                List.copyOf(rows), Map.copyOf(only), List.copyOf(none), List.copyOf(same));
    }

    private static Row row(Map<String, Object> object) {
        if (!(object.get("kind") instanceof String kind)) {
            throw new IllegalArgumentException("a line of expected.jsonl names no kind: " + object);
        }
        return new Row(kind, object).without("kind"::equals);
    }

    /// What a mutation must still show.
    public Expected after(Mutation.Keeps keeps) {
        return switch (keeps) {
            case ALL_BUT_PACKETS ->
                    new Expected(without(PACKET_FIELDS, _ -> true), only, none, same);
            case ALL_BUT_PACKETS_AND_MESSAGES ->
                    new Expected(
                            without(PACKET_FIELDS, kind -> !kind.equals("message")),
                            without("message"),
                            none,
                            List.of());
            case APPLICATION ->
                    new Expected(
                            without(TIMES, APPLICATION::contains), Map.of(), List.of(), List.of());
            case NOTHING -> new Expected(List.of(), Map.of(), List.of(), List.of());
        };
    }

    private List<Row> without(Set<String> fields, Predicate<String> kinds) {
        return rows.stream()
                .filter(row -> kinds.test(row.kind()))
                .map(row -> row.without(fields::contains))
                .toList();
    }

    private Map<String, Row> without(String kind) {
        Map<String, Row> kept = new TreeMap<>(only);
        kept.remove(kind);
        return kept;
    }

    /// The kinds whose rows are compared.
    public Set<String> kinds() {
        Set<String> kinds = new TreeSet<>(only.keySet());
        rows.forEach(row -> kinds.add(row.kind()));
        none.forEach(row -> kinds.add(row.kind()));
        same.forEach(one -> kinds.add(one.getKey()));
        return kinds;
    }

    /// What is wrong with the rows that were read, a sentence each; empty where all is well.
    ///
    /// @param seen rows by kind
    public List<String> compare(Map<String, List<Map<String, Object>>> seen) {
        List<String> wrong = new ArrayList<>();
        Set<String> compared = new LinkedHashSet<>(only.keySet());
        rows.forEach(row -> compared.add(row.kind()));
        for (String kind : compared) {
            List<Row> wanted = rows.stream().filter(row -> row.kind().equals(kind)).toList();
            Row narrow = only.get(kind);
            List<Map<String, Object>> left = new ArrayList<>(seen.getOrDefault(kind, List.of()));
            left.removeIf(row -> narrow != null && !narrow.matches(row));
            match(kind, wanted, left, wrong);
        }
        for (Row row : none) {
            for (Map<String, Object> there : seen.getOrDefault(row.kind(), List.of())) {
                if (row.matches(there)) {
                    wrong.add("there must be no such " + row.kind() + ": " + there);
                }
            }
        }
        for (Map.Entry<String, String> one : same) {
            Set<Object> values = new LinkedHashSet<>();
            seen.getOrDefault(one.getKey(), List.of())
                    .forEach(row -> values.add(String.valueOf(row.get(one.getValue()))));
            if (values.size() != 1) {
                wrong.add(
                        "all rows of "
                                + one.getKey()
                                + " must have the same "
                                + one.getValue()
                                + ", not "
                                + values);
            }
        }
        return wrong;
    }

    private static void match(
            String kind, List<Row> wanted, List<Map<String, Object>> left, List<String> wrong) {
        List<Row> missing = new ArrayList<>();
        for (Row row : wanted) {
            int at = 0;
            while (at < left.size() && !row.matches(left.get(at))) {
                at++;
            }
            if (at < left.size()) {
                left.remove(at);
            } else {
                missing.add(row);
            }
        }
        for (Row row : missing) {
            Map<String, Object> near = nearest(row, left);
            wrong.add(
                    "no "
                            + kind
                            + " row is "
                            + row.fields()
                            + (near == null
                                    ? ""
                                    : "; the nearest differs in " + differences(row, near)));
        }
        for (Map<String, Object> row : left) {
            wrong.add("nobody expects the " + kind + " row " + row);
        }
    }

    private static @Nullable Map<String, Object> nearest(Row row, List<Map<String, Object>> left) {
        return left.stream()
                .min(
                        (a, b) ->
                                Integer.compare(
                                        differences(row, a).size(), differences(row, b).size()))
                .orElse(null);
    }

    private static Map<String, String> differences(Row row, Map<String, Object> seen) {
        Map<String, String> differences = new LinkedHashMap<>();
        row.fields()
                .forEach(
                        (name, value) -> {
                            if (!same(value, seen.get(name))) {
                                differences.put(name, value + " ≠ " + seen.get(name));
                            }
                        });
        return differences;
    }

    private static boolean same(@Nullable Object wanted, @Nullable Object seen) {
        if (wanted instanceof Number a && seen instanceof Number b) {
            boolean whole = isWhole(a) && isWhole(b);
            return whole
                    ? a.longValue() == b.longValue()
                    : Math.abs(a.doubleValue() - b.doubleValue()) <= TOLERANCE;
        }
        if (wanted instanceof List<?> a && seen instanceof List<?> b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (wanted instanceof List<?> a && a.isEmpty()) {
            return seen == null; // an empty list may be left out
        }
        return wanted == null ? seen == null : wanted.equals(seen);
    }

    private static boolean isWhole(Number number) {
        return number instanceof Integer || number instanceof Long;
    }
}
