package io.hark.cli;

import io.hark.report.Units;
import io.hark.sensor.Requests.OfKind;
import io.hark.sensor.Requests.Request;
import io.hark.sensor.Summary;
import io.hark.sensor.Summary.Hosts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.stream.Collectors;

/// The part of the report on what was asked, where it can be read: the most frequent requests of
/// each kind of event, so that no kind hides another.
///
/// @param page where it goes
/// @param summary what was gathered
record RequestTable(Page page, Summary summary) {

    private static final int MAX_ROWS = 24; // about a screen
    private static final int MAX_A_KIND = 12;
    private static final int MIN_A_KIND = 2; // where there are many kinds
    private static final int SHORT = 33; // characters that the table shows on a narrow terminal
    private static final int MAX_WHOLE = 4; // shown again, as long as they are
    private static final int MAX_TEXT = 400; // characters of such a one
    private static final int INDENT = 2;

    void write() {
        Map<String, OfKind> kinds = summary.requests().kinds();
        if (kinds.isEmpty()) {
            return;
        }
        int each = each(kinds);
        page.heading("REQUESTS", "what was asked where it can be read, the most frequent of each");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("times", "kind", "who asked", "whom", "what"));
        Set<Hosts> found = found();
        Set<String> whole = new LinkedHashSet<>();
        List<String> more = new ArrayList<>();
        for (Entry<String, OfKind> kind : kinds.entrySet()) {
            OfKind of = kind.getValue();
            for (Request request : of.mostFrequent(each)) {
                rows.add(
                        List.of(
                                Units.count(request.count),
                                kind.getKey(),
                                request.id.orig_h().toString(),
                                request.id.resp_h().toString(),
                                request.what));
                if (request.what.length() > SHORT && found.contains(of(request))) {
                    whole.add(request.what);
                }
            }
            if (of.size() > each) {
                more.add(Units.count(of.size() - each) + " of " + kind.getKey());
            }
        }
        page.table(INDENT, rows, List.of(0), 4);
        whole.stream()
                .limit(MAX_WHOLE)
                .forEach(
                        what ->
                                page.labelled(
                                        INDENT,
                                        Page.Look.FAINT,
                                        "whole  ",
                                        Page.Look.PLAIN,
                                        cut(what)));
        if (!more.isEmpty()) {
            page.text(INDENT, Page.Look.FAINT, "and " + String.join(", ", more));
        }
    }

    /// The hosts that a finding is about: what one asked the other may be what it rests on.
    private Set<Hosts> found() {
        return summary.assessment().open().stream()
                .map(finding -> new Hosts(finding.orig_h(), finding.resp_h()))
                .collect(Collectors.toSet());
    }

    private static Hosts of(Request request) {
        return new Hosts(request.id.orig_h(), request.id.resp_h());
    }

    private static String cut(String what) {
        return what.length() <= MAX_TEXT ? what : what.substring(0, MAX_TEXT) + "…";
    }

    /// As many of each as fit: what the kinds with few leave, those with many take.
    private static int each(Map<String, OfKind> kinds) {
        int each = MIN_A_KIND;
        while (each < MAX_A_KIND && rows(kinds, each + 1) <= MAX_ROWS) {
            each++;
        }
        return each;
    }

    private static int rows(Map<String, OfKind> kinds, int each) {
        return kinds.values().stream().mapToInt(of -> Math.min(each, of.size())).sum();
    }
}
