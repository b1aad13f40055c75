package io.hark.cli;

import io.hark.event.Event;
import io.hark.schema.Column;
import io.hark.schema.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Writes `docs/reference/events.md` out of what the event records say about themselves.
final class EventReference {

    private static final String PACKAGE = "io/hark/event";

    private static final String HEAD =
            """
            # Kinds of events

            Made from the records of `io.hark.event` by `./check docs`; do not edit. A kind is a table of `hark query`, a folder
            under `DIR/events` and, where it says so, a log in Zeek's form. A name with a dot stands in double quotes in SQL.
            What is absent is NULL in tables and missing in JSON.

            Columns say *optional* where a row may lack them and *lake only* where Zeek's logs do not have them. Times are shown
            as UTC in tables, as epoch seconds in logs; durations are seconds in both.

            """;

    private EventReference() {}

    /// All kinds, in the order of their names.
    static List<Kind<? extends Event>> kinds() throws IOException, URISyntaxException {
        URI home = Event.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path place = Path.of(home);
        if (Files.isDirectory(place)) {
            return kinds(place.resolve(PACKAGE));
        }
        try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
            return kinds(jar.getPath(PACKAGE));
        }
    }

    private static List<Kind<? extends Event>> kinds(Path folder) throws IOException {
        List<Kind<? extends Event>> kinds = new ArrayList<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class") && !name.contains("$")) {
                    Class<?> type = load(name.substring(0, name.length() - ".class".length()));
                    if (type.isRecord() && Event.class.isAssignableFrom(type)) {
                        Kind<? extends Event> kind = Kind.of(type.asSubclass(Event.class));
                        if (kind.detailOf() == null) { // those are in no lake
                            kinds.add(kind);
                        }
                    }
                }
            }
        }
        kinds.sort(Comparator.comparing(Kind::name));
        return kinds;
    }

    private static Class<?> load(String simpleName) {
        try {
            return Class.forName(PACKAGE.replace('/', '.') + "." + simpleName);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The page.
    static String page() throws IOException, URISyntaxException {
        StringBuilder page = new StringBuilder(HEAD);
        List<Kind<? extends Event>> kinds = kinds();
        page.append("| kind | one row is | log in Zeek's form |\n| --- | --- | --- |\n");
        for (Kind<?> kind : kinds) {
            page.append(
                    "| [%s](#%s) | %s | %s |\n"
                            .formatted(kind.name(), kind.name(), kind.about(), log(kind)));
        }
        kinds.forEach(kind -> section(kind, page));
        return page.toString();
    }

    private static String log(Kind<?> kind) {
        return kind.log().equals("-") ? "none" : kind.log() + ".log";
    }

    private static void section(Kind<?> kind, StringBuilder page) {
        page.append("\n## ")
                .append(kind.name())
                .append("\n\n| column | holds | says |\n| --- | --- | --- |\n");
        for (Column column : kind.columns()) {
            List<String> notes = new ArrayList<>();
            if (column.optional()) {
                notes.add("optional");
            }
            if (!column.inLog() && !kind.log().equals("-")) {
                notes.add("lake only");
            }
            page.append("| `")
                    .append(column.name())
                    .append("` | ")
                    .append(holds(column))
                    .append(" | ");
            page.append(column.about().replace("|", "\\|"));
            page.append(notes.isEmpty() ? "" : " *(" + String.join(", ", notes) + ")*")
                    .append(" |\n");
        }
    }

    private static String holds(Column column) {
        String type =
                switch (column.type()) {
                    case NUMBER -> "integer";
                    case REAL -> "real";
                    case FLAG -> "truth value";
                    case TEXT -> "text";
                    case ADDR -> "address";
                    case BYTES -> "bytes";
                    case NUMBERS -> "integers";
                    case TEXTS -> "texts";
                    case ADDRS -> "addresses";
                    case ROWS -> "rows";
                };
        String plural = column.type() == Column.Type.NUMBERS ? "s" : "";
        return switch (column.unit()) {
            case NONE -> type;
            case TIME -> "time" + plural;
            case DURATION -> "duration" + plural;
            case BYTES -> type + ", bytes";
            case PACKETS -> type + ", packets";
            case SHARE -> type + ", 0 to 1";
            case MAC -> "hardware address";
            case BITS -> type + ", bits a byte";
        };
    }
}
