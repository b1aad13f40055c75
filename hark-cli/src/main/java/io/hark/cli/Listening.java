package io.hark.cli;

import io.hark.UserError;
import io.hark.config.Amounts;
import io.hark.live.KeyLogTail;
import io.hark.live.Live;
import io.hark.live.Privileges;
import io.hark.report.CaseReport;
import io.hark.report.Units;
import io.hark.sensor.Analysis;
import io.hark.sensor.CaseFolder;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import io.hark.wire.Layers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Listening to interfaces and leaving a case: the options for it, and the run.
final class Listening {

    private static final long LEAST_RING = 256_000; // two blocks of the smallest size

    /// What the code needs to be loaded and compiled; see [Analysis#exercise].
    private static final Duration EXERCISE = Duration.ofMillis(1500);

    private static final long DEFAULT_RING = 16_000_000;
    private static final long MOST_DEFAULT_RING = 256_000_000;
    private static final long MOST_RING = 4L << 30; // the kernel counts a ring's blocks in 32 bits

    @Option(
            names = {"-i", "--interface"},
            split = ",",
            paramLabel = "IFACE",
            description =
                    "Interface to listen to; again for more. 'any' is all of them, by libpcap.")
    private List<String> interfaces = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Where the case grows. One that is there goes on: its events and packets stay and are searched, all"
                            + " else of it goes to DIR/earlier.")
    private @Nullable Path out;

    @Mixin private ShippingPlace place = new ShippingPlace();

    @Option(
            names = "--filter",
            paramLabel = "EXPRESSION",
            description =
                    "Take only what this lets through, in the language of tcpdump: 'not port 22'. Needs libpcap.")
    private @Nullable String filter;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "End after so long: 90s, 5m, 1h30m. Default: until Ctrl-C or SIGTERM.")
    private @Nullable String duration;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description =
                    "Give root's rights up for this user's once the interfaces are open. Default: who called sudo.")
    private String user = "";

    @Option(
            names = "--ring",
            paramLabel = "SIZE",
            description =
                    "Memory for packets that wait, each interface. Default: a 64th of the machine's, 16MB to 256MB.")
    private @Nullable String ring;

    @Option(
            names = "--roll",
            paramLabel = "DURATION",
            defaultValue = "1m",
            description =
                    "How often files of events are finished and can be queried. Default: ${DEFAULT-VALUE}.")
    private String roll = "1m";

    @Option(
            names = "--promiscuous",
            paramLabel = "yes|no",
            defaultValue = "yes",
            description =
                    "Whether packets for other stations are taken too. Default: ${DEFAULT-VALUE}.")
    private Reading.Choice promiscuous = Reading.Choice.yes;

    @Option(
            names = "--capture",
            paramLabel = "auto|ring|libpcap",
            defaultValue = "auto",
            description =
                    "How packets come: the kernel's ring, or libpcap where that cannot be. Default: ${DEFAULT-VALUE}.")
    private Live.How how = Live.How.AUTO;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "hark.yaml: its 'notify' names who is told of findings (docs/how-to/notify.md).")
    private @Nullable Path config;

    @Option(names = "--json", description = "JSON even on a terminal, when it ends.")
    private boolean json;

    @Mixin private Reading reading = new Reading();

    /// Listens until it is told to end.
    ///
    /// @return the exit status
    Integer run(Terminal terminal) throws IOException, InterruptedException {
        if (interfaces.isEmpty()) {
            throw new UserError("listen to what? name interfaces with -i");
        }
        Path dir = out;
        if (dir != null && place.isNamed()) {
            throw new UserError("--out keeps what is heard here, --to ships it: one of them");
        }
        if (dir != null) {
            return intoCase(terminal, dir);
        }
        if (place.isNamed()) {
            return toCollector(terminal);
        }
        throw new UserError("where to? a folder with --out, or a collector with --to");
    }

    /// What is done with an open source, as the user that we have become.
    private interface Work {
        int run(Live live) throws IOException, InterruptedException;
    }

    private int intoCase(Terminal terminal, Path dir) throws IOException, InterruptedException {
        Telling telling = Telling.of(terminal, config);
        Options options = reading.listening(telling);
        Duration rolling = Amounts.duration("--roll", roll);
        CaseFolder.check(dir);
        return open(
                terminal,
                options,
                live -> {
                    try (telling) { // begun only now: the spool belongs to whom we have become
                        telling.begin(options.suppressions());
                        return listen(terminal, live, options, dir, rolling);
                    }
                });
    }

    private int toCollector(Terminal terminal) throws IOException, InterruptedException {
        if (config != null) {
            throw new UserError("--config names who is told of findings: the collector makes them");
        }
        Options options = reading.shipping();
        ShippingRun run = new ShippingRun(terminal, options, place.collector(), json);
        Path spool = place.spool();
        long room = place.room();
        return open(terminal, options, live -> run.ship(live, spool, room));
    }

    private int open(Terminal terminal, Options options, Work work)
            throws IOException, InterruptedException {
        Duration length = duration == null ? null : Amounts.duration("--for", duration);
        var heir = Privileges.heir(user, System.getenv());
        Live.Wish wish =
                new Live.Wish(
                        interfaces, filter, ringBytes(), promiscuous == Reading.Choice.yes, how);
        new Analysis(options, _ -> {}).exercise(EXERCISE); // so that a burst at once finds us awake
        try (Live live = Live.open(wish, new Layers(options.checksums()), InstantSource.system());
                KeyLogTail tail = reading.tail()) {
            live.follow(tail);
            heir.ifPresent(Privileges::become);
            terminal.complain(
                    "listening to "
                            + live.name()
                            + heir.map(h -> ", as user " + h.name())
                                    .orElse(
                                            Privileges.isRoot()
                                                    ? ", as root: --user NAME would give that up"
                                                    : "")
                            + "; Ctrl-C ends it");
            try (GentleEnd end = new GentleEnd(live::stop)) {
                if (length != null) {
                    CompletableFuture.delayedExecutor(length.toMillis(), TimeUnit.MILLISECONDS)
                            .execute(live::stop);
                }
                int exit = work.run(live);
                end.leave(exit);
                return exit;
            }
        }
    }

    private int listen(Terminal terminal, Live live, Options options, Path dir, Duration rolling)
            throws IOException, InterruptedException {
        if (CaseFolder.isCase(dir)) {
            terminal.complain(
                    "going on with "
                            + dir
                            + ": its events and packets stay, all else goes to earlier/");
        }
        ProgressLine progress = new ProgressLine(terminal, System::nanoTime);
        DropsLine drops = new DropsLine(terminal, System::nanoTime);
        Queue<String> trouble = new ConcurrentLinkedQueue<>(); // the disk's, told by other threads
        Analysis analysis =
                new Analysis(
                        options,
                        told -> {
                            drops.tell(live.counts());
                            drops.lost(live.lost(), live.counts().size());
                            tell(terminal, trouble);
                            progress.tell(told);
                        },
                        new CaseReport());
        progress.begin(live.name());
        Outcome outcome;
        try {
            outcome = analysis.listen(live, dir, rolling, trouble::add);
        } finally {
            progress.end();
            tell(terminal, trouble);
        }
        if (json || !terminal.isOutShown()) {
            terminal.out().println(OutcomeJson.line(outcome));
        } else {
            terminal.out().print(Report.whole(terminal, outcome));
        }
        terminal.out().flush();
        DropsLine.counts(live.counts()).forEach(terminal::complain);
        if (outcome.status() != Outcome.Status.OK) {
            terminal.complain(outcome.trouble());
            return Main.UNREADABLE; // an interface went away: whoever started us shall know
        }
        return Main.DONE;
    }

    private static void tell(Terminal terminal, Queue<String> trouble) {
        for (String one = trouble.poll(); one != null; one = trouble.poll()) {
            terminal.complain(one);
        }
    }

    private long ringBytes() {
        if (ring == null) {
            return defaultRing();
        }
        long bytes = Amounts.bytes("--ring", ring);
        if (bytes < LEAST_RING || bytes > MOST_RING) {
            throw new UserError(
                    "--ring takes from "
                            + Units.bytes(LEAST_RING)
                            + " to "
                            + Units.bytes(MOST_RING)
                            + ", not "
                            + ring);
        }
        return bytes;
    }

    /// Large enough for a burst while a busy machine has other things to do than to run us.
    private static long defaultRing() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean machine
                ? Math.clamp(machine.getTotalMemorySize() / 64, DEFAULT_RING, MOST_DEFAULT_RING)
                : DEFAULT_RING;
    }
}
