package io.hark.report;

import io.hark.event.Anomaly;
import io.hark.sensor.Chronicle.Oddity;
import java.util.Comparator;
import java.util.List;

/// Bytes that broke a protocol: how often, and the first time as an example.
///
/// @param matter what the page is about
record Oddities(Matter matter) implements Part {

    private static final int MAX_ROWS = 24;

    @Override
    public String id() {
        return "anomalies";
    }

    @Override
    public String title() {
        return "Anomalies";
    }

    @Override
    public String amount() {
        return Units.count(matter.chronicle().oddities().size(), "kind");
    }

    @Override
    public boolean isThere() {
        return !matter.chronicle().oddities().isEmpty();
    }

    @Override
    public void write(Markup out) {
        List<Oddity> all = matter.chronicle().oddities();
        out.with(
                "p",
                "Bytes that broke a protocol. Broken software is more common than attacks.",
                "class",
                "note");
        Table table =
                new Table(
                        out,
                        "Anomalies by name",
                        "#times",
                        "what",
                        "by",
                        "first",
                        "between",
                        "value");
        Comparator<Oddity> order =
                Comparator.comparingLong((Oddity o) -> o.count)
                        .reversed()
                        .thenComparing(o -> o.first.name());
        for (Oddity oddity : Top.of(all, order, MAX_ROWS)) {
            Anomaly first = oddity.first;
            String value = first.addl();
            table.row()
                    .number(Units.count(oddity.count))
                    .cell(cell -> cell.strange(first.name(), 60))
                    .cell(cell -> cell.strange(first.source(), 24))
                    .time(matter.when(first.ts()))
                    .cell(
                            cell -> {
                                matter.host(cell, first.id().orig_h(), null);
                                cell.text(" → ");
                                matter.host(cell, first.id().resp_h(), null);
                                cell.text(" : " + first.id().resp_p());
                            })
                    .cell(cell -> cell.strange(value == null ? "" : value, 60));
        }
        table.end();
        if (all.size() > MAX_ROWS) {
            Table.moreBy(
                    out,
                    Units.count(all.size() - MAX_ROWS, "rarer kind"),
                    matter.command("query", "'SELECT name, count(*) FROM anomaly GROUP BY 1'"));
        }
    }
}
