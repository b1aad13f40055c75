package io.hark.report;

import io.hark.event.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;

/// The findings again, by technique of ATT&CK, and by what MITRE Engage says they expose.
///
/// @param matter what the page is about
/// @param knowledge what ids stand for
record Techniques(Matter matter, Knowledge knowledge) implements Part {

    private static final int MAX_ROWS = 30;
    private static final int MAX_FINDINGS = 3; // named of one row

    @Override
    public String id() {
        return "techniques";
    }

    @Override
    public String title() {
        return "ATT&CK and Engage";
    }

    @Override
    public String amount() {
        return "";
    }

    @Override
    public boolean isThere() {
        return matter.findings().stream()
                .anyMatch(f -> !f.techniques().isEmpty() || !f.engage().isEmpty());
    }

    @Override
    public void write(Markup out) {
        Map<String, List<Integer>> techniques = new TreeMap<>();
        Map<String, List<Integer>> exposed = new TreeMap<>();
        List<Finding> findings = matter.findings();
        for (int i = 0; i < findings.size(); i++) {
            int rank = i;
            findings.get(i).techniques().forEach(id -> add(techniques, id, rank));
            findings.get(i)
                    .engage()
                    .forEach(
                            row -> add(exposed, row.activity() + "\t" + row.vulnerability(), rank));
        }
        out.open("div", "class", "cols");
        table(out, "What the adversary does: ATT&CK", techniques);
        table(out, "What that exposes: MITRE Engage", exposed);
        out.close("div");
    }

    private static void add(Map<String, List<Integer>> rows, String id, int rank) {
        List<Integer> ranks = rows.computeIfAbsent(id, _ -> new ArrayList<>());
        if (ranks.isEmpty() || ranks.getLast() != rank) { // they come in order
            ranks.add(rank);
        }
    }

    private void table(Markup out, String heading, Map<String, List<Integer>> rows) {
        out.open("div").with("h4", heading);
        Table table = new Table(out, heading, "id", "what", "findings");
        for (Entry<String, List<Integer>> row : rows.entrySet().stream().limit(MAX_ROWS).toList()) {
            String[] ids = row.getKey().split("\t");
            String last = ids[ids.length - 1];
            table.row()
                    .cell(cell -> cell.with("span", last, "class", "id"))
                    .cell(
                            cell -> {
                                cell.text(knowledge.name(last));
                                if (ids.length > 1) {
                                    cell.open("span", "class", "sub")
                                            .text(ids[0] + " " + knowledge.name(ids[0]))
                                            .close("span");
                                }
                            })
                    .cell(cell -> findings(cell, row.getValue()));
        }
        table.end();
        out.close("div");
    }

    private void findings(Markup cell, List<Integer> ranks) {
        for (int rank : ranks.subList(0, Math.min(MAX_FINDINGS, ranks.size()))) {
            cell.open("span", "class", "sub");
            if (rank < FindingCards.MAX_WHOLE) { // the others may not have a place
                cell.open("a", "href", "#" + FindingCards.anchor(rank));
                cell.strange(matter.findings().get(rank).title(), 60).close("a");
            } else {
                cell.strange(matter.findings().get(rank).title(), 60);
            }
            cell.close("span");
        }
        if (ranks.size() > MAX_FINDINGS) {
            cell.with(
                    "span",
                    Units.count(ranks.size() - MAX_FINDINGS) + " more",
                    "class",
                    "sub quiet");
        }
    }
}
