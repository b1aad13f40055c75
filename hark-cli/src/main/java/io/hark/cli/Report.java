package io.hark.cli;

import static io.hark.cli.Page.Look.CYAN;
import static io.hark.cli.Page.Look.FAINT;
import static io.hark.cli.Page.Look.GREEN;
import static io.hark.cli.Page.Look.PLAIN;
import static io.hark.cli.Page.Look.RED;
import static io.hark.cli.Page.Look.STRONG;
import static io.hark.cli.Page.Look.YELLOW;

import io.hark.event.Finding;
import io.hark.report.Units;
import io.hark.sensor.Outcome;
import io.hark.sensor.Outcome.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What `hark analyze` tells a person about one input: what was captured, how complete it is,
/// findings, conversations, traffic, and what to do next.
final class Report {

    private static final int MAX_BROKEN = 5; // captures of a timeline; case.json has all
    private static final int INDENT = 2;

    private final Terminal terminal;
    private final Outcome outcome;
    private final Page page;

    private Report(Terminal terminal, Outcome outcome) {
        this.terminal = terminal;
        this.outcome = outcome;
        this.page = new Page(terminal.columns(), terminal.isColoured());
    }

    /// All there is to tell.
    static String whole(Terminal terminal, Outcome outcome) {
        Report report = new Report(terminal, outcome);
        report.capture();
        if (isRead(outcome)) {
            new FindingPages(report.page, terminal.command(), outcome).write();
            new Talks(report.page, outcome.summary()).write();
            new HostTable(report.page, outcome.summary()).write();
            new RequestTable(report.page, outcome.summary()).write();
            new LogTable(report.page, outcome.summary().logs()).write();
            new Traffic(report.page, outcome.summary()).write();
            report.next();
        }
        return report.page.append("\n").toString();
    }

    /// A few lines, for one of many inputs.
    static String brief(Terminal terminal, Outcome outcome) {
        Report report = new Report(terminal, outcome);
        report.capture();
        for (Finding finding : sorted(outcome)) {
            report.page.labelled(
                    INDENT,
                    FindingPages.look(finding.severity()),
                    FindingPages.word(finding.severity()) + "  ",
                    PLAIN,
                    finding.title());
        }
        int talks = outcome.summary().talks().size();
        int closed = outcome.summary().closed().size();
        if (talks + closed > 0) {
            report.page.text(
                    INDENT,
                    PLAIN,
                    Units.count(talks, "conversation")
                            + " decoded, "
                            + closed
                            + " waiting for a key");
        }
        if (outcome.out() != null) {
            report.page.whole(INDENT, FAINT, "case: " + outcome.out());
        }
        return report.page.toString();
    }

    private static boolean isRead(Outcome outcome) {
        return outcome.status() == Status.OK || outcome.status() == Status.DAMAGED;
    }

    private static List<Finding> sorted(Outcome outcome) {
        return outcome.summary().assessment().open().stream().sorted(Finding.WORST_FIRST).toList();
    }

    // ---- what was captured, and how much of it

    private void capture() {
        page.whole(0, STRONG, outcome.name());
        if (outcome.inputs().size() > 1) {
            captures();
        }
        switch (outcome.status()) {
            case OK -> {}
            case DAMAGED -> page.labelled(INDENT, YELLOW, "damaged: ", PLAIN, outcome.trouble());
            case UNREADABLE -> page.labelled(INDENT, RED, "unreadable: ", PLAIN, outcome.trouble());
            case FAILED -> page.labelled(INDENT, RED, "failed: ", PLAIN, outcome.trouble());
        }
        if (!isRead(outcome)) {
            return;
        }
        if (counter("log_records") > 0) {
            lines();
        }
        if (counter("packets") == 0) {
            if (counter("log_records") == 0) {
                page.text(INDENT, PLAIN, "no packets");
            }
            return;
        }
        page.text(
                INDENT,
                PLAIN,
                "%s, %s, in %s from %s to %s UTC"
                        .formatted(
                                Units.count(counter("packets"), "packet"),
                                Units.bytes(counter("bytes")),
                                Units.duration(outcome.lastNanos() - outcome.firstNanos()),
                                Units.time(outcome.firstNanos()),
                                Units.until(outcome.firstNanos(), outcome.lastNanos())));
        List<String> faults = faults();
        if (faults.isEmpty()) {
            boolean isWhole = outcome.status() == Status.OK;
            page.text(
                    INDENT,
                    isWhole ? GREEN : PLAIN,
                    (isWhole ? "complete: read to the end" : "as far as it goes")
                            + ", no gaps, no bad checksums");
        } else {
            page.labelled(INDENT, YELLOW, "not complete: ", PLAIN, String.join(", ", faults));
        }
        if (counter("not_ip") > 0) { // no fault: ARP and the like are everywhere
            page.text(
                    INDENT,
                    PLAIN,
                    Units.count(counter("not_ip"), "frame")
                            + " without an IP packet to read: ARP and the like");
        }
    }

