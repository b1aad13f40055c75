package io.hark.cli;

import io.hark.sensor.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;

/// The part of the report on all traffic: who talked to whom, by which services, what files, what
/// was odd.
///
/// @param page where it goes
/// @param summary what was gathered
record Traffic(Page page, Summary summary) {

    private static final int MAX_ROWS = 8;
    private static final int MAX_SERVICES = 3; // named of one pair
    private static final int INDENT = 2;

    void write() {
        pairs();
        tallies("SERVICES", "service", "connections", summary.services());
        tallies("FILES", "type by content", "files", summary.files());
        tallies(
                "ANOMALIES",
                "bytes that broke a protocol; often just broken software",
                "times",
                summary.anomalies());
    }

    private void pairs() {
        Map<Summary.Hosts, Summary.Pair> pairs = summary.pairs();
        if (pairs.isEmpty()) {
            return;
        }
        List<Entry<Summary.Hosts, Summary.Pair>> top =
                pairs.entrySet().stream()
                        .sorted(
                                Comparator.comparingLong(Traffic::bytes)
                                        .reversed()
                                        .thenComparing(e -> e.getKey().orig())
                                        .thenComparing(e -> e.getKey().resp()))
                        .limit(MAX_ROWS)
                        .toList();
        String of = Units.count(pairs.size() + (summary.otherConns() > 0 ? 1 : 0), "pair");
        page.heading(
                "WHO TALKED TO WHOM",
                (pairs.size() > MAX_ROWS ? MAX_ROWS + " of " + of + " with most bytes" : of)
                        + "; up is what the caller sent");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("from", "to", "conns", "up", "down", "services"));
        for (Entry<Summary.Hosts, Summary.Pair> entry : top) {
            Summary.Pair pair = entry.getValue();
            rows.add(
                    List.of(
                            entry.getKey().orig().toString(),
                            Hosts.shown(entry.getKey().resp(), summary.name(entry.getKey().resp())),
                            Units.count(pair.conns),
                            Units.bytes(pair.origBytes),
                            Units.bytes(pair.respBytes),
                            services(pair)));
        }
        page.table(INDENT, rows, List.of(2, 3, 4), 1);
    }

    private static long bytes(Entry<Summary.Hosts, Summary.Pair> entry) {
        return entry.getValue().origBytes + entry.getValue().respBytes;
    }

    private static String services(Summary.Pair pair) {
        String named =
                pair.services.entrySet().stream()
                        .sorted(
                                Entry.<String, Long>comparingByValue()
                                        .reversed()
                                        .thenComparing(Entry.comparingByKey()))
                        .limit(MAX_SERVICES)
                        .map(Entry::getKey)
                        .collect(Collectors.joining(" "));
        return pair.services.size() > MAX_SERVICES ? named + " …" : named;
    }

    private void tallies(
            String heading, String what, String counted, Map<String, Summary.Tally> tallies) {
        if (tallies.isEmpty()) {
            return;
        }
        boolean sized = tallies.values().stream().anyMatch(tally -> tally.bytes > 0);
        List<Entry<String, Summary.Tally>> top =
                tallies.entrySet().stream()
                        .sorted(
                                Comparator.comparingLong(
                                                (Entry<String, Summary.Tally> e) ->
                                                        e.getValue().count)
                                        .reversed()
                                        .thenComparing(Entry.comparingByKey()))
                        .limit(MAX_ROWS)
                        .toList();
        String more = tallies.size() > MAX_ROWS ? MAX_ROWS + " of " + tallies.size() : "";
        page.heading(heading, more);
        List<List<String>> rows = new ArrayList<>();
        rows.add(sized ? List.of(counted, "bytes", what) : List.of(counted, what));
        for (Entry<String, Summary.Tally> entry : top) {
            String count = Units.count(entry.getValue().count);
            rows.add(
                    sized
                            ? List.of(count, Units.bytes(entry.getValue().bytes), entry.getKey())
                            : List.of(count, entry.getKey()));
        }
        page.table(INDENT, rows, sized ? List.of(0, 1) : List.of(0), sized ? 2 : 1);
    }
}
