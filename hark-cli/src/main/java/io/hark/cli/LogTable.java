package io.hark.cli;

import io.hark.lines.LogTally;
import io.hark.report.Units;
import java.util.ArrayList;
import java.util.List;

/// The part of the report on logs among the inputs: whose lines they are, and those that nobody
/// reads.
///
/// @param page where it goes
/// @param logs what was gathered
record LogTable(Page page, LogTally logs) {

    private static final int MAX_ROWS = 12;
    private static final int MAX_UNREAD = 5;
    private static final int INDENT = 2;

    void write() {
        List<LogTally.Dataset> datasets = logs.datasets();
        if (datasets.isEmpty()) {
            return;
        }
        page.heading(
                "LOGS",
                datasets.size() > MAX_ROWS
                        ? MAX_ROWS + " of " + datasets.size() + " with most lines"
                        : "whose lines they are");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("lines", "refused", "failed", "log", "first", "last"));
        for (LogTally.Dataset one : datasets.subList(0, Math.min(MAX_ROWS, datasets.size()))) {
            rows.add(
                    List.of(
                            Units.count(one.lines),
                            one.denied == 0 ? "" : Units.count(one.denied),
                            one.failed == 0 ? "" : Units.count(one.failed),
                            one.name,
                            Units.time(one.first),
                            Units.until(one.first, one.last)));
        }
        page.table(INDENT, rows, List.of(0, 1, 2), 3);
        unread();
    }

    private void unread() {
        List<LogTally.Unread> shapes = logs.unread(MAX_UNREAD);
        if (shapes.isEmpty()) {
            return;
        }
        page.text(
                INDENT,
                Page.Look.FAINT,
                "lines whose message nobody reads, kept whole, by shape (# is a number):");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("lines", "shape"));
        shapes.forEach(one -> rows.add(List.of(Units.count(one.lines()), one.shape())));
        page.table(INDENT, rows, List.of(0), 1);
    }
}
