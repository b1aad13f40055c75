package io.hark.collect;

import io.hark.UserError;
import io.hark.config.CollectConfig;
import io.hark.config.Listener;
import io.hark.sensor.CasePart;
import io.hark.sensor.CaseTurn;
import io.hark.sensor.Lake;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/// `hark collect`: receivers → journal → lake, in one process.
///
/// [#open] binds all ports, so that whoever starts it knows; [#run] takes and stores until [#stop],
/// and leaves a lake that the next one goes on with, as it does after a crash.
///
/// *Thread*: one calls [#run]; [#stop] may come from any.
public final class Collector implements AutoCloseable {

    private static final long IDLE_MILLIS = 200; // between two looks at a journal that has nothing
    private static final long TELL_NANOS = 2_000_000_000L; // between two status files
    private static final int LOOK_UP = 256; // pieces between two looks at the clock

    private final Path lakeDir;
    private final CollectConfig config;
    private final CaseTurn turn;
    private final Journal journal;
    private final Intake intake;
    private final Lake lake;
    private final Filling filling;
    private final Complaints complaints = new Complaints();
    private final List<Receiver> receivers = new ArrayList<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("hark-timer").factory());
    private final long started;
    private long told = System.nanoTime() - TELL_NANOS;
    private volatile boolean stopped;

    private Collector(Path lakeDir, CollectConfig config, Options options, InstantSource clock)
            throws IOException {
        this.lakeDir = lakeDir;
        this.config = config;
        Path dir = lakeDir.resolve(Lake.COLLECTED);
        Lake.check(lakeDir);
        Files.createDirectories(dir);
        this.turn = CaseTurn.take(lakeDir, 0); // before anything is read that another may change
        Commit commit = Commit.read(dir);
        this.lake = Lake.open(lakeDir, options, commit.batch(), commit.lake());
        this.journal = Journal.open(dir.resolve("journal"), config.journal(), commit.read());
        Marks marks = new Marks();
        commit.marks().forEach(marks::put);
        readMarks(journal, commit.read(), marks);
        this.intake = new Intake(journal, new Sources(), marks, clock);
        this.filling = new Filling(dir, intake, lake, config, commit);
        this.started = intake.now();
    }

    /// Opens the lake and the journal, and binds all ports.
    ///
    /// @param lakeDir the lake; made where it is not there
    /// @throws UserError if a port cannot be bound, a file not read, or another collector is at it
    /// @throws IOException if the lake cannot be written
    public static Collector open(
            Path lakeDir, CollectConfig config, Options options, InstantSource clock)
            throws IOException {
        Collector collector = new Collector(lakeDir, config, options, clock);
        boolean isOpen = false;
        try {
            collector.bind();
            isOpen = true;
        } finally {
            if (!isOpen) {
                collector.close();
            }
        }
        return collector;
    }

    /// Marks of what is on its way into the lake.
    private static void readMarks(Journal journal, Position from, Marks marks) throws IOException {
        try (JournalReader ahead = journal.reader(from)) {
            for (Taken taken = ahead.next(); taken != null; taken = ahead.next()) {
                marks.put(taken);
            }
        }
    }

    private void bind() {
        for (Listener listener : config.listeners()) {
            try {
                receivers.add(receiver(listener));
            } catch (IOException e) {
                throw new UserError(
                        "cannot listen at "
                                + listener.address()
                                + ":"
                                + listener.port()
                                + " for "
                                + listener.name()
                                + ": "
                                + e.getMessage(),
                        e);
            }
        }
    }

    private Receiver receiver(Listener listener) throws IOException {
        return switch (listener.kind()) {
            case SYSLOG_UDP, FLOWS_UDP -> new Datagrams(listener, intake, complaints);
            case SYSLOG_TCP, SYSLOG_TLS -> new Streams(listener, intake, complaints, timer);
            case HTTPS -> new Ingest(listener, intake, complaints);
            case FILES -> new Follower(listener, intake, complaints);
            case SENSORS ->
                    new Sensors(
                            listener, intake, complaints, Enrolment.of(lakeDir, intake.clock()));
        };
    }

    /// The port that a listener is bound to.
    ///
    /// @param name the listener's
    public int port(String name) {
        return receivers.stream()
                .filter(one -> one.listener().name().equals(name))
                .mapToInt(Receiver::port)
                .findFirst()
                .orElseThrow();
    }

    /// What each listener is and where, for a person.
    public List<String> places() {
        return receivers.stream().map(Collector::place).toList();
    }

    private static String place(Receiver receiver) {
        Listener listener = receiver.listener();
        if (listener.kind() == Listener.Kind.FILES) {
            return "files " + String.join(" ", listener.paths());
        }
        String address = listener.address().isEmpty() ? "*" : listener.address();
        return listener.kind().word() + " " + address + ":" + receiver.port();
    }

    /// Takes and stores, until it is stopped.
    ///
    /// @param more what else the case gets at the end
    /// @return what there is to tell
    /// @throws IOException if the lake cannot be written; what was acknowledged is in the journal
    public Outcome run(CasePart more) throws IOException, InterruptedException {
        receivers.forEach(Receiver::start);
        long rolled = System.nanoTime();
        while (!stopped) {
            int pieces = 0;
            while (pieces < LOOK_UP && filling.next()) {
                pieces++;
            }
            if (pieces == 0) {
                filling.idle();
            }
            long now = System.nanoTime();
            if (now - rolled >= config.roll().toNanos() || filling.isMuch()) {
                filling.commit();
                rolled = now;
            }
            tell(now);
            if (pieces == 0) {
                journal.awaitBehind(filling.position(), IDLE_MILLIS);
            }
        }
        return end(more);
    }

    private void tell(long now) throws IOException {
        if (now - told >= TELL_NANOS) {
            told = now;
            filling.tellHealth();
            status(true).write(lakeDir);
        }
    }

    private Outcome end(CasePart more) throws IOException, InterruptedException {
        Thread closing = Thread.ofVirtual().start(this::closeReceivers);
        while (closing.isAlive()) { // they may wait for room
            drain();
            journal.awaitBehind(filling.position(), IDLE_MILLIS);
        }
        journal.close();
        drain();
        filling.tellHealth();
        filling.end();
        filling.commit();
        status(false).write(lakeDir);
        return lake.pause(lakeDir.toString(), filling.counters(), more);
    }

    private void drain() throws IOException {
        while (filling.next()) { // to the end of what is flushed
            if (filling.isMuch()) {
                filling.commit();
            }
        }
    }

    private void closeReceivers() {
        for (Receiver receiver : receivers) {
            try {
                receiver.close();
            } catch (IOException e) {
                complaints.once(receiver.listener().name(), "cannot be closed", String.valueOf(e));
            }
        }
    }

    /// How it fares.
    private Status status(boolean isRunning) {
        return new Status(
                intake.now(),
                ProcessHandle.current().pid(),
                started,
                isRunning,
                filling.status(),
                receivers.stream().map(Collector::status).toList(),
                intake.sources().all().stream()
                        .map(Source::status)
                        .sorted(
                                Comparator.comparing(Status.OfSource::receiver)
                                        .thenComparing(Status.OfSource::source))
                        .toList());
    }

    private static Status.OfListener status(Receiver receiver) {
        Listener listener = receiver.listener();
        return new Status.OfListener(
                listener.name(),
                listener.kind().word(),
                listener.address(),
                receiver.port(),
                receiver.connections(),
                receiver.dropped());
    }

    /// Asks it to end: what has come by now is taken and stored. *Thread*: any.
    public void stop() {
        stopped = true;
    }

    @Override
    public void close() throws IOException {
        closeReceivers();
        timer.shutdownNow();
        journal.close();
        lake.close();
        turn.close();
    }
}
