package io.hark.report;

import io.hark.event.FileSeen;
import io.hark.sensor.Chronicle.Exhibit;
import io.hark.sensor.Summary.Tally;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/// Files that went by: how many of each type, and the notable ones.
///
/// @param matter what the page is about
record FileTable(Matter matter) implements Part {

    private static final int MAX_TYPES = 12;
    private static final int MAX_FILES = 40;
    private static final int MAX_PLAIN = 10; // of those that only are large

    @Override
    public String id() {
        return "files";
    }

    @Override
    public String title() {
        return "Files";
    }

    @Override
    public String amount() {
        return Units.count(count());
    }

    private long count() {
        return matter.summary().files().values().stream().mapToLong(t -> t.count).sum();
    }

    @Override
    public boolean isThere() {
        return count() > 0;
    }

    @Override
    public void write(Markup out) {
        types(out, matter.summary().files());
        List<Exhibit> files = matter.chronicle().files();
        int notable = (int) files.stream().filter(Exhibit::isNotable).count();
        int shown = Math.min(Math.min(MAX_FILES, files.size()), notable + MAX_PLAIN);
        Table table =
                new Table(
                        out,
                        "Notable files: what runs, what wraps, what has a name, the largest",
                        "first seen",
                        "#times",
                        "type",
                        "name",
                        "#bytes",
                        "from",
                        "to",
                        "digest");
        long told = 0;
        for (Exhibit file : files.subList(0, shown)) {
            row(table, file.first, file.count);
            told += file.count;
        }
        table.end();
        if (count() > told) {
            Table.moreBy(
                    out,
                    Units.count(count() - told, "less notable file"),
                    matter.command(
                            "query",
                            "'SELECT ts, mime_type, filename, seen_bytes, sha256 FROM files ORDER BY"
                                    + " ts'"));
        }
    }

    private static void types(Markup out, Map<String, Tally> types) {
        out.open("p", "class", "tally");
        Comparator<Entry<String, Tally>> order =
                Comparator.comparingLong((Entry<String, Tally> e) -> e.getValue().count)
                        .reversed()
                        .thenComparing(Entry.comparingByKey());
        for (Entry<String, Tally> entry : Top.of(types.entrySet(), order, MAX_TYPES)) {
            out.open("span").with("b", Units.count(entry.getValue().count)).text(" ");
            out.strange(entry.getKey(), 60);
            out.text(", " + Units.bytes(entry.getValue().bytes)).close("span").text(" ");
        }
        if (types.size() > MAX_TYPES) {
            out.text("and " + Units.count(types.size() - MAX_TYPES, "more type"));
        }
        out.close("p");
    }

    private void row(Table table, FileSeen file, long times) {
        boolean whole = file.missing_bytes() == 0 && file.overflow_bytes() == 0;
        var sender = file.is_orig() ? file.id().orig_h() : file.id().resp_h();
        var taker = file.is_orig() ? file.id().resp_h() : file.id().orig_h();
        table.row()
                .time(matter.when(file.ts()))
                .number(Units.count(times))
                .cell(cell -> cell.strange(or(file.mime_type(), "unknown"), 48))
                .cell(cell -> cell.strange(or(file.filename(), ""), 70))
                .number(Units.bytes(file.seen_bytes()) + (whole ? "" : ", incomplete"))
                .cell(cell -> matter.host(cell, sender))
                .cell(cell -> matter.host(cell, taker))
                .cell(cell -> digest(cell, file));
    }

    private static void digest(Markup cell, FileSeen file) {
        String digest = file.sha256();
        String kind = "sha256";
        if (digest == null) {
            digest = file.sha1() == null ? file.md5() : file.sha1();
            kind = file.sha1() == null ? "md5" : "sha1";
        }
        if (digest != null) {
            cell.open("span", "class", "hash", "title", kind).text(digest).close("span");
        }
    }

    private static String or(@Nullable String text, String other) {
        return text == null ? other : text;
    }
}
