package io.hark.lake;

import io.hark.event.Event;
import io.hark.schema.Kind;
import io.hark.sensor.Wanted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `field:value …` over all kinds of events of a case or a lake at once; the language is described
/// in `docs/reference/search.md`.
///
/// A search is compiled to one condition a kind, and what a person wrote goes in as parameters,
/// never as SQL.
///
/// *Thread*: one owner, the query's.
public final class Search {

    private static final int MOST_MOMENTS = 1000; // in one condition

    private final Query query;

    /// One event that was found.
    ///
    /// @param ts when, nanoseconds
    /// @param kind what it is
    /// @param row its columns, without those that are absent; times are RFC 3339
    public record Hit(long ts, String kind, Map<String, Object> row) {

        /// One JSON object: `kind`, and the columns.
        public String json() {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("kind", kind);
            row.forEach(all::putIfAbsent);
            StringBuilder out = new StringBuilder();
            JsonRows.value(all, out);
            return out.toString();
        }

        /// A column as text, empty where it is absent.
        public String text(String column) {
            Object value = row.get(column);
            return value == null ? "" : String.valueOf(value);
        }
    }

    /// Searches through what `query` has open.
    public Search(Query query) {
        this.query = query;
    }

    /// The first hits by time, and whether there are more.
    ///
    /// @param hits in order of time, then kind
    /// @param isMore whether the limit cut some off
    public record Found(List<Hit> hits, boolean isMore) {

        /// Keeps its own copy.
        public Found {
            hits = List.copyOf(hits);
        }
    }

    /// Finds what the text asks for.
    ///
    /// @param limit the most hits
    /// @throws io.hark.UserError if the text says nothing sensible; points at the column
    public Found find(String text, int limit) {
        Map<String, List<SearchField>> tables = new TreeMap<>();
        Map<String, List<SearchField>> others = new TreeMap<>();
        Map<String, Kind<?>> kinds = new TreeMap<>();
        for (Kind<? extends Event> kind : Wanted.everyKind()) {
            kinds.put(kind.name(), kind);
            List<SearchField> fields = new ArrayList<>();
            kind.columns().forEach(column -> fields.add(SearchField.of(column)));
            others.put(kind.name(), fields);
        }
        for (String table : query.tables()) {
            Kind<?> known = kinds.get(table);
            List<SearchField> fields = new ArrayList<>();
            query.columns(table)
                    .forEach((name, type) -> fields.add(SearchField.of(name, type, known)));
            tables.put(table, fields);
            others.remove(table);
        }
        SearchPlan plan = new SearchPlan(text, tables, others, new SearchValue(query::latest));
        List<Hit> hits = new ArrayList<>();
        for (Map.Entry<String, Condition> of : plan.conditions().entrySet()) {
            hits.addAll(hits(of.getKey(), of.getValue(), limit));
        }
        hits.sort(Comparator.comparingLong(Hit::ts)); // stable: kinds stay in order
        boolean more = hits.size() > limit;
        return new Found(more ? hits.subList(0, limit) : hits, more);
    }

    private List<Hit> hits(String table, Condition condition, int limit) {
        String ordered = condition.sql() + " ORDER BY ts LIMIT " + ((long) limit + 1);
        Object[] parameters = condition.parameters().toArray();
        String moments = moments(table, ordered, parameters);
        if (moments.isEmpty()) {
            return List.of();
        }
        List<Map<String, @Nullable Object>> rows =
                query.rows(
                        "SELECT epoch_ns(ts) AS \"@ts\", * EXCLUDE (day) FROM "
                                + source(table)
                                + " WHERE "
                                + moments
                                + " AND "
                                + ordered,
                        parameters);
        List<Hit> hits = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows) {
            Map<String, Object> there = new LinkedHashMap<>();
            row.forEach(
                    (name, value) -> {
                        if (value != null && !name.equals("@ts")) {
                            there.put(name, value);
                        }
                    });
            hits.add(
                    new Hit(
                            row.get("@ts") instanceof Number ts ? ts.longValue() : 0,
                            table,
                            there));
        }
        return hits;
    }

    /// When the hits were, as a condition; empty where there are none. Looking for that reads only
    /// the columns that are asked about. All columns are read of row groups that have these
    /// moments.
    private String moments(String table, String ordered, Object[] parameters) {
        List<String> moments = new ArrayList<>();
        for (Map<String, @Nullable Object> row :
                query.rows(
                        "SELECT DISTINCT epoch_ns(ts) AS at FROM (SELECT ts FROM "
                                + source(table)
                                + " WHERE "
                                + ordered
                                + ")",
                        parameters)) {
            if (row.get("at") == null) {
                return "true"; // for ever: no number says when that is
            }
            moments.add("make_timestamp_ns(" + row.get("at") + ")");
        }
        return moments.isEmpty()
                ? ""
                : moments.size() > MOST_MOMENTS
                        ? "true"
                        : "ts IN (" + String.join(", ", moments) + ")";
    }

    /// Of a finding the last revision counts.
    private String source(String table) {
        String name = Query.name(table);
        return query.columns(table).containsKey("revision")
                ? "(SELECT * FROM "
                        + name
                        + " QUALIFY revision = max(revision) OVER (PARTITION BY id))"
                : name;
    }
}
