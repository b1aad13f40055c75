package io.hark.collect;

import io.hark.carry.Carried;
import io.hark.config.CollectConfig;
import io.hark.config.Listener;
import io.hark.event.Conn;
import io.hark.event.Event;
import io.hark.event.LogEvent;
import io.hark.event.OfConnection;
import io.hark.event.SourceHealth;
import io.hark.lines.LogInput;
import io.hark.lines.LogSource;
import io.hark.lines.LogZones;
import io.hark.sensor.Lake;
import io.hark.sensor.Shipment;
import io.hark.wire.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Brings what is in the journal into the lake: reads it, in order, and commits.
///
/// *Thread*: one owner.
final class Filling {

    /// How often is told how a source fares.
    private static final Duration TELL_EVERY = Duration.ofMinutes(5);

    private static final int MAX_LOG_SOURCES = 1 << 14; // as many as are told apart
    private static final long PASS_NANOS = 100_000_000L; // the steps that time is told in
    private static final int COMMITS = 8; // a full journal is in the lake after so many at most
    private static final String UNREAD = "unknown"; // the module of lines that nobody reads

    private final Path dir;
    private final Intake intake;
    private final JournalReader reader;
    private final Lake lake;
    private final LogInput logs;
    private final Exports exports = new Exports(this::said);
    private final Marks marks = new Marks();
    private final Joining joining = new Joining();
    private final Twins twins = new Twins();
    private final Map<SourceName, LogSource> logSources =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<SourceName, LogSource> eldest) {
                    return size() > MAX_LOG_SOURCES;
                }
            };
    private final Map<SourceName, Long> linesBefore = new HashMap<>();
    private final Map<String, Listener> listeners = new HashMap<>();
    private final Duration silence;
    private final long budget;
    private long octets; // of pieces since the last commit
    private long passed; // what the lake was told
    private long lastRead; // when the last piece came
    private long records; // of the piece at hand
    private long unread;
    private long skew;
    private boolean isTimed;
    private boolean isUncommitted; // whether anything was read or told since the last commit
    private long committedAt;
    private long piecesUnread;

    /// @param dir the collector's folder
    /// @param from the last commit
    Filling(Path dir, Intake intake, Lake lake, CollectConfig config, Commit from) {
        this.dir = dir;
        this.intake = intake;
        this.lake = lake;
        this.reader = intake.journal().reader(from.read());
        this.silence = config.silence();
        this.budget = config.journal();
        this.logs = new LogInput(LogInput.parsers(), LogZones.UTC, lake.logs());
        config.listeners().forEach(listener -> listeners.put(listener.name(), listener));
        from.marks().forEach(marks::put);
        joining.restore(from.waiting());
        for (Source.State state : from.sources()) {
            SourceName name = new SourceName(state.receiver(), state.source());
            intake.sources().of(name).resume(state);
            linesBefore.put(name, state.lines());
        }
    }

    /// Reads the next piece; answers whether there was one.
    boolean next() throws IOException {
        Taken taken = reader.next();
        if (taken == null) {
            return false;
        }
        lastRead = taken.nanos();
        isUncommitted = true;
        records = 0;
        unread = 0;
        isTimed = false;
        Source source = intake.sources().of(taken.sender());
        source.heard(taken.nanos(), taken.payload().length, intake.now());
        try {
            read(taken);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        source.records(records, unread);
        if (isTimed) {
            source.skew(skew);
        }
        marks.put(taken);
        octets += taken.payload().length;
        passed(taken.nanos());
        return true;
    }

    private void read(Taken taken) {
        switch (taken.form()) {
            case Taken.MESSAGES -> {
                LogSource source = logSource(taken);
                Messages.forEach(
                        taken.payload(),
                        (octets, from, length) ->
                                logs.read(octets, from, length, source, this::line));
            }
            case Taken.LINES -> {
                Input input = Input.of(taken.source(), taken.payload());
                logs.read(input, logSource(taken), this::line);
            }
            case Taken.EXPORT -> {
                boolean isKnown = exports.read(taken.source(), taken.payload(), taken.nanos());
                records += isKnown ? 0 : 1;
                unread += isKnown ? 0 : 1;
            }
            case Taken.SHIPMENT -> shipment(taken);
            default -> piecesUnread++; // a later Hark's
        }
    }

    private void shipment(Taken taken) {
        Shipment shipment = Sensors.shipmentIn(taken.payload());
        if (shipment == null) {
            piecesUnread++;
            return;
        }
        Source source = intake.sources().of(taken.sender());
        Marks.Mark before = marks.get(taken.receiver(), taken.stream());
        long missing = taken.mark() - shipment.rows().size() - (before == null ? 0 : before.mark());
        source.shed(Math.max(0, missing));
        isTimed = true;
        skew = taken.nanos() - Sensors.clockIn(taken.payload());
        int strange =
                shipment.forEach(
                        taken.nanos(), event -> told(event, taken), piece -> carried(piece, taken));
        records += strange;
        unread += strange;
    }

    private void told(Event event, Taken taken) {
        records++;
        if (event instanceof Conn conn) {
            joining.add(conn, taken.source(), skew, taken.nanos(), this::joined);
        } else if (!(event instanceof OfConnection of)
                || twins.isNew(of, taken.source(), taken.nanos())) {
            retold(event);
        }
    }

    /// Its own time is over: it is seen now.
    private void joined(Conn conn) {
        retold(conn.observed(Math.max(passed, conn.seen()), conn.observed_by(), conn.other_uids()));
    }

    private void retold(Event event) {
        try {
            lake.retold(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void carried(Carried piece, Taken taken) {
        records++;
        if (twins.isNew(piece, taken.source(), taken.nanos())) {
            lake.carried(piece);
        }
    }

    private LogSource logSource(Taken taken) {
        return logSources.computeIfAbsent(taken.sender(), this::logSource).received(taken.nanos());
    }

    private LogSource logSource(SourceName name) {
        Listener listener = listeners.get(name.receiver());
        LogZones zones = listener == null ? LogZones.UTC : new LogZones(listener.zone(), Map.of());
        return new LogSource(name.toString(), zones).after(linesBefore.getOrDefault(name, 0L));
    }

    private void line(LogEvent event) {
        unread += event.module().equals(UNREAD) ? 1 : 0;
        isTimed = true;
        skew = event.seen() - event.ts();
        said(event);
    }

    private void said(Event event) {
        records++;
        try {
            lake.said(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Nothing has come for a moment: time goes by all the same.
    void idle() throws IOException {
        passed(intake.now());
    }

    private void passed(long nanos) throws IOException {
        if (nanos < passed || nanos - passed >= PASS_NANOS) {
            passed = nanos;
            try {
                joining.passed(nanos, this::joined);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            lake.passed(nanos);
        }
    }

    /// Whether so much was read since the last commit that the journal's room is needed.
    boolean isMuch() {
        return octets > budget / COMMITS;
    }

    /// How far the journal is read.
    Position position() {
        return reader.position();
    }

    /// Tells how sources fare, where it is time.
    void tellHealth() throws IOException {
        long now = intake.now();
        for (Source source : intake.sources().all()) {
            Listener listener = listeners.get(source.name.receiver());
            Duration own = listener == null ? null : listener.silence();
            SourceHealth health = source.tell(now, TELL_EVERY, own == null ? silence : own);
            if (health != null) {
                isUncommitted = true;
                lake.said(health);
            }
        }
    }

    /// Nothing more is read in this process.
    void end() throws IOException {
        try {
            joining.end(this::joined);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        lake.endConversations();
        isUncommitted = true;
    }

    /// Stores for good what was read, if there is anything.
    void commit() throws IOException {
        if (!isUncommitted) {
            return;
        }
        long batch = lake.batch();
        byte[] known = lake.roll();
        Position read = reader.position();
        new Commit(batch, read, marks.all(), states(), joining.save(), known).write(dir);
        intake.journal().release(read);
        isUncommitted = false;
        octets = 0;
        committedAt = intake.now();
    }

    private List<Source.State> states() {
        logSources.forEach((name, source) -> linesBefore.put(name, source.lines()));
        List<Source.State> states = new ArrayList<>();
        for (Source source : intake.sources().all()) {
            if (source.lastSeen() > 0) {
                states.add(source.state(linesBefore.getOrDefault(source.name, 0L)));
            }
        }
        return states;
    }

    /// How it stands.
    Status.OfJournal status() {
        IOException trouble = intake.journal().trouble();
        boolean isBehind = reader.position().compareTo(intake.journal().end()) < 0;
        return new Status.OfJournal(
                intake.journal().held(),
                budget,
                isBehind ? Math.max(1, intake.now() - lastRead) : 0,
                lake.batch() - 1,
                committedAt,
                reader.damages(),
                trouble == null ? null : String.valueOf(trouble.getMessage()));
    }

    /// What `case.json` tells of it.
    Map<String, Long> counters() {
        Map<String, Long> counters = new LinkedHashMap<>();
        counters.put("journal_damages", reader.damages());
        counters.put("journal_pieces_unread", piecesUnread);
        counters.put("own_errors", logs.failures() + exports.failures());
        return counters;
    }
}
