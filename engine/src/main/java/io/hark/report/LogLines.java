package io.hark.report;

import io.hark.lines.LogTally;
import java.util.List;

/// Logs among the inputs: whose lines they are, and those that nobody reads.
///
/// @param matter what the page is about
record LogLines(Matter matter) implements Part {

    private static final int MAX_ROWS = 24;
    private static final int MAX_UNREAD = 12;
    private static final int MAX_NAME = 60;
    private static final int MAX_SHAPE = 120;

    private LogTally logs() {
        return matter.summary().logs();
    }

    @Override
    public String id() {
        return "logs";
    }

    @Override
    public String title() {
        return "Logs";
    }

    @Override
    public String amount() {
        return Units.count(matter.counter("log_records"), "line");
    }

    @Override
    public boolean isThere() {
        return !logs().datasets().isEmpty();
    }

    @Override
    public void write(Markup out) {
        List<LogTally.Dataset> all = logs().datasets();
        Table table =
                new Table(
                        out,
                        "Logs by product",
                        "#lines",
                        "#refused",
                        "#failed",
                        "log",
                        "first",
                        "last");
        for (LogTally.Dataset one : all.subList(0, Math.min(MAX_ROWS, all.size()))) {
            table.row()
                    .number(Units.count(one.lines))
                    .number(Units.count(one.denied))
                    .number(Units.count(one.failed))
                    .cell(cell -> cell.strange(one.name, MAX_NAME))
                    .time(matter.when(one.first))
                    .time(matter.when(one.last));
        }
        table.end();
        if (all.size() > MAX_ROWS) {
            Table.moreBy(
                    out,
                    Units.count(all.size() - MAX_ROWS, "further log"),
                    matter.command(
                            "query", "'SELECT \"event.dataset\", count(*) FROM log GROUP BY 1'"));
        }
        unread(out);
    }

    private void unread(Markup out) {
        List<LogTally.Unread> shapes = logs().unread(MAX_UNREAD);
        if (shapes.isEmpty()) {
            return;
        }
        out.with(
                "p",
                "Lines whose message no parser reads are kept whole. By shape, where # is a number:",
                "class",
                "note");
        Table table = new Table(out, "Lines nobody reads, by shape", "#lines", "shape");
        shapes.forEach(
                one ->
                        table.row()
                                .number(Units.count(one.lines()))
                                .cell(cell -> cell.strange(one.shape(), MAX_SHAPE)));
        table.end();
    }
}
