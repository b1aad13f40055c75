package io.hark.report;

import io.hark.sensor.Summary.Tally;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/// Which services there were and how much each carried; names asked for, sites, user agents.
///
/// @param matter what the page is about
/// @param bands whose colours the services have
record Protocols(Matter matter, Bands bands) implements Part {

    private static final int MAX_SERVICES = 16;
    private static final int MAX_WORDS = 12; // of a list
    private static final int MAX_WORD = 90;
    private static final double BAR = 200;

    private static final Comparator<Entry<String, Tally>> MOST_BYTES =
            Comparator.comparingLong((Entry<String, Tally> e) -> e.getValue().bytes)
                    .thenComparingLong(e -> e.getValue().count)
                    .reversed()
                    .thenComparing(Entry.comparingByKey());

    private static final Comparator<Entry<String, Tally>> MOST_OFTEN =
            Comparator.comparingLong((Entry<String, Tally> e) -> e.getValue().count)
                    .reversed()
                    .thenComparing(Entry.comparingByKey());

    @Override
    public String id() {
        return "protocols";
    }

    @Override
    public String title() {
        return "Protocols and volume";
    }

    @Override
    public String amount() {
        return Units.count(matter.summary().services().size(), "service");
    }

    @Override
    public boolean isThere() {
        return !matter.summary().services().isEmpty();
    }

    @Override
    public void write(Markup out) {
        services(out);
        out.open("div", "class", "cols three");
        words(out, "Names asked for", "query, count(*) FROM dns GROUP BY query", asked());
        words(out, "Web sites", "host, count(*) FROM http GROUP BY host", chronicle().sites());
        words(
                out,
                "User agents",
                "user_agent, count(*) FROM http GROUP BY user_agent",
                chronicle().agents());
        out.close("div");
    }

    private io.hark.sensor.Chronicle chronicle() {
        return matter.chronicle();
    }

    private Map<String, Tally> asked() {
        return chronicle().asked();
    }

    private void services(Markup out) {
        Map<String, Tally> services = matter.summary().services();
        List<Entry<String, Tally>> top = Top.of(services.entrySet(), MOST_BYTES, MAX_SERVICES);
        long all = services.values().stream().mapToLong(tally -> tally.bytes).sum();
        long most = Math.max(1, top.getFirst().getValue().bytes);
        Table table =
                new Table(
                        out,
                        "Services by bytes",
                        "service",
                        "",
                        "#bytes",
                        "#share",
                        "#connections");
        for (Entry<String, Tally> entry : top) {
            Tally tally = entry.getValue();
            table.row()
                    .cell(cell -> cell.strange(entry.getKey(), 60))
                    .cell(cell -> bar(cell, entry.getKey(), tally.bytes / (double) most))
                    .number(Units.bytes(tally.bytes))
                    .number(Units.share(all == 0 ? 0 : tally.bytes / (double) all))
                    .number(Units.count(tally.count));
        }
        table.end();
        if (services.size() > MAX_SERVICES) {
            Table.moreBy(
                    out,
                    Units.count(services.size() - MAX_SERVICES, "smaller service"),
                    matter.command(
                            "query",
                            "'SELECT service, count(*), sum(orig_bytes + resp_bytes) FROM conn"
                                    + " GROUP BY 1 ORDER BY 3 DESC'"));
        }
    }

    private void bar(Markup out, String service, double share) {
        out.open(
                "svg",
                "class",
                "hbar",
                "viewBox",
                "0 0 200 10",
                "preserveAspectRatio",
                "none",
                "aria-hidden",
                "true");
        out.empty(
                "rect",
                "x",
                "0",
                "y",
                "1",
                "height",
                "8",
                "width",
                Markup.n(Math.max(0.8, BAR * share)),
                "class",
                bands.colourOf(service));
        out.close("svg");
    }

    private void words(Markup out, String heading, String sql, Map<String, Tally> words) {
        if (words.isEmpty()) {
            return;
        }
        out.open("div").with("h4", heading).open("ol", "class", "words");
        for (Entry<String, Tally> entry : Top.of(words.entrySet(), MOST_OFTEN, MAX_WORDS)) {
            out.open("li").with("span", Units.count(entry.getValue().count), "class", "n");
            out.text(" ").strange(entry.getKey(), MAX_WORD);
            Tally no =
                    heading.startsWith("Names") ? chronicle().refused().get(entry.getKey()) : null;
            if (no != null) {
                out.with("span", " " + Units.count(no.count) + " in vain", "class", "quiet");
            }
            out.close("li");
        }
        out.close("ol");
        if (words.size() > MAX_WORDS) {
            Table.moreBy(
                    out,
                    Units.count(words.size() - MAX_WORDS) + " more",
                    matter.command("query", "'SELECT " + sql + " ORDER BY 2 DESC'"));
        }
        out.close("div");
    }
}
