package io.hark.cli;

import io.hark.event.FileSeen;
import io.hark.event.Side;
import io.hark.report.Knocks;
import io.hark.report.Top;
import io.hark.report.Units;
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
    private static final int MAX_KNOCKING = 3; // callers without a word
    private static final int MAX_SERVICES = 3; // named of one pair
    private static final int INDENT = 2;

    void write() {
        pairs();
        tallies("SERVICES", "service", "connections", summary.services());
        tallies("FILES", "type by content", "files", summary.files());
        notable();
        tallies("TUNNELS", "around them", "connections", summary.tunnels());
        encrypted();
        tallies(
                "ANOMALIES",
                "what broke a protocol; often broken software",
                "times",
                summary.anomalies());
    }

    private void notable() {
        List<FileSeen> files =
                summary.notableFiles().stream()
                        .sorted(Comparator.comparing(file -> !isProgram(file))) // stable
                        .toList();
        if (files.isEmpty()) {
            return;
        }
        page.text(
                INDENT,
                Page.Look.FAINT,
                files.size() > MAX_ROWS
                        ? MAX_ROWS + " that have a name or are no text, programs first:"
                        : "those that have a name or are no text:");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("when", "from", "bytes", "type", "name", "uid"));
        for (FileSeen file : files.subList(0, Math.min(MAX_ROWS, files.size()))) {
            Side from = file.is_orig() ? Side.ORIGINATOR : Side.RESPONDER;
            String type = file.mime_type();
            String name = file.filename();
            rows.add(
                    List.of(
                            Units.clock(file.ts()),
                            file.id().host(from).toString(),
                            Units.bytes(file.seen_bytes()),
                            type == null ? "" : type,
                            name == null ? "" : name,
                            file.uid()));
        }
        page.table(INDENT, rows, List.of(2), 4, 3);
    }

    private static boolean isProgram(FileSeen file) {
        String type = file.mime_type();
        return type != null && (type.contains("exec") || type.contains("script"));
    }

    private void encrypted() {
        if (summary.encrypted().isEmpty()) {
            return;
        }
        page.heading("ENCRYPTED", "what would open it (--keys)");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("handshakes", "as", "opened by"));
        summary.encrypted()
                .forEach(
                        (as, tally) ->
                                rows.add(
                                        List.of(
                                                Units.count(tally.count),
                                                as,
                                                as.contains("RSA key exchange")
                                                        ? "the server's RSA key, or a key log"
                                                        : "a key log of TLS (SSLKEYLOGFILE)")));
        page.table(INDENT, rows, List.of(0), 2);
    }

    private void pairs() {
        Map<Summary.Hosts, Summary.Pair> pairs = summary.pairs();
        if (pairs.isEmpty()) {
            return;
        }
        List<Entry<Summary.Hosts, Summary.Pair>> top = top(summary, MAX_ROWS);
        String of = Units.count(pairs.size() + (summary.otherConns() > 0 ? 1 : 0), "pair");
        page.heading(
                "WHO TALKED TO WHOM",
                (pairs.size() > MAX_ROWS ? MAX_ROWS + " of " + of + " with most bytes" : of)
                        + "; up is what the caller sent");
        Knocks.of(summary, MAX_KNOCKING)
                .forEach(knocks -> page.text(INDENT, Page.Look.PLAIN, knocks.line()));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("from", "to", "conns", "up", "down", "services"));
        for (Entry<Summary.Hosts, Summary.Pair> entry : top) {
            Summary.Pair pair = entry.getValue();
            rows.add(
                    List.of(
                            entry.getKey().orig().toString(),
                            Hosts.shown(
                                    entry.getKey().resp(),
                                    Hosts.label(summary.hostName(entry.getKey().resp()))),
                            Units.count(pair.conns),
                            Units.bytes(pair.origBytes),
                            Units.bytes(pair.respBytes),
                            services(pair)));
        }
        page.table(INDENT, rows, List.of(2, 3, 4), 5, 1);
    }

    /// The pairs with most bytes.
    static List<Entry<Summary.Hosts, Summary.Pair>> top(Summary summary, int most) {
        return Top.of(
                summary.pairs().entrySet(),
                Comparator.comparingLong((Entry<Summary.Hosts, Summary.Pair> e) -> -bytes(e))
                        .thenComparing(e -> e.getKey().orig())
                        .thenComparing(e -> e.getKey().resp()),
                most);
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