    private void lines() {
        page.text(
                INDENT,
                PLAIN,
                "%s of logs from %s to %s UTC"
                        .formatted(
                                Units.count(counter("log_records"), "line"),
                                Units.time(outcome.firstNanos()),
                                Units.until(outcome.firstNanos(), outcome.lastNanos())));
    }

    /// How many captures the timeline has, and which of them ended badly, where several did.
    private void captures() {
        List<Outcome.Seen> broken =
                outcome.inputs().stream().filter(seen -> seen.status() != Status.OK).toList();
        page.text(
                INDENT,
                PLAIN,
                outcome.inputs().size()
                        + (counter("log_records") > 0 ? " inputs" : " captures as one timeline")
                        + (broken.isEmpty() ? "" : ", " + broken.size() + " of them broken:"));
        if (broken.size() > 1) { // a single one is told of below
            for (Outcome.Seen seen : broken.subList(0, Math.min(MAX_BROKEN, broken.size()))) {
                page.labelled(
                        INDENT * 2,
                        seen.status() == Status.DAMAGED ? YELLOW : RED,
                        seen.status().name().toLowerCase(Locale.ROOT) + ": ",
                        PLAIN,
                        seen.path() + ": " + seen.trouble());
            }
        }
    }

    private List<String> faults() {
        List<String> faults = new ArrayList<>(); // each by itself: they overlap, and no sum is true
        fault(faults, "kernel_drops", "packet", "dropped by the kernel");
        fault(faults, "ring_drops", "packet", "dropped by the interface");
        fault(faults, "queue_drops", "packet", "dropped by a full queue");
        long missed = outcome.summary().missedBytes();
        if (missed > 0) {
            faults.add(
                    "%s missing in %s (%s of the payload)"
                            .formatted(
                                    Units.bytes(missed),
                                    Units.count(outcome.summary().incomplete(), "connection"),
                                    Units.share(outcome.captureLoss())));
        }
        fault(
                faults,
                "bad_checksums",
                "packet",
                "not read for a bad checksum (--checksums ignore reads them)");
        fault(faults, "bad_headers", "packet", "with a broken header");
        fault(faults, "duplicates", "frame", "captured twice: counted, read once");
        fault(
                faults,
                "clock_set_back",
                "time",
                "that the clock went back by over a minute: order and durations are in doubt");
        fault(faults, "shed_pieces", "piece", "shed for want of memory");
        fault(
                faults,
                "shed_connections",
                "connection",
                "given up early for want of memory (HARK_OPTS=-Xmx8g gives more)");
        fault(faults, "own_errors", "connection", "that Hark failed on (a bug, please report it)");
        return faults;
    }

    private void fault(List<String> faults, String counter, String noun, String what) {
        long n = counter(counter);
        if (n > 0) {
            faults.add(Units.count(n, noun) + " " + what);
        }
    }

    private long counter(String name) {
        return outcome.counters().getOrDefault(name, 0L);
    }

    // ---- where it was written, and what to do with it

    private void next() {
        NextSteps steps = new NextSteps(terminal.command(), outcome);
        if (outcome.out() == null) {
            page.heading("NEXT", "nothing was written; --out DIR keeps a case");
        } else {
            page.heading("CASE", outcome.out().toString());
            page.text(INDENT, PLAIN, steps.contents());
            page.heading("NEXT", "");
        }
        steps.commands().forEach(command -> page.whole(INDENT, CYAN, command));
    }
}
