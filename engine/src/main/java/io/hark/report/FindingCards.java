package io.hark.report;

import io.hark.event.Fact;
import io.hark.event.Finding;
import java.util.List;
import java.util.Locale;

/// The findings, the worst first: what, why, with which numbers, in which words of ATT&CK and
/// Engage, drawn, and the commands that show more.
///
/// @param matter what the page is about
/// @param knowledge what ids stand for
record FindingCards(Matter matter, Knowledge knowledge) implements Part {

    static final int MAX_WHOLE = 12; // more than is read with care
    private static final int MAX_PAGE = 250_000; // octets of all cards: a quarter of the page
    private static final int MAX_BRIEF = 40; // in a table behind them
    private static final int MAX_FACTS = 24;
    private static final int MAX_COMMANDS = 3;

    /// A finding's place in the page.
    static String anchor(int rank) {
        return "finding-" + (rank + 1);
    }

    @Override
    public String id() {
        return "findings";
    }

    @Override
    public String title() {
        return "Findings";
    }

    @Override
    public String amount() {
        return Units.count(matter.findings().size());
    }

    @Override
    public boolean isThere() {
        return matter.isRead() && matter.counter("packets") + matter.counter("log_records") > 0;
    }

    @Override
    public void write(Markup out) {
        List<Finding> findings = matter.findings();
        if (findings.isEmpty()) {
            out.with(
                    "p",
                    "No detector of this build fired. That is no proof of innocence: see what was not"
                            + " captured above, and what could not be read below.",
                    "class",
                    "note");
            return;
        }
        long end = out.length() + MAX_PAGE;
        int whole = 0;
        while (whole < Math.min(MAX_WHOLE, findings.size()) && out.length() < end) {
            card(out, findings.get(whole), whole);
            whole++;
        }
        if (findings.size() > whole) {
            brief(out, findings, whole);
        }
    }

    private void card(Markup out, Finding f, int rank) {
        String severity = severity(f);
        out.open("article", "class", "finding " + severity, "id", anchor(rank));
        out.open("h3");
        out.with("span", severity, "class", "sev " + severity).text(" ");
        out.strange(f.title(), 200).close("h3");
        out.open("p", "class", "who");
        matter.host(out, f.orig_h());
        out.text(" → ");
        matter.host(out, f.resp_h(), f.host() == null ? matter.name(f.resp_h()) : f.host());
        out.text(f.resp_p() == null ? "" : " port " + f.resp_p());
        out.text(" · " + Units.time(f.first()) + " to " + Units.until(f.first(), f.last()));
        out.text(String.format(Locale.ROOT, " · confidence %.2f", f.confidence()));
        if (f.completeness() < 1) {
            out.text(" · " + Units.share(f.completeness()) + " of the payload under it captured");
        }
        out.close("p");
        out.open("p", "class", "why").strange(f.why(), Markup.MAX_TEXT).close("p");
        BeatPlot.of(f).ifPresent(plot -> plot.write(out, rank));
        out.open("div", "class", "cols");
        evidence(out, f);
        meaning(out, f);
        out.close("div");
        commands(out, f);
        out.close("article");
    }

    private static void evidence(Markup out, Finding f) {
        List<Fact> facts = f.evidence().stream().filter(FindingCards::isShown).toList();
        if (facts.isEmpty()) {
            return;
        }
        out.open("div").with("h4", "Evidence").open("dl", "class", "numbers");
        for (Fact fact : facts.subList(0, Math.min(MAX_FACTS, facts.size()))) {
            Double number = fact.number();
            String text = fact.text();
            boolean wide = text != null && text.length() > 16;
            out.open("div", "class", wide ? "wide" : null);
            out.open("dt").strange(fact.name().replace('_', ' '), 40).close("dt").open("dd");
            out.strange(number == null ? String.valueOf(text) : shown(number), 300).close("dd");
            out.close("div");
        }
        out.open("div", "class", "wide").with("dt", "connections");
        out.with("dd", Units.count(f.uids().size()) + of(f)).close("div");
        out.close("dl").close("div");
    }

    /// Whether it says something here; the times are drawn.
    private static boolean isShown(Fact fact) {
        return !fact.name().equals(Finding.TIMES)
                && (fact.number() != null || !String.valueOf(fact.text()).isEmpty());
    }

    private static String of(Finding f) {
        return f.uids().isEmpty() ? "" : ", " + f.uids().getFirst() + " …";
    }

    private static String shown(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Units.count((long) number)
                : String.format(Locale.ROOT, Math.abs(number) < 100 ? "%.3g" : "%.1f", number);
    }

    private void meaning(Markup out, Finding f) {
        out.open("div").with("h4", "What it means").open("dl", "class", "meaning");
        for (String id : f.techniques()) {
            out.open("dt").with("span", id, "class", "id").close("dt");
            out.with("dd", knowledge.name(id));
        }
        for (Finding.Engage row : f.engage()) {
            out.open("dt").with("span", row.vulnerability(), "class", "id engage").close("dt");
            out.open("dd").strange(row.opportunity(), 400);
            out.open("span", "class", "sub")
                    .text(row.activity() + " " + knowledge.name(row.activity()))
                    .text(": " + knowledge.name(row.vulnerability()))
                    .close("span")
                    .close("dd");
        }
        out.close("dl").close("div");
    }

    private void commands(Markup out, Finding f) {
        if (f.next().isEmpty()) {
            return;
        }
        out.open("div", "class", "next").with("h4", "Next");
        f.next().stream().limit(MAX_COMMANDS).forEach(c -> command(out, matter.command(c)));
        out.close("div");
    }

    /// A command that can be copied.
    static void command(Markup out, String command) {
        out.open("pre", "class", "cmd").with("code", command).close("pre");
    }

    private void brief(Markup out, List<Finding> findings, int from) {
        int shown = Math.min(findings.size(), from + MAX_BRIEF);
        Table table =
                new Table(out, "Further findings", "severity", "finding", "confidence", "from");
        for (int i = from; i < shown; i++) {
            Finding f = findings.get(i);
            int rank = i;
            table.row()
                    .cell(cell -> cell.with("span", severity(f), "class", "sev " + severity(f)))
                    .cell(cell -> title(cell, f, rank))
                    .number(String.format(Locale.ROOT, "%.2f", f.confidence()))
                    .cell(cell -> cell.text(Units.time(f.first())));
        }
        table.end();
        if (findings.size() > shown) {
            Table.more(
                    out,
                    Units.count(findings.size() - shown, "more finding"),
                    "findings.jsonl has all of them");
        }
    }

    private static void title(Markup cell, Finding f, int rank) {
        cell.open("span", "id", anchor(rank)).strange(f.title(), 160).close("span");
    }

    static String severity(Finding f) {
        return f.severity().name().toLowerCase(Locale.ROOT);
    }
}
