package io.hark.cli;

import io.hark.Keyring;
import io.hark.UserError;
import io.hark.engagement.Networks;
import io.hark.sensor.Analysis;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import io.hark.wire.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark analyze`.
@Command(name = "analyze", mixinStandardHelpOptions = true, description = "Analyses captures.")
final class Analyze implements Callable<Integer> {

    @Parameters(paramLabel = "INPUT", arity = "1..*")
    private List<Path> inputs = List.of();

    @Option(names = "--out", paramLabel = "DIR")
    private @Nullable Path out;

    @Option(names = "--each")
    private boolean each;

    @Option(names = "--logs", split = ",")
    private List<String> logs = List.of();

    @Option(names = "--store")
    private String store = "parquet";

    @Option(names = "--hash", split = ",")
    private List<String> hash = List.of("sha256");

    @Option(names = "--workers")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(names = "--checksums")
    private String checksums = "auto";

    @Option(names = "--midstream")
    private String midstream = "yes";

    @Option(names = "--local", split = ",")
    private List<String> local = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Set<String> hashes = new LinkedHashSet<>(hash);
        hashes.remove("none");
        Options options =
                new Options(
                        logs,
                        store.equals("parquet"),
                        hashes,
                        Keyring.EMPTY,
                        Networks.of(local),
                        workers,
                        Setup.Checksums.valueOf(checksums.toUpperCase(Locale.ROOT)),
                        midstream.equals("yes"));
        Analysis analysis = new Analysis(options, _ -> {});
        int exit = 0;
        for (Path input : inputs) {
            try {
                Outcome outcome =
                        analysis.run(
                                input,
                                out == null || !each
                                        ? out
                                        : out.resolve(input.getFileName().toString()));
                System.out.println(
                        outcome.kinds()
                                + " "
                                + outcome.counters()
                                + " "
                                + outcome.status()
                                + " "
                                + outcome.trouble());
                if (outcome.status() == Outcome.Status.UNREADABLE) {
                    exit = 3;
                }
            } catch (UserError e) {
                System.err.println("hark: " + e.getMessage());
                exit = 3;
            }
        }
        return exit;
    }
}
