package io.hark.report;

import io.hark.sensor.Requests.OfKind;
import io.hark.sensor.Requests.Request;
import java.util.Map;
import java.util.Map.Entry;

/// What was asked, where it can be read: by protocol, the most frequent of each.
///
/// @param matter what the page is about
record Requests(Matter matter) implements Part {

    private static final int MAX_ROWS = 12; // of a kind
    private static final int MAX_WHAT = 160;

    @Override
    public String id() {
        return "requests";
    }

    @Override
    public String title() {
        return "Requests";
    }

    @Override
    public String amount() {
        return Units.count(kinds().values().stream().mapToLong(OfKind::size).sum());
    }

    private Map<String, OfKind> kinds() {
        return matter.summary().requests().kinds();
    }

    @Override
    public boolean isThere() {
        return !kinds().isEmpty();
    }

    @Override
    public void write(Markup out) {
        out.with(
                "p",
                "What hosts asked of each other where it can be read, the most frequent of each kind"
                        + " of event; the same words between the same hosts are one.",
                "class",
                "note");
        Table table =
                new Table(
                        out, "Requests", "kind", "what", "#times", "by", "of", "first", "seen in");
        for (Entry<String, OfKind> kind : kinds().entrySet()) {
            for (Request request : kind.getValue().mostFrequent(MAX_ROWS)) {
                table.row()
                        .text(kind.getKey())
                        .cell(cell -> cell.strange(request.what, MAX_WHAT))
                        .number(Units.count(request.count))
                        .cell(cell -> matter.host(cell, request.id.orig_h()))
                        .cell(cell -> matter.host(cell, request.id.resp_h()))
                        .time(matter.when(request.ts))
                        .cell(cell -> cell.with("code", request.uid));
            }
        }
        table.end();
        kinds().forEach((kind, of) -> more(out, kind, of));
    }

    private void more(Markup out, String kind, OfKind of) {
        int left = of.size() - MAX_ROWS;
        if (left > 0) {
            Table.moreBy(
                    out,
                    Units.count(left, "rarer one") + " of " + kind,
                    matter.command("search", "kind:" + kind));
        }
    }
}
