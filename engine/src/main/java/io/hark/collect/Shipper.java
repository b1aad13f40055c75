package io.hark.collect;

import io.hark.UserError;
import io.hark.sensor.Shipment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Brings what a sensor tells to its collector: into the [Spool] first, and from there, one
/// shipment after the other, until the collector says that it has it.
///
/// A collector that is away, full or refuses is asked again, ever less often; meanwhile the spool
/// fills. What it loses is counted, in rows, and told by both ends: the numbers of shipments have
/// gaps then.
///
/// *Thread*: [#take] is the merge's; one of its own sends.
public final class Shipper implements AutoCloseable {

    /// Room for the spool where nothing is said: an hour of 3,000 events a second, packed.
    public static final long ROOM = 1_000_000_000L;

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final long IDLE_MILLIS = 200; // between two looks at a spool that has nothing
    private static final long FIRST_PAUSE = 500_000_000L; // nanoseconds, doubled each time
    private static final long LAST_PAUSE = 15_000_000_000L;
    private static final long TELL_NANOS = 2_000_000_000L; // between two status files
    private static final Duration LAST_WORDS =
            Duration.ofSeconds(10); // for what is left at the end

    private final Path dir;
    private final URI to;
    private final Identity identity;
    private final HttpClient http;
    private final Spool spool;
    private final long room;
    private final InstantSource clock;
    private final Consumer<String> told;
    private final Thread thread = Thread.ofPlatform().name("hark-shipper").unstarted(this::run);
    private final long started;

    private volatile Supplier<SensorStatus.OfCapture> capture = () -> SensorStatus.OfCapture.NONE;
    private volatile boolean isSealed; // nothing is added any more
    private volatile boolean stopped;

    // the sender's
    private long rows; // that the collector has
    private long number; // of the last shipment that was read
    private long lost; // rows that the spool gave up before they were sent
    private long refused; // rows that the collector will never take
    private long acknowledged; // when it said so last
    private @Nullable String trouble;
    private long statusAt = System.nanoTime() - TELL_NANOS;

    private Shipper(
            Path dir,
            URI to,
            Identity identity,
            Spool spool,
            long room,
            InstantSource clock,
            Consumer<String> told) {
        this.dir = dir;
        this.to = to;
        this.identity = identity;
        this.http = identity.client();
        this.spool = spool;
        this.room = room;
        this.clock = clock;
        this.told = told;
        this.started = now();
        this.number = spool.acknowledgedRows();
        this.rows = number;
    }

    /// Opens the spool, and begins to send what is in it.
    ///
    /// @param dir the spool, in which the sensor was enrolled
    /// @param to the collector, `https://host:8444`
    /// @param room octets on the disk at most
    /// @param told takes what there is to tell of a collector that is away, on any thread
    /// @throws UserError if the sensor was not enrolled there, or the room is too small
    public static Shipper open(
            Path dir, URI to, long room, InstantSource clock, Consumer<String> told)
            throws IOException {
        Identity identity = Identity.read(dir);
        Shipper shipper = new Shipper(dir, to, identity, Spool.open(dir, room), room, clock, told);
        shipper.thread.start();
        return shipper;
    }

    /// The name that the sensor was enrolled by.
    public String name() {
        return identity.name();
    }

    /// Tells how the capture fares, for the status.
    public void capture(Supplier<SensorStatus.OfCapture> counts) {
        capture = counts;
    }

    /// Takes a shipment: it is sent as soon as it is on the disk.
    public void take(Shipment shipment) {
        try {
            spool.add(shipment, now());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long now() {
        return Intake.nanos(clock.instant());
    }

    // ---- the sender

    private void run() {
        try {
            while (!stopped) {
                Taken next = spool.next();
                if (next != null) {
                    ship(next);
                } else if (isSealed) {
                    break;
                } else {
                    spool.await(IDLE_MILLIS);
                }
                tellStatus(false);
            }
        } catch (InterruptedException | ClosedByInterruptException e) {
            // the end, and the collector is away: it stays here; what it has and was not noted
            // comes
            // again, and is known there
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            trouble("the spool cannot be read: " + e);
        }
    }

    private void ship(Taken next) throws IOException, InterruptedException {
        long count = Shipment.rowsIn(next.payload());
        lost += Math.max(0, next.mark() - count - number);
        number = next.mark();
        long pause = FIRST_PAUSE;
        while (!stopped) {
            int status = post(next);
            if (status == 200 || isHopeless(status)) {
                if (status != 200) {
                    refused += count;
                    trouble("the collector cannot read a shipment (" + status + ")");
                } else {
                    recovered();
                }
                spool.acknowledged(number);
                rows = number;
                return;
            }
            tellStatus(false);
            LockSupport.parkNanos(pause);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            pause = Math.min(LAST_PAUSE, pause * 2);
        }
    }

    /// What will not be taken however often it comes.
    private static boolean isHopeless(int status) {
        return status == 400 || status == 413;
    }

    /// Posts a shipment; answers the status, or 0 where there was no answer.
    private int post(Taken next) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(to.resolve("/v1/shipments"))
                        .timeout(ANSWER)
                        .header("Hark-Spool", spool.id())
                        .header("Hark-Sequence", "" + next.mark())
                        .header("Hark-Clock", "" + now())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(next.payload()))
                        .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            int status = answer.statusCode();
            if (status == 403) {
                trouble("the collector does not know this sensor: enrol it (again)");
            } else if (status != 200 && !isHopeless(status)) {
                trouble("the collector answers " + status + ": it has no room, or is busy");
            }
            return status;
        } catch (IOException e) {
            trouble("the collector does not answer: " + e);
            return 0;
        }
    }

    private void trouble(String what) {
        if (!what.equals(trouble)) {
            told.accept(what + "; what is told waits in " + dir);
        }
        trouble = what;
    }

    private void recovered() {
        acknowledged = now();
        if (trouble != null) {
            told.accept("the collector takes it again");
            trouble = null;
        }
    }

    private void tellStatus(boolean isLast) throws IOException {
        long now = System.nanoTime();
        if (isLast || now - statusAt >= TELL_NANOS) {
            statusAt = now;
            status(!isLast).write(dir);
        }
    }

    private SensorStatus status(boolean isRunning) {
        String disk = spool.trouble();
        return new SensorStatus(
                now(),
                ProcessHandle.current().pid(),
                started,
                isRunning,
                identity.name(),
                to.toString(),
                spool.held(),
                room,
                spool.rows(),
                rows,
                lost + spool.shed(),
                refused,
                acknowledged,
                disk == null ? trouble : "the disk takes nothing: " + disk,
                capture.get());
    }

    /// Sends what is left, for a while; the rest is sent by the next process.
    ///
    /// @return how it stands at the end
    public SensorStatus end() throws IOException {
        spool.seal();
        isSealed = true;
        try {
            thread.join(LAST_WORDS);
            stopped = true;
            thread.interrupt();
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tellStatus(true);
        return status(false);
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        thread.interrupt();
        http.shutdownNow();
        try {
            thread.join(LAST_WORDS); // it reads the spool
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        spool.close();
    }
}
