package io.hark.cli;

import io.hark.UserError;
import io.hark.bytes.Visible;
import io.hark.collect.SensorStatus;
import io.hark.collect.Status;
import io.hark.report.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark status`: how the collector of a lake fares, or a sensor that ships.
@Command(
        name = "status",
        header = "How a collector or a sensor fares: who sends, how much, what was lost.",
        description = {
            "Reads what 'hark collect' writes into its lake every two seconds, or 'hark sensor --to' into its spool; asks"
                    + " nobody. Losses and bytes are since the process began, records since a source was first heard."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark status lake",
            "  hark status /var/lib/hark/spool",
            "  hark status lake --json | jq '.sources[] | select(.state == \"silent\")'",
            "",
            "Exit status: 3 it does not run, 2 wrong usage, 0 otherwise."
        })
final class StatusCommand implements Callable<Integer> {

    private static final long STALE_NANOS = 30_000_000_000L; // so long nothing was written
    private static final long NANOS = 1_000_000_000L;
    private static final List<String> HEAD =
            List.of(
                    "listener",
                    "source",
                    "state",
                    "last heard",
                    "records",
                    "rate",
                    "lag",
                    "unread",
                    "cut",
                    "shed",
                    "refused");

    private final Terminal terminal;
    private final InstantSource clock;

    @Parameters(
            paramLabel = "DIR",
            description =
                    "The lake, the spool of a sensor, or the folder of a monitor, which has both.")
    private Path dir = Path.of("");

    @Option(names = "--json", description = "JSON even on a terminal.")
    private boolean json;

    StatusCommand(Terminal terminal) {
        this(terminal, InstantSource.system());
    }

    StatusCommand(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Path spool = dir.resolve("spool");
        Path lake = dir.resolve("lake");
        boolean isMonitor = SensorStatus.isThere(spool) && Status.isThere(lake);
        List<Path> told = isMonitor ? List.of(spool, lake) : List.of(dir);
        boolean run = true;
        for (Path one : told) {
            run &= tell(one);
        }
        return run ? Main.DONE : Main.UNREADABLE;
    }

    /// Tells of one process; answers whether it runs.
    private boolean tell(Path of) throws IOException {
        long now = nanos(clock.instant());
        if (Status.isThere(of)) {
            Status status = Status.read(of);
            boolean runs = runs(status.isRunning(), status.at(), now);
            tell(status.json(), () -> page(status, now, runs));
            return runs;
        }
        if (SensorStatus.isThere(of)) {
            SensorStatus status = SensorStatus.read(of);
            boolean runs = runs(status.isRunning(), status.at(), now);
            tell(status.json(), () -> sensorPage(status, now, runs));
            return runs;
        }
        throw new UserError(
                of + " is no lake that 'hark collect' ever filled, and no sensor's spool");
    }

    private static boolean runs(boolean isRunning, long at, long now) {
        return isRunning && now - at < STALE_NANOS;
    }

    private void tell(String line, Supplier<List<String>> page) {
        if (json || !terminal.isOutShown()) {
            terminal.out().println(line);
        } else {
            page.get().forEach(terminal.out()::println);
        }
        terminal.out().flush();
    }

    private static List<String> sensorPage(SensorStatus status, long now, boolean runs) {
        List<String> page = new ArrayList<>();
        page.add(
                life(
                        "shipping",
                        status.started(),
                        status.pid(),
                        status.at(),
                        status.isRunning(),
                        runs,
                        now));
        page.addAll(SensorPage.of(status, now));
        return page;
    }

    /// Since when a process does its work, or since when not.
    private static String life(
            String work,
            long started,
            long pid,
            long at,
            boolean isRunning,
            boolean runs,
            long now) {
        if (runs) {
            return work + " for " + span(now - started) + ", process " + pid;
        }
        return (isRunning ? "NOT RUNNING: killed, or stuck, " : "not running: ended in order ")
                + span(now - at)
                + " ago";
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * NANOS + instant.getNano();
    }

    private static List<String> page(Status status, long now, boolean runs) {
        List<String> page = new ArrayList<>();
        page.add(
                life(
                        "collecting",
                        status.started(),
                        status.pid(),
                        status.at(),
                        status.isRunning(),
                        runs,
                        now));
        Status.OfJournal journal = status.journal();
        page.add(
                "journal "
                        + Units.bytes(journal.held())
                        + " of "
                        + Units.bytes(journal.budget())
                        + (journal.behind() > 0
                                ? ", read " + span(journal.behind()) + " behind"
                                : "")
                        + "; batch "
                        + journal.batch()
                        + (journal.committed() == 0
                                ? ""
                                : " in the lake since " + span(now - journal.committed()))
                        + (journal.damages() == 0
                                ? ""
                                : "; DAMAGED " + journal.damages() + " times"));
        if (journal.trouble() != null) {
            page.add("the journal CANNOT BE WRITTEN: " + Visible.line(journal.trouble()));
        }
        page.add("");
        for (Status.OfListener one : status.listeners()) {
            page.add(
                    "  "
                            + one.name()
                            + "  "
                            + one.kind()
                            + (one.port() == 0 ? "" : " at port " + one.port())
                            + (one.connections() == 0
                                    ? ""
                                    : ", " + one.connections() + " connections")
                            + (one.dropped() <= 0 ? "" : ", kernel DROPPED " + one.dropped()));
        }
        page.add("");
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        status.sources().forEach(source -> rows.add(row(source, now)));
        table(rows, page);
        return page;
    }

    private static List<String> row(Status.OfSource source, long now) {
        return List.of(
                source.receiver(),
                Visible.line(source.source()),
                source.state(),
                source.lastSeen() == 0 ? "never" : span(now - source.lastSeen()) + " ago",
                "" + source.records(),
                String.format(Locale.ROOT, "%.1f/s", source.rate()),
                span(source.lag()),
                "" + source.unread(),
                "" + source.cut(),
                "" + source.shed(),
                "" + source.refused());
    }

    /// Columns as wide as they need be; numbers to the right.
    private static void table(List<List<String>> rows, List<String> page) {
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String pad = " ".repeat(widths[i] - row.get(i).length());
                line.append("  ").append(i < 4 ? row.get(i) + pad : pad + row.get(i));
            }
            page.add(line.toString().stripTrailing());
        }
    }

    private static String span(long nanos) {
        return Units.duration(Math.max(0, nanos));
    }
}
