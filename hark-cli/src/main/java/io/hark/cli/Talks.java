package io.hark.cli;

import static io.hark.cli.Page.Look.CYAN;
import static io.hark.cli.Page.Look.FAINT;
import static io.hark.cli.Page.Look.PLAIN;
import static io.hark.cli.Page.Look.RED;
import static io.hark.cli.Page.Look.STRONG;
import static io.hark.cli.Page.Look.YELLOW;

import io.hark.Secret;
import io.hark.event.Message;
import io.hark.report.Units;
import io.hark.sensor.Recap;
import io.hark.sensor.Summary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The part of the report on what operator and implant said, and on what they said that no key
/// opened.
///
/// @param page where it goes
/// @param summary what was gathered
record Talks(Page page, Summary summary) {

    private static final int MAX_TALKS = 5; // shown with their first lines
    private static final int MAX_LINES = 6; // of one conversation
    private static final int MAX_CLOSED = 5;
    private static final int INDENT = 2;

    void write() {
        List<Recap.Talk> talks = summary.talks();
        List<Summary.Closed> closed = summary.closed();
        if (talks.isEmpty() && closed.isEmpty()) {
            return;
        }
        page.heading(
                "CONVERSATIONS",
                talks.size()
                        + " decoded"
                        + (closed.isEmpty() ? "" : ", " + closed.size() + " waiting for a key"));
        talks.stream().limit(MAX_TALKS).forEach(this::talk);
        if (talks.size() > MAX_TALKS) {
            page.text(INDENT, FAINT, (talks.size() - MAX_TALKS) + " more");
        }
        Map<String, Integer> waiting = new LinkedHashMap<>();
        closed.forEach(one -> waiting.merge(words(one), 1, Integer::sum));
        waiting.entrySet().stream()
                .limit(MAX_CLOSED)
                .forEach(
                        alike ->
                                page.labelled(
                                        INDENT,
                                        YELLOW,
                                        "not decoded  ",
                                        PLAIN,
                                        (alike.getValue() > 1 ? alike.getValue() + " times " : "")
                                                + alike.getKey()));
        if (waiting.size() > MAX_CLOSED) {
            page.text(INDENT, FAINT, (waiting.size() - MAX_CLOSED) + " more kinds wait for a key");
        }
    }

    private void talk(Recap.Talk talk) {
        Message m = talk.first;
        page.labelled(
                INDENT,
                STRONG,
                m.family() + "  ",
                PLAIN,
                "%s, %s, %s to %s%s, uid %s"
                        .formatted(
                                Hosts.shown(m.id(), Hosts.label(summary.hostName(m.id().resp_h()))),
                                Units.count(talk.messages, "message"),
                                Units.clock(m.ts()),
                                Units.clock(talk.last),
                                m.secret() == null ? "" : ", opened with " + m.secret(),
                                m.uid()));
        if (!m.verified()) {
            page.text(INDENT + 2, FAINT, "no real capture verifies this decoder yet");
        }
        talk.opening.stream().limit(MAX_LINES).forEach(this::line);
        if (talk.messages > MAX_LINES) {
            page.text(INDENT + 2, FAINT, Units.count(talk.messages - MAX_LINES) + " more");
        }
    }

    private void line(Message m) {
        String kind = m.type().equals("shell") ? "" : "[" + m.type() + "] ";
        String said = kind + m.text().strip();
        String label =
                String.format(Locale.ROOT, "%8s> ", m.side().name().toLowerCase(Locale.ROOT));
        Page.Look look =
                switch (m.side()) {
                    case OPERATOR -> RED;
                    case IMPLANT -> CYAN;
                    case UNKNOWN -> PLAIN;
                };
        page.cut(INDENT + 2, look, label, said.isEmpty() ? "(nothing)" : said);
    }

    private String words(Summary.Closed closed) {
        String secrets =
                closed.secrets().stream()
                        .map(Secret.Kind::inWords)
                        .collect(Collectors.joining(" or "));
        return "%s, %s: %s. Needs %s."
                .formatted(
                        Hosts.shown(
                                closed.id(), Hosts.label(summary.hostName(closed.id().resp_h()))),
                        closed.decoder(),
                        closed.why(),
                        secrets);
    }
}
