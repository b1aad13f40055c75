package io.hark.cli;

import io.hark.UserError;
import io.hark.config.Amounts;
import io.hark.lake.Compaction;
import io.hark.lake.Lake;
import io.hark.lake.Retention;
import io.hark.report.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark lake`: keeps the files of events in order where a sensor writes for weeks.
@Command(
        name = "lake",
        header = "Keeps events that gather for weeks in order: few files, old ones gone.",
        description = {
            "compact DIR makes few files of many, sorted by time. retain DIR lets whole days go by age (--keep, --kind) and"
                    + " by room (--room); what a finding or a decoded message points to stays. Sensors go on writing"
                    + " meanwhile, and whoever reads sees every row once at every moment. Files that were replaced take"
                    + " room for a quarter of an hour more, until the next 'hark lake' removes them."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark lake compact /var/lib/hark/case",
            "  hark lake retain /var/lib/hark/case --keep 30d --kind dns=7d --room 100GB --dry-run",
            "  hark lake retain /var/lib/hark/case --keep 30d"
        })
final class LakeCommand implements Callable<Integer> {

    private static final List<String> HEAD =
            List.of("day", "kind", "files", "size", "rows", "stay");

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "compact|retain", description = "What to do.")
    private String action = "";

    @Parameters(index = "1", paramLabel = "DIR", description = "A lake, or a case.")
    private Path dir = Path.of("");

    @Option(
            names = "--keep",
            paramLabel = "DURATION",
            description =
                    "retain: how long events are kept, such as 30d. Findings and messages stay.")
    private @Nullable String keep;

    @Option(
            names = "--kind",
            paramLabel = "KIND=DURATION",
            description =
                    "retain: how long those of one kind are kept, such as dns=7d; again for more.")
    private List<String> kinds = List.of();

    @Option(
            names = "--room",
            paramLabel = "BYTES",
            description = "retain: the most that all events may take; the oldest days go first.")
    private @Nullable String room;

    @Option(names = "--dry-run", description = "retain: say what would go, and change nothing.")
    private boolean dryRun;

    LakeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        switch (action) {
            case "compact" -> compact();
            case "retain" -> retain();
            default -> throw new UserError("lake takes compact DIR or retain DIR, not " + action);
        }
        return Main.DONE;
    }

    private void compact() throws IOException {
        if (keep != null || room != null || dryRun || !kinds.isEmpty()) {
            throw new UserError("compact takes no options: --keep and the like are of retain");
        }
        try (Lake lake = Lake.open(dir, InstantSource.system())) {
            Compaction.Done done = Compaction.run(lake);
            terminal.out()
                    .println(
                            done.filesBefore() == 0
                                    ? "nothing to do: no kind and day has many small files"
                                    : Units.count(done.filesBefore(), "file")
                                            + " of "
                                            + Units.bytes(done.octetsBefore())
                                            + " became "
                                            + Units.count(done.filesAfter())
                                            + " of "
                                            + Units.bytes(done.octetsAfter()));
            done.leftAlone()
                    .forEach(one -> terminal.complain("left alone, of another version: " + one));
        }
    }

    private void retain() throws IOException {
        if (keep == null && room == null && kinds.isEmpty()) {
            throw new UserError("retain needs --keep 30d, --kind dns=7d or --room 100GB");
        }
        Retention retention =
                new Retention(
                        keep == null ? null : Amounts.duration("--keep", keep),
                        ofKind(),
                        room == null ? null : Amounts.bytes("--room", room));
        try (Lake lake = Lake.open(dir, InstantSource.system())) {
            List<Retention.Going> going = retention.plan(lake);
            if (!dryRun) {
                retention.run(lake, going);
            }
            tell(going);
        }
    }

    private Map<String, Duration> ofKind() {
        Map<String, Duration> ages = new TreeMap<>();
        for (String one : kinds) {
            int equals = one.indexOf('=');
            if (equals <= 0) {
                throw new UserError("--kind takes a kind and a time, such as dns=7d, not " + one);
            }
            ages.put(
                    one.substring(0, equals),
                    Amounts.duration("--kind", one.substring(equals + 1)));
        }
        return ages;
    }

    private void tell(List<Retention.Going> going) {
        if (going.isEmpty()) {
            terminal.out().println("nothing is that old, and there is room");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        for (Retention.Going one : going) {
            rows.add(
                    List.of(
                            one.day(),
                            one.kind(),
                            Units.count(one.files().size()),
                            Units.bytes(one.octets()),
                            Units.count(one.rows()),
                            Units.count(one.kept())));
        }
        terminal.out()
                .print(
                        new Page(terminal.columns(), terminal.isColoured())
                                .table(0, rows, List.of(2, 3, 4, 5), HEAD.size() - 1));
        terminal.out().println(dryRun ? "nothing was changed" : "gone, but for the rows that stay");
    }
}
