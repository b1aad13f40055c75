package io.hark.cli;

import io.hark.bytes.TextBuffer;
import io.hark.bytes.Visible;
import io.hark.event.Message;
import io.hark.lines.LogTally;
import io.hark.sensor.HostName;
import io.hark.sensor.IncidentJson;
import io.hark.sensor.Outcome;
import io.hark.sensor.Recap;
import io.hark.sensor.Requests.Request;
import io.hark.sensor.Summary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What `hark analyze` tells a program about one input: one line of JSON.
///
/// *Shape*: `input`, `status`, `trouble`, of several `inputs` [{path, status, trouble, packets}],
/// `case`, `first`, `last`, `capture_loss`, `deterministic`, `counters` {name: n}, `events` {kind:
/// n}, `services`, `files`, `anomalies`, `tunnels` and `encrypted` {name: n}, `hosts` [{host, name,
/// name_source, called, was_called, sent, took, serves, asks, flagged}] and `pairs` [{orig_h,
/// resp_h, resp_name, conns, empty, orig_bytes, resp_bytes, services}], 1,000 of each at most, of
/// logs `logs` {log: lines} and `unread_lines` [{shape, lines}], 100 at most, `requests` [{kind,
/// orig_h, resp_h, what, times, first, uid}], 100 of a kind at most, `incidents` [as in
/// incidents.jsonl], `findings` [as in findings.jsonl], `conversations` [{family, decoder,
/// conversation, orig_h, resp_h, resp_p, messages, first, last}], `undecoded` [{decoder, orig_h,
/// resp_h, resp_p, secrets, why}]. Times are epoch seconds. Absent things are missing.
final class OutcomeJson {

    private static final int MAX_REQUESTS = 100; // of a kind
    private static final int MAX_HOSTS = 1_000; // the busiest; the case has all

    private final TextBuffer out = new TextBuffer(1 << 12);
    private boolean begun;

    private OutcomeJson() {}

    /// The line, without its end.
    static String line(Outcome outcome) {
        OutcomeJson json = new OutcomeJson();
        json.write(outcome);
        return Visible.json(json.out.toString());
    }

    private void write(Outcome outcome) {
        out.put('{');
        text("input", outcome.name());
        text("status", word(outcome.status()));
        if (!outcome.trouble().isEmpty()) {
            text("trouble", outcome.trouble());
        }
        if (outcome.inputs().size() > 1) {
            list("inputs", outcome.inputs(), this::input);
        }
        Path dir = outcome.out();
        if (dir != null) {
            text("case", dir.toString());
        }
        if (outcome.lastNanos() != 0) {
            name("first").seconds(outcome.firstNanos());
            name("last").seconds(outcome.lastNanos());
        }
        name("seconds").real(outcome.seconds());
        name("capture_loss").real(outcome.captureLoss());
        name("deterministic").put(outcome.deterministic() ? "true" : "false");
        Summary summary = outcome.summary();
        counts("counters", outcome.counters());
        counts("events", outcome.kinds());
        tallies("services", summary.services());
        tallies("files", summary.files());
        tallies("anomalies", summary.anomalies());
        tallies("tunnels", summary.tunnels());
        tallies("encrypted", summary.encrypted());
        list("hosts", HostTable.top(summary, MAX_HOSTS), host -> host(host, summary));
        list("pairs", Traffic.top(summary, MAX_HOSTS), pair -> pair(pair, summary));
        if (!summary.logs().datasets().isEmpty()) {
            Map<String, Long> lines = new TreeMap<>();
            summary.logs().datasets().forEach(one -> lines.put(one.name, one.lines));
            counts("logs", lines);
            list("unread_lines", summary.logs().unread(MAX_REQUESTS), this::unread);
        }
        list("requests", requests(summary), this::request);
        list(
                "incidents",
                summary.assessment().incidents(),
                incident -> out.put(IncidentJson.line(incident, summary::name)));
        list("findings", summary.findings(), f -> out.put(summary.assessment().line(f)));
        list("conversations", summary.talks(), this::talk);
        list("undecoded", summary.closed(), this::closed);
        out.put('}');
    }

