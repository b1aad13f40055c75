package io.hark.report;

import io.hark.event.Finding;
import io.hark.sensor.Outcome;
import io.hark.sensor.Outcome.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The head of the page: what was captured, when, from where, how complete it is, and in one line
/// what was found.
///
/// @param matter what the page is about
record Overview(Matter matter) {

    private static final int MAX_INPUTS = 12; // captures that are listed; case.json has all
    private static final int MAX_NAME = 120;

    /// One place where something was lost, and how much.
    private record Loss(String amount, String what) {}

    void write(Markup out) {
        Outcome outcome = matter.outcome();
        out.open("header");
        out.open("p", "class", "mast").with("b", "hark").text(" · what was heard").close("p");
        out.open("h1").strange(title(), MAX_NAME).close("h1");
        out.open("p", "class", "lead").text(lead()).close("p");
        if (matter.isRead()) {
            verdict(out);
        }
        out.open("div", "class", "cols");
        inputs(out, outcome);
        completeness(out);
        out.close("div").close("header");
    }

    private String title() {
        Outcome outcome = matter.outcome();
        int more = outcome.inputs().size() - 1;
        return outcome.inputs().isEmpty()
                ? outcome.name()
                : file(outcome.inputs().getFirst())
                        + (more > 0 ? " and " + Units.count(more) + " more" : "");
    }

    private static String file(Outcome.Seen seen) {
        var name = seen.path().getFileName();
        return name == null ? seen.path().toString() : name.toString();
    }

    private String lead() {
        Outcome outcome = matter.outcome();
        if (!matter.isRead()) {
            return "Nothing could be read: " + outcome.trouble();
        }
        long first = outcome.firstNanos();
        long last = outcome.lastNanos();
        if (matter.counter("packets") == 0) {
            return matter.counter("log_records") == 0
                    ? "No packets."
                    : "%s of logs, %s to %s UTC."
                            .formatted(
                                    Units.count(matter.counter("log_records"), "line"),
                                    matter.when(first),
                                    matter.when(last));
        }
        return "%s, %s, over %s: %s, %s to %s UTC."
                .formatted(
                        Units.count(matter.counter("packets"), "packet"),
                        Units.bytes(matter.counter("bytes")),
                        Units.duration(last - first),
                        Units.day(first),
                        Units.clock(first),
                        Units.isOneDay(first, last)
                                ? Units.clock(last)
                                : Units.day(last) + ", " + Units.clock(last));
    }

    private void verdict(Markup out) {
        List<Finding> findings = matter.findings();
        int talks = matter.summary().talks().size();
        int closed = matter.summary().closed().size();
        out.open("p", "class", "verdict");
        if (findings.isEmpty()) {
            out.with("span", "No findings", "class", "quiet");
        } else {
            String worst = findings.getFirst().severity().name().toLowerCase(Locale.ROOT);
            out.open("a", "href", "#findings", "class", "sev " + worst)
                    .text(Units.count(findings.size(), "finding"))
                    .text(findings.size() == 1 ? ", " + worst : ", the worst " + worst)
                    .close("a");
        }
        int suppressed = matter.summary().assessment().suppressed().size();
        if (suppressed > 0) {
            out.text(", ").with("span", Units.count(suppressed) + " suppressed", "class", "quiet");
        }
        out.text(" · ");
        if (talks == 0) {
            out.with("span", "no conversation decoded", "class", "quiet");
        } else {
            out.with(
                    "a", Units.count(talks, "conversation") + " decoded", "href", "#conversations");
        }
        if (closed > 0) {
            out.text(" · ")
                    .with("a", Units.count(closed) + " waiting for a key", "href", "#encrypted");
        }
        out.text(" · ")
                .text(matter.summary().otherConns() > 0 ? "more than " : "")
                .text(Units.count(matter.hosts().hosts().size(), "host"))
                .text(", ")
                .text(Units.count(matter.outcome().kinds().getOrDefault("conn", 0L), "connection"))
                .close("p");
    }

