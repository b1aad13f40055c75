package io.hark.report;

import io.hark.sensor.Summary.Hosts;
import io.hark.sensor.Summary.Pair;
import java.util.Map;
import java.util.Map.Entry;

/// Who talked to whom: the graph, and the largest pairs as a table.
///
/// @param matter what the page is about
record Pairs(Matter matter) implements Part {

    private static final int MAX_KNOCKING = 3; // callers without a word
    private static final int MAX_ROWS = 24; // the graph has what is between

    @Override
    public String id() {
        return "pairs";
    }

    @Override
    public String title() {
        return "Who talked to whom";
    }

    @Override
    public String amount() {
        return Units.count(matter.summary().pairs().size(), "pair");
    }

    @Override
    public boolean isThere() {
        return !matter.summary().pairs().isEmpty();
    }

    @Override
    public void write(Markup out) {
        out.open("p", "class", "legend");
        key(out, "way plain", "as wide as it had bytes, pointing at who was called");
        if (!matter.findings().isEmpty()) {
            key(out, "way hot", "in a finding");
        }
        if (!matter.summary().talks().isEmpty()) {
            key(out, "way talk", "a decoded conversation");
        }
        out.close("p");
        new HostGraph(Crowd.of(matter)).write(out);
        for (Knocks knocks : Knocks.of(matter.summary(), MAX_KNOCKING)) {
            out.with("p", knocks.line(), "class", "note");
        }
        table(out);
    }

    private static void key(Markup out, String kind, String meaning) {
        out.open("span", "class", "key").with("i", "", "class", kind).text(meaning).close("span");
        out.text(" ");
    }

    private void table(Markup out) {
        Map<Hosts, Pair> pairs = matter.summary().pairs();
        Table table =
                new Table(
                        out,
                        "Pairs of hosts with most bytes",
                        "caller",
                        "called",
                        "#connections",
                        "#sent",
                        "#received",
                        "services",
                        "first seen");
        for (Entry<Hosts, Pair> entry :
                Top.of(pairs.entrySet(), HostBook.LARGEST_PAIR_FIRST, MAX_ROWS)) {
            Pair pair = entry.getValue();
            table.row()
                    .cell(cell -> matter.host(cell, entry.getKey().orig()))
                    .cell(cell -> matter.host(cell, entry.getKey().resp()))
                    .number(Units.count(pair.conns))
                    .number(Units.bytes(pair.origBytes))
                    .number(Units.bytes(pair.respBytes))
                    .cell(cell -> cell.strange(services(pair), 60))
                    .time(matter.when(pair.first));
        }
        table.end();
        int left = pairs.size() - MAX_ROWS;
        if (left > 0 || matter.summary().otherConns() > 0) {
            Table.moreBy(
                    out,
                    left > 0 ? Units.count(left, "smaller pair") : "Some pairs",
                    matter.command(
                            "query",
                            "'SELECT \"id.orig_h\", \"id.resp_h\", count(*), sum(orig_bytes),"
                                    + " sum(resp_bytes) FROM conn GROUP BY 1, 2 ORDER BY 4 DESC'"));
        }
    }

    private static String services(Pair pair) {
        return String.join(" ", HostBook.words(pair.services, 4))
                + (pair.services.size() > 4 ? " …" : "");
    }
}
