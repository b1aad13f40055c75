package io.hark.cli;

import io.hark.Detector;
import io.hark.Key;
import io.hark.UserError;
import io.hark.engagement.Engaged;
import io.hark.engagement.EngagementFile;
import io.hark.engagement.Suppressions;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding;
import io.hark.event.OfConnection;
import io.hark.intel.Informed;
import io.hark.intel.IntelFile;
import io.hark.lake.JsonLine;
import io.hark.lake.Query;
import io.hark.report.Units;
import io.hark.schema.Addr;
import io.hark.schema.Kind;
import io.hark.schema.Stored;
import io.hark.sensor.Analysis;
import io.hark.sensor.KeyedRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark explain`: the numbers behind what fired and what did not.
@Command(
        name = "explain",
        header =
                "Tells the numbers behind what a detector said of a host, and what it did not say.",
        description = {
            "Runs the detector again over the stored events of the host and shows what it makes of each pair: its numbers"
                    + " beside what they would have to be. 'hark list detectors' names the detectors."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark explain case --incident 1ae3d3",
            "  hark explain case --detector beacons --host 10.0.0.5",
            "  hark explain case --detector beacons --host 10.0.0.5 --peer 203.0.113.7"
        })
final class ExplainCommand implements Callable<Integer> {

    private static final int MAX_SHOWN = 10; // pairs on a terminal
    private static final int MAX_EVENTS = 500_000; // of one host: some 500 MB at most
    private static final String NEEDED = "_needed";
    private static final int INDENT = 2;

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "A case.")
    private Path dir = Path.of("");

    @Option(names = "--detector", paramLabel = "NAME", description = "The detector.")
    private String detector = "";

    @Option(names = "--host", paramLabel = "A", description = "The address it is about.")
    private String host = "";

    @Option(
            names = "--incident",
            paramLabel = "ID",
            description =
                    "Instead of a detector and a host: an incident, and why each finding belongs to it.")
    private @Nullable String incident;

    @Option(
            names = "--suppressions",
            paramLabel = "FILE",
            description = "With --incident: findings to leave out.")
    private @Nullable Path suppressions;

    @Option(names = "--peer", paramLabel = "B", description = "Only with this address.")
    private @Nullable String peer;

    @Option(
            names = "--engagement",
            paramLabel = "FILE",
            description = "The declared environment that the case was analysed with.")
    private @Nullable Path engagement;

    @Option(
            names = "--intel",
            paramLabel = "FILE",
            description = "The indicators that the case was analysed with.")
    private List<Path> intel = List.of();

    @Option(names = "--json", description = "JSON even on a terminal: one line a pair.")
    private boolean json;

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// What the detector holds of one key.
    private record Held(Key key, List<Fact> facts, List<Finding> findings) {

        double score() {
            return facts.stream()
                    .filter(fact -> fact.name().equals("score"))
                    .map(Fact::number)
                    .mapToDouble(number -> number == null ? 0 : number)
                    .findFirst()
                    .orElse(0);
        }
    }

    @Override
    public Integer call() {
        if (incident != null) {
            Suppressions known =
                    suppressions == null ? Suppressions.NONE : Suppressions.read(suppressions);
            boolean asJson = json || !terminal.isOutShown();
            terminal.out().print(IncidentPage.told(terminal, dir, incident, known, asJson));
            terminal.out().flush();
            return Main.DONE;
        }
        if (detector.isEmpty() || host.isEmpty()) {
            throw new UserError(
                    "explain takes --detector NAME and --host A, or --incident ID of incidents.jsonl");
        }
        Addr about = addr("--host", host);
        Addr with = peer == null ? null : addr("--peer", peer);
        List<Held> held = explain(detector(), about, with);
        if (held.isEmpty()) {
            throw new UserError(
                    detector
                            + " took no notice of "
                            + about
                            + (with == null ? "" : " and " + with)
                            + ": "
                            + dir
                            + " has no events of them that it looks at");
        }
        if (json || !terminal.isOutShown()) {
            held.forEach(one -> terminal.out().println(json(one)));
        } else {
            Page page = new Page(terminal.columns(), terminal.isColoured());
            held.stream().limit(MAX_SHOWN).forEach(one -> show(page, one));
            if (held.size() > MAX_SHOWN) {
                page.heading(
                        "",
                        (held.size() - MAX_SHOWN)
                                + " more pairs with lower scores; --peer B takes one");
            }
            terminal.out().print(page);
        }
        terminal.out().flush();
        return Main.DONE;
    }

    private static Addr addr(String option, String text) {
        Addr addr = Addr.parse(text);
        if (addr == null) {
            throw new UserError(option + " takes an address, not '" + text + "'");
        }
        return addr;
    }

    private Detector<?> detector() {
        List<String> names = new ArrayList<>();
        for (Detector<?> one : Analysis.all(Detector.class)) {
            names.add(one.name());
            if (one.name().equals(detector)) {
                Detector<?> told = Informed.by(IntelFile.read(intel), one);
                return engagement == null
                        ? told
                        : Engaged.in(EngagementFile.read(engagement), told);
            }
        }
        throw new UserError(
                "this build has no detector '"
                        + detector
                        + "'; it has "
                        + String.join(", ", names));
    }

    private <S extends Stored> List<Held> explain(Detector<S> of, Addr about, @Nullable Addr with) {
        List<Event> events = events(of, about);
        Set<Key> wanted = new HashSet<>();
        for (Event event : events) {
            if (with == null || isBetween(event, about, with)) {
                of.keys(event, (a, b, port, name) -> wanted.add(new Key(a, b, port, name)));
            }
        }
        List<Finding> findings = new ArrayList<>();
        KeyedRunner<Event, S, Finding> runner =
                KeyedRunner.of(of, KeyedRunner.Limits.OFFLINE, findings::add);
        events.forEach(runner::add);
        if (!events.isEmpty()) {
            runner.advance(events.getLast().seen() + 1);
        }
        Map<Key, List<Fact>> facts = new LinkedHashMap<>();
        runner.forEachState(
                (key, state) -> {
                    if (wanted.contains(key)) {
                        facts.put(key, of.explain(key, state));
                    }
                });
        runner.end();
        for (Key key : wanted) { // of what fell silent long ago the findings are left
            List<Finding> words = said(of, key, findings);
            if (!facts.containsKey(key) && !words.isEmpty()) {
                facts.put(key, words.getLast().evidence());
            }
        }
        List<Held> held = new ArrayList<>();
        facts.forEach((key, numbers) -> held.add(new Held(key, numbers, said(of, key, findings))));
        held.sort(Comparator.comparingDouble(Held::score).reversed().thenComparing(Held::key));
        return held;
    }

    private static List<Finding> said(Detector<?> of, Key key, List<Finding> findings) {
        String id = key.idFor(of.name());
        return findings.stream().filter(finding -> finding.id().equals(id)).toList();
    }

    private List<Event> events(Detector<?> of, Addr about) {
        List<Event> events = new ArrayList<>();
        try (Query query = Query.open(dir)) {
            query.troubles().forEach(terminal::complain);
            of.watches().stream()
                    .map(Kind::of)
                    .sorted(Comparator.comparing(Kind::name))
                    .forEach(kind -> events.addAll(events(query, kind, about)));
        }
        if (events.size() >= MAX_EVENTS) {
            throw new UserError(
                    about
                            + " has more than "
                            + Units.count(MAX_EVENTS)
                            + " events: too many to explain");
        }
        events.sort(Comparator.comparingLong(Event::seen));
        return events;
    }

    private static <E extends Event> List<E> events(Query query, Kind<E> kind, Addr about) {
        String text = about.toString();
        if (kind.column("id.orig_h") < 0) {
            return query.events(kind, "true", MAX_EVENTS);
        }
        return query.events(
                kind, "e.\"id.orig_h\" = ? OR e.\"id.resp_h\" = ?", MAX_EVENTS, text, text);
    }

    private static boolean isBetween(Event event, Addr one, Addr other) {
        if (!(event instanceof OfConnection connection)) {
            return true;
        }
        Endpoints id = connection.id();
        return id.orig_h().equals(one) && id.resp_h().equals(other)
                || id.orig_h().equals(other) && id.resp_h().equals(one);
    }

    // ---- what is shown

    private static String title(Key key) {
        if (key.host().equals(Key.NOBODY) && key.peer().equals(Key.NOBODY)) {
            return key.name();
        }
        String to = key.peer().equals(Key.NOBODY) ? key.name() : key.peer().toString();
        String rest = key.peer().equals(Key.NOBODY) ? "" : " " + key.name();
        return key.host() + " → " + to + (key.port() == 0 ? "" : " port " + key.port()) + rest;
    }

    private void show(Page page, Held one) {
        boolean fired = !one.findings.isEmpty();
        page.heading(
                title(one.key),
                fired
                        ? "fired: "
                                + one.findings.getLast().severity().name().toLowerCase(Locale.ROOT)
                        : "did not fire");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("number", "is", "needs"));
        for (Fact fact : one.facts) {
            Double number = fact.number();
            if (number != null && !fact.name().endsWith(NEEDED)) {
                rows.add(List.of(fact.name(), shown(number), needed(one, fact.name())));
            }
        }
        for (Fact fact : one.facts) {
            String text = fact.text();
            if (text != null && !text.isEmpty()) {
                page.labelled(INDENT, Page.Look.FAINT, fact.name() + "  ", Page.Look.PLAIN, text);
            }
        }
        page.table(INDENT, rows, List.of(1, 2), 0);
    }

    private static String needed(Held one, String name) {
        for (Fact fact : one.facts) {
            Double number = fact.number();
            if (number != null && fact.name().equals(name + NEEDED)) {
                return "≥ " + shown(number);
            }
        }
        return "";
    }

    private static String shown(double number) {
        return number == Math.rint(number)
                ? Units.count((long) number)
                : String.format(Locale.ROOT, "%.4g", number);
    }

    private static String json(Held one) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        if (!one.key.host().equals(Key.NOBODY)) {
            all.put("host", one.key.host().toString());
        }
        if (!one.key.peer().equals(Key.NOBODY)) {
            all.put("peer", one.key.peer().toString());
        }
        all.put("port", one.key.port());
        all.put("name", one.key.name());
        all.put("fired", !one.findings.isEmpty());
        Map<String, @Nullable Object> numbers = new LinkedHashMap<>();
        one.facts.forEach(
                fact ->
                        numbers.put(
                                fact.name(), fact.number() == null ? fact.text() : fact.number()));
        all.put("facts", numbers);
        return JsonLine.of(all);
    }
}