    private void inputs(Markup out, Outcome outcome) {
        out.open("div").with("h2", "Input");
        out.open("ul", "class", "inputs");
        for (Outcome.Seen seen : outcome.inputs().stream().limit(MAX_INPUTS).toList()) {
            out.open("li").open("span", "class", "path");
            out.strange(seen.path().toString(), 240).close("span");
            Long size = seen.size();
            if (size != null) {
                out.text(" · " + Units.bytes(size));
            }
            if (outcome.inputs().size() > 1) {
                out.text(" · " + Units.count(seen.packets(), "packet"));
            }
            if (seen.status() != Status.OK && outcome.inputs().size() > 1) {
                out.open("span", "class", "bad")
                        .text(" · " + seen.status().name().toLowerCase(Locale.ROOT) + ": ")
                        .strange(seen.trouble(), 300)
                        .close("span");
            }
            String digest = seen.sha256();
            if (digest != null) {
                out.open("span", "class", "hash").text("sha256 " + digest).close("span");
            }
            out.close("li");
        }
        int more = outcome.inputs().size() - MAX_INPUTS;
        if (more > 0) {
            out.with("li", Units.count(more) + " more; case.json lists all inputs.");
        }
        out.close("ul").close("div");
    }

    private void completeness(Markup out) {
        if (!matter.isRead()) {
            return;
        }
        List<Loss> losses = losses();
        boolean whole = losses.isEmpty() && matter.outcome().status() == Status.OK;
        out.open("div").with("h2", "How complete");
        out.open("p", "class", whole ? "whole" : "lossy");
        out.text(
                whole
                        ? "Complete: read to the end, no gaps, no bad checksums."
                        : "Not complete. Each line by itself: the places follow one another, and no sum"
                                + " of them is true.");
        out.close("p");
        out.open("dl", "class", "facts");
        if (matter.outcome().status() == Status.DAMAGED && matter.outcome().inputs().size() == 1) {
            out.with("dt", "damaged").open("dd").strange(matter.outcome().trouble(), 300);
            out.close("dd");
        }
        for (Loss loss : losses) {
            out.with("dt", loss.amount).with("dd", loss.what);
        }
        if (matter.counter("not_ip") > 0) {
            out.with("dt", Units.count(matter.counter("not_ip"), "frame"))
                    .with("dd", "without a readable IP packet: ARP and the like; no loss");
        }
        if (!matter.options().wanted().isAll()) {
            out.with("dt", "by choice")
                    .with(
                            "dd",
                            "only these kinds of events: "
                                    + String.join(", ", matter.options().wanted().names()));
        }
        out.close("dl").close("div");
    }

    private List<Loss> losses() {
        List<Loss> losses = new ArrayList<>();
        loss(losses, "kernel_drops", "packet", "dropped by the kernel before the capture");
        loss(losses, "ring_drops", "packet", "dropped by the interface");
        loss(losses, "queue_drops", "packet", "dropped by a full queue of Hark");
        long missed = matter.summary().missedBytes();
        if (missed > 0) {
            losses.add(
                    new Loss(
                            Units.bytes(missed),
                            "of payload missing in %s: %s of all"
                                    .formatted(
                                            Units.count(
                                                    matter.summary().incomplete(), "connection"),
                                            Units.share(matter.outcome().captureLoss()))));
        }
        long gaps = matter.counter("ack_gaps");
        if (gaps > 0) {
            losses.add(
                    new Loss(
                            Units.count(gaps, "gap"),
                            "acknowledged by the receiver, never seen here: lost on the way to the"
                                    + " capture"));
        }
        loss(losses, "bad_checksums", "packet", "not read for a bad checksum");
        loss(losses, "bad_headers", "packet", "with a broken header");
        loss(losses, "duplicates", "frame", "captured twice: counted, read once");
        loss(
                losses,
                "clock_set_back",
                "time",
                "that the clock went back by over a minute: order and durations are in doubt");
        loss(losses, "shed_pieces", "piece", "shed for want of memory");
        loss(losses, "shed_connections", "connection", "given up early for want of memory");
        loss(losses, "own_errors", "connection", "that Hark failed on: a bug, please report it");
        return losses;
    }

    private void loss(List<Loss> losses, String counter, String noun, String what) {
        long n = matter.counter(counter);
        if (n > 0) {
            losses.add(new Loss(Units.count(n, noun), what));
        }
    }
}
