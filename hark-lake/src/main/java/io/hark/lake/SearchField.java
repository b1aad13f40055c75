package io.hark.lake;

import io.hark.event.LogEvent;
import io.hark.schema.Column;
import io.hark.schema.Kind;
import io.hark.schema.Unit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One column of one kind of event, as a search sees it.
///
/// @param name of the column
/// @param form what its values are
/// @param unit what its numbers measure
/// @param letters what its texts are made of
/// @param sql the column as SQL takes it: its name is a file's, and stands in quotes
record SearchField(String name, Form form, Unit unit, Letters letters, String sql) {

    /// What values a column has, by how they are compared.
    enum Form {
        /// Text.
        TEXT,
        /// An address in text.
        ADDR,
        /// Integers and reals.
        NUMBER,
        /// A truth value.
        FLAG,
        /// A moment.
        TIME,
        /// Several texts or addresses.
        TEXTS,
        /// Several numbers.
        NUMBERS,
        /// What only its presence is asked of.
        OTHER
    }

    /// What is known of the letters in a column: one whose texts are compared as they are is looked
    /// for only in row groups that may have the value.
    enum Letters {
        /// Capital and small ones mean different things: ids.
        AS_THEY_ARE,
        /// There are only small ones: digests, and names out of DNS questions.
        SMALL,
        /// Whatever the network sent.
        ANY
    }

    private static final Set<String> IDS = Set.of("uid", "id", "fuid", "community_id");
    private static final Set<String> SMALL =
            Set.of("query", "md5", "sha1", "sha256", "ja3", "ja3s", "ja4");

    /// Names for several columns at once: what a person means, whatever the kind calls it.
    static final Map<String, Set<String>> ALIASES =
            Map.ofEntries(
                    Map.entry(
                            "ip",
                            Set.of(
                                    "id.orig_h",
                                    "id.resp_h",
                                    "orig_h",
                                    "resp_h",
                                    "source.ip",
                                    "destination.ip",
                                    "source.nat.ip",
                                    "destination.nat.ip")),
                    Map.entry("src", Set.of("id.orig_h", "orig_h", "source.ip")),
                    Map.entry("dst", Set.of("id.resp_h", "resp_h", "destination.ip")),
                    Map.entry("sport", Set.of("id.orig_p", "orig_p", "source.port")),
                    Map.entry("dport", Set.of("id.resp_p", "resp_p", "destination.port")),
                    Map.entry(
                            "port",
                            Set.of(
                                    "id.orig_p",
                                    "id.resp_p",
                                    "orig_p",
                                    "resp_p",
                                    "source.port",
                                    "destination.port")),
                    Map.entry("user", Set.of("user", "username", "user.name", "source.user.name")),
                    Map.entry(
                            "mac",
                            Set.of(
                                    "orig_l2_addr",
                                    "resp_l2_addr",
                                    "source.mac",
                                    "destination.mac")),
                    Map.entry("name", Set.of("resp_name", "query", "server_name", "host")),
                    Map.entry("url", Set.of("uri", "url.original")),
                    Map.entry("ua", Set.of("user_agent", "user_agent.original")),
                    Map.entry("bytes", Set.of("orig_bytes", "resp_bytes", "seen_bytes")),
                    Map.entry(
                            "hash",
                            Set.of("md5", "sha1", "sha256", "fingerprint", "ja3", "ja3s", "ja4")),
                    Map.entry("uid", Set.of("uid", "uids")));

    /// Names that are no columns.
    static final List<String> WORDS = List.of("kind", "since", "until");

    /// Whether a search that says `asked` means this column: by its name, without its `id.`, or by
    /// an alias.
    boolean isMeantBy(String asked) {
        Set<String> names = ALIASES.get(asked);
        return names == null
                ? name.equals(asked) || name.equals("id." + asked)
                : names.contains(name);
    }

    /// Logs of others spell as they like.
    private static Letters letters(String name, @Nullable Kind<?> kind) {
        if (kind == null || kind.type() == LogEvent.class) {
            return Letters.ANY;
        }
        return IDS.contains(name)
                ? Letters.AS_THEY_ARE
                : SMALL.contains(name) ? Letters.SMALL : Letters.ANY;
    }

    /// A column of a table.
    ///
    /// @param type as DuckDB calls it
    /// @param kind what Hark knows of the kind, or null
    static SearchField of(String name, String type, @Nullable Kind<?> kind) {
        int known = kind == null ? -1 : kind.column(name);
        Column column = known < 0 || kind == null ? null : kind.columns().get(known);
        Unit unit = column == null ? Unit.NONE : column.unit();
        boolean address = column != null && column.type() == Column.Type.ADDR;
        Form form =
                switch (type) {
                    case "VARCHAR" -> address ? Form.ADDR : Form.TEXT;
                    case "BIGINT", "INTEGER", "DOUBLE", "HUGEINT", "UBIGINT" -> Form.NUMBER;
                    case "BOOLEAN" -> Form.FLAG;
                    case "VARCHAR[]" -> Form.TEXTS;
                    case "BIGINT[]", "DOUBLE[]" -> Form.NUMBERS;
                    default -> type.startsWith("TIMESTAMP") ? Form.TIME : Form.OTHER;
                };
        String quoted = Query.quoted(name);
        return type.equals("DATE")
                ? new SearchField(
                        name, Form.TEXT, unit, Letters.ANY, "CAST(" + quoted + " AS VARCHAR)")
                : new SearchField(name, form, unit, letters(name, kind), quoted);
    }

    /// A column that no file has here.
    static SearchField of(Column column) {
        Form form =
                switch (column.type()) {
                    case TEXT -> Form.TEXT;
                    case ADDR -> Form.ADDR;
                    case FLAG -> Form.FLAG;
                    case REAL -> Form.NUMBER;
                    case NUMBER ->
                            switch (column.unit()) {
                                case TIME -> Form.TIME;
                                case MAC -> Form.TEXT;
                                case NONE, DURATION, BYTES, PACKETS, SHARE, BITS -> Form.NUMBER;
                            };
                    case TEXTS, ADDRS -> Form.TEXTS;
                    case NUMBERS -> Form.NUMBERS;
                    case BYTES, ROWS -> Form.OTHER;
                };
        return new SearchField(
                column.name(), form, column.unit(), Letters.ANY, Query.quoted(column.name()));
    }
}
