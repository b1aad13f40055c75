package io.hark.cli;

import io.hark.Exporter;
import io.hark.Keyring;
import io.hark.UserError;
import io.hark.config.Amounts;
import io.hark.event.Finding;
import io.hark.lines.LogZones;
import io.hark.live.KeyLogTail;
import io.hark.sensor.Analysis;
import io.hark.sensor.Options;
import io.hark.sensor.OutsideDecoders;
import io.hark.sensor.Wanted;
import io.hark.wire.Setup;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that say how traffic is read and what is kept of it, for commands that read any.
final class Reading {

    private static final Set<String> DIGESTS = Set.of("md5", "sha1", "sha256");

    /// Answers to yes or no.
    enum Choice {
        yes,
        no
    }

    /// How frames are kept.
    enum Form {
        plain,
        zstd
    }

    /// Where events go.
    enum Store {
        parquet,
        none
    }

    @Option(
            names = "--logs",
            split = ",",
            paramLabel = "FORM",
            description = "Also write logs in these forms to DIR/logs: zeek, zeek-tsv, eve, ecs.")
    private List<String> logs = List.of();

    @Option(
            names = "--store",
            paramLabel = "parquet|none",
            defaultValue = "parquet",
            description = "How events are kept in DIR/events. Default: ${DEFAULT-VALUE}.")
    private Store store = Store.parquet;

    @Option(
            names = "--hash",
            split = ",",
            paramLabel = "DIGEST",
            defaultValue = "sha256",
            description =
                    "Digests of files: md5, sha1, sha256, or none. Default: ${DEFAULT-VALUE}.")
    private List<String> hash = List.of("sha256");

    @Option(
            names = "--files",
            description =
                    "Keep the files that went by in DIR/files, each under its SHA-256: up to 256 MB of each, 20 GB in all.")
    private boolean files;

    @Option(
            names = "--keep-packets",
            arity = "0..1",
            fallbackValue = "plain",
            paramLabel = "plain|zstd",
            description =
                    "Keep the frames in DIR/packets, as pcapng files with an index, plain (so by default) or packed.")
    private @Nullable Form keepPackets;

    @Option(
            names = "--packets-room",
            paramLabel = "BYTES",
            defaultValue = "20GB",
            description =
                    "The most that kept frames take; the oldest go first. Default: ${DEFAULT-VALUE}.")
    private String packetsRoom = "";

    @Option(
            names = "--keys",
            paramLabel = "PATH",
            description =
                    "Secrets that decoders may try: a PEM private RSA key, an NSS key log, a keys.yaml, or a folder of them.")
    private List<Path> keys = List.of();

    @Option(
            names = "--log-zone",
            split = ",",
            paramLabel = "[SOURCE=]ZONE",
            description =
                    "Time zone of logs that tell none (Europe/Berlin), of all or of one host or input file. Default: UTC.")
    private List<String> logZones = List.of();

    @Option(
            names = "--decoders",
            paramLabel = "DIR",
            description =
                    "Decoders of your own, .java files and jars: a folder of yours that nobody else can write."
                            + " Default: ~/.config/hark/decoders, where it is there.")
    private @Nullable Path decoders;

    @Mixin private Judging judging = new Judging();

    @Option(
            names = "--only",
            paramLabel = "KIND",
            split = ",",
            description =
                    "Only these kinds of events (docs/reference/events.md), and only what they need is run: --only conn reads no"
                            + " payload, and leaves service and names empty. Detectors see these kinds alone.")
    private List<String> only = List.of();

    @Option(names = "--workers", paramLabel = "N", description = "Threads. Default: one a core.")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--checksums",
            paramLabel = "auto|verify|ignore",
            defaultValue = "auto",
            description =
                    "Packets with a bad checksum: verify drops them, ignore reads them, auto drops them unless a"
                            + " network card seems to fill them in later. Default: ${DEFAULT-VALUE}.")
    private Setup.Checksums checksums = Setup.Checksums.AUTO;

    @Option(
            names = "--midstream",
            paramLabel = "yes|no",
            defaultValue = "yes",
            description =
                    "Whether connections whose beginning is missing are read. Default: ${DEFAULT-VALUE}.")
    private Choice midstream = Choice.yes;

    /// What was asked for.
    ///
    /// @throws UserError if that cannot be
    Options options(boolean hasOut) {
        return options(hasOut, Keyring.load(keys), _ -> {});
    }

    /// The same where key logs are followed while a wire is listened to.
    ///
    /// @param told is told of findings as they are made
    Options listening(Consumer<Finding> told) {
        return options(true, Keyring.loadGrowing(keys), told);
    }

    /// The same where what is read is shipped: nothing is kept here.
    Options shipping() {
        return options(false, Keyring.loadGrowing(keys), _ -> {});
    }

    /// What grows while a wire is listened to.
    KeyLogTail tail() {
        return KeyLogTail.of(keys);
    }

    private Options options(boolean hasOut, Keyring keyring, Consumer<Finding> told) {
        if (workers < 1 || workers > 1024) {
            throw new UserError(
                    "--workers takes a number of threads from 1 to 1024, not " + workers);
        }
        if (!hasOut && !logs.isEmpty()) {
            throw new UserError("--logs needs --out DIR to write to");
        }
        if (!hasOut && files) {
            throw new UserError("--files needs --out DIR to keep them in");
        }
        if (!hasOut && keepPackets != null) {
            throw new UserError("--keep-packets needs --out DIR to keep them in");
        }
        List<String> forms = Analysis.all(Exporter.class).stream().map(Exporter::name).toList();
        for (String form : logs) {
            if (!forms.contains(form)) {
                throw new UserError(
                        "--logs "
                                + form
                                + " is not in this build; it writes "
                                + String.join(", ", forms));
            }
        }
        return judging.given(Options.builder())
                .logs(logs)
                .store(store == Store.parquet)
                .hashes(digests())
                .files(files)
                .packets(packets())
                .keyring(keyring)
                .workers(workers)
                .checksums(checksums)
                .midstream(midstream == Choice.yes)
                .wanted(Wanted.of(only))
                .outside(OutsideDecoders.found(decoders))
                .logZones(LogZones.of(logZones))
                .told(told)
                .build();
    }

    private Options.@Nullable PacketKeeping packets() {
        return keepPackets == null
                ? null
                : new Options.PacketKeeping(
                        keepPackets == Form.zstd, Amounts.bytes("--packets-room", packetsRoom));
    }

    private Set<String> digests() {
        Set<String> digests = new HashSet<>(hash);
        boolean none = digests.remove("none");
        for (String digest : digests) {
            if (none || !DIGESTS.contains(digest)) {
                throw new UserError(
                        "--hash takes md5, sha1, sha256, or none alone, not "
                                + String.join(",", hash));
            }
        }
        return digests;
    }
}
