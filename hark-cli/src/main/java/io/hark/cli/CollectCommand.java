package io.hark.cli;

import io.hark.Keyring;
import io.hark.UserError;
import io.hark.collect.Collector;
import io.hark.config.Amounts;
import io.hark.config.CollectConfig;
import io.hark.config.HarkConfig;
import io.hark.config.Listener;
import io.hark.lines.LogZones;
import io.hark.report.CaseReport;
import io.hark.sensor.Lake;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hark collect`: logs and flow exports, as they are sent and written, into a lake.
@Command(
        name = "collect",
        header = "Receives logs and flow exports, and follows files, into a lake.",
        description = {
            "What comes is on the disk before it is acknowledged, and in the lake once, whatever becomes of the process in"
                    + " between: it goes on where it was left. 'hark query', 'search', 'host' and 'status' work on the lake"
                    + " meanwhile; events are there as often as --roll says. It ends on Ctrl-C, SIGTERM or after --for.",
            "A file says more than options do: syslog through TLS, HTTPS, time zones and limits by listener"
                    + " (docs/reference/hark.md). Ports below 1024 need the right CAP_NET_BIND_SERVICE."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark collect --out lake --syslog udp:5514 --syslog tcp:5514 --flows udp:2055",
            "  hark collect --out lake --follow /var/log/auth.log --follow '/var/log/nginx/*.log'",
            "  hark collect --out lake --sensors 8444          what sensors ship",
            "  hark collect enrol tap1 --out lake             let one in",
            "  hark collect --config /etc/hark/hark.yaml",
            "  hark status lake                               who sends, how much, what was lost",
            "  hark search lake 'kind:log event.module:sshd'  what they say",
            "",
            "Exit status, the highest wins: 4 could not write, 2 wrong usage, 0 otherwise."
        })
final class CollectCommand implements Callable<Integer> {

    private static final Pattern PLACE =
            Pattern.compile("(udp|tcp):(?:(.+):)?([0-9]{1,5})", Pattern.CASE_INSENSITIVE);
    private static final int MAX_PORT = 0xffff;

    private final Terminal terminal;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "What to receive, where it goes, and who is told of findings: a hark.yaml.")
    private @Nullable Path config;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "The lake. One that was collected into before is gone on with. Default: that of --config.")
    private @Nullable Path out;

    @Option(
            names = "--syslog",
            paramLabel = "udp|tcp:PORT",
            description =
                    "Take syslog at this port, of all addresses or of one: tcp:192.0.2.1:514. Again for more.")
    private List<String> syslog = List.of();

    @Option(
            names = "--flows",
            paramLabel = "udp:PORT",
            description = "Take NetFlow 5 and 9, IPFIX and sFlow at this port. Again for more.")
    private List<String> flows = List.of();

    @Option(
            names = "--sensors",
            paramLabel = "PORT",
            description =
                    "Take what sensors ship at this port, of all addresses or of one: 192.0.2.1:8444. 'hark collect enrol' lets"
                            + " them in.")
    private List<String> sensors = List.of();

    @Option(
            names = "--follow",
            paramLabel = "PATH",
            description =
                    "Follow a file, all in a folder, or all that fit a pattern, from where they were left.")
    private List<String> follow = List.of();

    @Option(
            names = "--log-zone",
            paramLabel = "ZONE",
            description =
                    "Time zone of senders that tell none (Europe/Berlin), for the listeners of options. Default: UTC.")
    private List<String> logZone = List.of();

    @Option(
            names = "--roll",
            paramLabel = "DURATION",
            description =
                    "How often files of events are finished and can be queried. Default: that of --config, else 1m.")
    private @Nullable String roll;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "End after so long: 90s, 5m, 1h30m. Default: until Ctrl-C or SIGTERM.")
    private @Nullable String duration;

    @Option(
            names = "--keys",
            paramLabel = "PATH",
            description =
                    "Secrets that decoders may try on what sensors carry: a PEM private RSA key, an NSS key log, a keys.yaml, or a"
                            + " folder of them.")
    private List<Path> keys = List.of();

    @Mixin private Judging judging = new Judging();

    @Option(names = "--json", description = "JSON even on a terminal, when it ends.")
    private boolean json;

    CollectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        CollectConfig wanted = wanted();
        Path lake = wanted.out();
        if (lake == null) {
            throw new UserError("where to? name a folder with --out, or in the file of --config");
        }
        if (wanted.listeners().isEmpty()) {
            throw new UserError(
                    "nothing to take: name it with --syslog, --flows, --sensors, --follow or --config");
        }
        Lake.check(lake);
        Telling told = Telling.of(terminal, config);
        Options options =
                judging.given(Options.builder())
                        .store(true)
                        .keyring(Keyring.load(keys))
                        .told(told)
                        .build();
        try (told;
                Collector collector =
                        Collector.open(lake, wanted, options, InstantSource.system());
                GentleEnd end = new GentleEnd(collector::stop)) {
            told.begin(options.suppressions());
            terminal.complain(
                    "collecting "
                            + String.join(", ", collector.places())
                            + " into "
                            + lake
                            + "; Ctrl-C ends it");
            if (duration != null) {
                CompletableFuture.delayedExecutor(
                                Amounts.duration("--for", duration).toMillis(),
                                TimeUnit.MILLISECONDS)
                        .execute(collector::stop);
            }
            tell(collector.run(new CaseReport()));
            end.leave(Main.DONE);
            return Main.DONE;
        }
    }

    private void tell(Outcome outcome) {
        if (json || !terminal.isOutShown()) {
            terminal.out().println(OutcomeJson.line(outcome));
        } else {
            terminal.out().print(Report.whole(terminal, outcome));
        }
        terminal.out().flush();
    }

    /// What the file says, and the options beside and before it.
    private CollectConfig wanted() {
        CollectConfig file =
                config == null ? CollectConfig.of(List.of()) : HarkConfig.read(config).collect();
        List<Listener> listeners = new ArrayList<>(file.listeners());
        syslog.forEach(
                place ->
                        listeners.add(
                                at(
                                        "--syslog",
                                        place,
                                        Listener.Kind.SYSLOG_UDP,
                                        Listener.Kind.SYSLOG_TCP)));
        flows.forEach(place -> listeners.add(at("--flows", place, Listener.Kind.FLOWS_UDP, null)));
        sensors.forEach(
                place ->
                        listeners.add(
                                at("--sensors", "tcp:" + place, null, Listener.Kind.SENSORS)));
        if (!follow.isEmpty()) {
            listeners.add(Listener.following(follow).zone(zone()));
        }
        return new CollectConfig(
                out == null ? file.out() : out,
                roll == null ? file.roll() : Amounts.duration("--roll", roll),
                file.journal(),
                file.silence(),
                listeners);
    }

    private Listener at(
            String option,
            String place,
            Listener.@Nullable Kind byUdp,
            Listener.@Nullable Kind byTcp) {
        Matcher parts = PLACE.matcher(place);
        boolean fits = parts.matches() && Integer.parseInt(parts.group(3)) <= MAX_PORT;
        Listener.Kind kind = fits && parts.group(1).equalsIgnoreCase("tcp") ? byTcp : byUdp;
        if (!fits || kind == null) {
            String forms =
                    byTcp == null
                            ? "udp:2055"
                            : byUdp == null
                                    ? "8444 or 192.0.2.1:8444"
                                    : "udp:514 or tcp:192.0.2.1:514";
            String given = byUdp == null ? place.replaceFirst("^tcp:", "") : place;
            throw new UserError(option + " takes " + forms + ", not " + given);
        }
        String address = parts.group(2) == null ? "" : parts.group(2);
        return Listener.at(kind, address, Integer.parseInt(parts.group(3))).zone(zone());
    }

    private ZoneId zone() {
        return LogZones.of(logZone).others();
    }
}