    private void host(HostTable.Host host, Summary summary) {
        HostName known = summary.hostName(host.addr);
        object(
                () -> {
                    text("host", host.addr.toString());
                    if (known != null) {
                        text("name", known.text());
                        text("name_source", known.source());
                    }
                    name("called").number(host.called);
                    name("was_called").number(host.wasCalled);
                    name("sent").number(host.sent);
                    name("took").number(host.took);
                    list("serves", List.copyOf(host.serves), out::json);
                    list("asks", List.copyOf(host.asks), out::json);
                    name("flagged").put(host.isFlagged ? "true" : "false");
                });
    }

    private void pair(Map.Entry<Summary.Hosts, Summary.Pair> entry, Summary summary) {
        Summary.Pair pair = entry.getValue();
        String known = summary.name(entry.getKey().resp());
        object(
                () -> {
                    text("orig_h", entry.getKey().orig().toString());
                    text("resp_h", entry.getKey().resp().toString());
                    if (known != null) {
                        text("resp_name", known);
                    }
                    name("conns").number(pair.conns);
                    name("empty").number(pair.empty);
                    name("orig_bytes").number(pair.origBytes);
                    name("resp_bytes").number(pair.respBytes);
                    counts("services", new TreeMap<>(pair.services));
                });
    }

    /// A request and its kind.
    private record Asked(String kind, Request request) {}

    private static List<Asked> requests(Summary summary) {
        List<Asked> all = new ArrayList<>();
        summary.requests()
                .kinds()
                .forEach(
                        (kind, of) ->
                                of.mostFrequent(MAX_REQUESTS)
                                        .forEach(request -> all.add(new Asked(kind, request))));
        return all;
    }

    private void request(Asked asked) {
        object(
                () -> {
                    text("kind", asked.kind());
                    text("orig_h", asked.request().id.orig_h().toString());
                    text("resp_h", asked.request().id.resp_h().toString());
                    text("what", asked.request().what);
                    name("times").number(asked.request().count);
                    name("first").seconds(asked.request().ts);
                    text("uid", asked.request().uid);
                });
    }

    private void unread(LogTally.Unread one) {
        object(
                () -> {
                    text("shape", one.shape());
                    name("lines").number(one.lines());
                });
    }

    private void input(Outcome.Seen input) {
        object(
                () -> {
                    text("path", input.path().toString());
                    text("status", word(input.status()));
                    if (!input.trouble().isEmpty()) {
                        text("trouble", input.trouble());
                    }
                    name("packets").number(input.packets());
                });
    }

    private void talk(Recap.Talk talk) {
        Message m = talk.first;
        object(
                () -> {
                    text("family", m.family());
                    text("decoder", m.decoder());
                    text("conversation", m.conversation());
                    text("orig_h", m.id().orig_h().toString());
                    text("resp_h", m.id().resp_h().toString());
                    name("resp_p").number(m.id().resp_p());
                    name("messages").number(talk.messages);
                    name("first").seconds(m.ts());
                    name("last").seconds(talk.last);
                });
    }

    private void closed(Summary.Closed closed) {
        object(
                () -> {
                    text("decoder", closed.decoder());
                    text("orig_h", closed.id().orig_h().toString());
                    text("resp_h", closed.id().resp_h().toString());
                    name("resp_p").number(closed.id().resp_p());
                    list("secrets", closed.secrets(), secret -> out.json(word(secret)));
                    text("why", closed.why());
                });
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void counts(String name, Map<String, Long> counts) {
        name(name);
        object(() -> counts.forEach((word, n) -> name(word).number(n)));
    }

    private void tallies(String name, Map<String, Summary.Tally> tallies) {
        name(name);
        object(() -> tallies.forEach((word, tally) -> name(word).number(tally.count)));
    }

    private void object(Runnable members) {
        boolean outer = begun;
        begun = false;
        out.put('{');
        members.run();
        out.put('}');
        begun = outer;
    }

    private <T> void list(String name, List<T> items, Consumer<T> write) {
        name(name).put('[');
        for (Iterator<T> all = items.iterator(); all.hasNext(); ) {
            write.accept(all.next());
            out.put(all.hasNext() ? "," : "");
        }
        out.put(']');
    }

    private void text(String name, String value) {
        name(name).json(value);
    }

    private TextBuffer name(String name) {
        out.put(begun ? "," : "");
        begun = true;
        return out.json(name).put(':');
    }
}
