package io.hark.cli;

import io.hark.UserError;
import io.hark.collect.Enrolment;
import io.hark.collect.Identity;
import io.hark.collect.Metrics;
import io.hark.config.Amounts;
import io.hark.config.CollectConfig;
import io.hark.config.HarkConfig;
import io.hark.config.MonitorConfig;
import io.hark.live.Privileges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hark monitor`: sensor, collector, detectors and lake in one service.
@Command(
        name = "monitor",
        header = "Captures and collects into a lake, as one service.",
        description = {
            "Runs two processes and watches over them: one captures and spools, one detects, decodes, receives what hark.yaml"
                    + " names, and stores. When the second one dies it is started again; the first one goes on meanwhile,"
                    + " and nothing that it has spooled is lost. Prometheus may ask both at http://127.0.0.1:9464/metrics,"
                    + " 'hark status DIR' tells of both.",
            "Capturing needs root, or the right CAP_NET_RAW. Root's rights are given up once the interfaces are open."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sudo hark monitor -i eth0 --out /var/lib/hark --user hark",
            "  hark monitor --config /etc/hark/hark.yaml      interfaces, listeners, who is told",
            "  hark status /var/lib/hark",
            "  hark query /var/lib/hark/lake 'SELECT * FROM finding'",
            "",
            "Exit status, the highest wins: 4 could not write, 3 an interface went away, 2 wrong usage, 0 otherwise."
        })
final class MonitorCommand implements Callable<Integer> {

    private static final String NAME = "local"; // what the sensor of this machine is called

    private final Terminal terminal;

    @Option(
            names = {"-i", "--interface"},
            split = ",",
            paramLabel = "IFACE",
            description = "Interface to listen to; again for more. Default: those of --config.")
    private List<String> interfaces = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "The service's folder: DIR/spool and DIR/lake. Default: that of --config.")
    private @Nullable Path out;

    @Option(names = "--config", paramLabel = "FILE", description = "A hark.yaml.")
    private @Nullable Path config;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description =
                    "Give root's rights up for this user's once the interfaces are open. Default: that of --config, else who"
                            + " called sudo.")
    private String user = "";

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "End after so long: 90s, 5m, 1h30m. Default: until Ctrl-C or SIGTERM.")
    private @Nullable String duration;

    MonitorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// What is run, where.
    private record Place(MonitorConfig wanted, List<String> interfaces, Path lake, Path spool) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Place place = place();
        MonitorConfig wanted = place.wanted;
        Optional<Privileges.User> heir =
                Privileges.heir(user.isEmpty() ? wanted.user() : user, System.getenv());
        prepare(place, heir);
        MonitorConfig.Metrics asked = wanted.metrics();
        try (Metrics _ =
                        asked == null
                                ? null
                                : Metrics.open(
                                        asked.address(), asked.port(), place.spool, place.lake);
                Supervision both =
                        new Supervision(terminal, capture(place, heir), lake(place), place.spool);
                GentleEnd end = new GentleEnd(both::stop)) {
            if (duration != null) {
                CompletableFuture.delayedExecutor(
                                Amounts.duration("--for", duration).toMillis(),
                                TimeUnit.MILLISECONDS)
                        .execute(both::stop);
            }
            int exit = both.run(() -> heir.ifPresent(Privileges::become));
            end.leave(exit);
            return exit;
        }
    }

    private Place place() {
        HarkConfig file = config == null ? null : HarkConfig.read(config);
        MonitorConfig wanted = file == null ? MonitorConfig.NONE : file.monitor();
        CollectConfig collect = file == null ? CollectConfig.of(List.of()) : file.collect();
        Path dir = out == null ? wanted.dir() : out;
        List<String> listened = interfaces.isEmpty() ? wanted.interfaces() : interfaces;
        if (dir == null) {
            throw new UserError("where to? name a folder with --out, or as 'dir' in --config");
        }
        if (listened.isEmpty()) {
            throw new UserError(
                    "listen to what? name interfaces with -i, or as 'interfaces' in --config");
        }
        Path lake = collect.out() == null ? dir.resolve("lake") : collect.out();
        return new Place(wanted, listened, lake, dir.resolve("spool"));
    }

    /// Makes the folders and lets the sensor of this machine in, and gives all of that to who will
    /// write it.
    private static void prepare(Place place, Optional<Privileges.User> heir) throws IOException {
        Files.createDirectories(place.lake);
        Enrolment enrolment = Enrolment.of(place.lake, InstantSource.system());
        if (!Identity.isThere(place.spool)) {
            enrolment.admit(NAME, place.spool);
        }
        if (heir.isPresent()) {
            give(place.lake, heir.get());
            give(place.spool, heir.get());
        }
    }

    private static void give(Path dir, Privileges.User to) throws IOException {
        UserPrincipal owner =
                dir.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(to.name());
        try (Stream<Path> all = Files.walk(dir)) {
            for (Path one : all.toList()) {
                if (!Files.getOwner(one).equals(owner)) {
                    Files.setOwner(one, owner);
                }
            }
        }
    }

    private static List<String> capture(Place place, Optional<Privileges.User> heir) {
        List<String> words = new ArrayList<>(List.of("sensor"));
        place.interfaces.forEach(one -> words.addAll(List.of("-i", one)));
        words.addAll(List.of("--to", "https://127.0.0.1:" + place.wanted.port()));
        words.addAll(List.of("--spool", place.spool.toString()));
        words.addAll(List.of("--spool-room", Long.toString(place.wanted.room() / 1_000) + "KB"));
        heir.ifPresent(one -> words.addAll(List.of("--user", one.name())));
        return words;
    }

    private List<String> lake(Place place) {
        List<String> words = new ArrayList<>(List.of("collect", "--out", place.lake.toString()));
        words.addAll(List.of("--sensors", "127.0.0.1:" + place.wanted.port()));
        if (config != null) {
            words.addAll(List.of("--config", config.toString()));
        }
        MonitorConfig wanted = place.wanted;
        if (wanted.engagement() != null) {
            words.addAll(List.of("--engagement", wanted.engagement().toString()));
        }
        if (wanted.suppressions() != null) {
            words.addAll(List.of("--suppressions", wanted.suppressions().toString()));
        }
        wanted.keys().forEach(one -> words.addAll(List.of("--keys", one.toString())));
        return words;
    }
}
