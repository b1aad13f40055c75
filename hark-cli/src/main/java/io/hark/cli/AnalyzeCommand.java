package io.hark.cli;

import io.hark.Exporter;
import io.hark.Keyring;
import io.hark.UserError;
import io.hark.engagement.Networks;
import io.hark.event.Finding.Severity;
import io.hark.sensor.Analysis;
import io.hark.sensor.CaseFolder;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import io.hark.wire.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark analyze`: what is in these captures?
@Command(
        name = "analyze",
        header = "Says what is in a capture: findings, conversations, traffic.",
        description = {
            "Reads pcap and pcapng, plain or packed with gzip or zstd; recognised by content. Prints a report on a"
                    + " terminal, one JSON object an input otherwise. With --out it leaves a case: events, findings,"
                    + " conversations, logs. A case that is in DIR already is replaced."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark analyze capture.pcap                      look, and write nothing",
            "  hark analyze capture.pcap --out case           keep a case to query",
            "  hark analyze tls.pcap --keys keys.log --out c  read what these keys open",
            "  hark analyze --each *.pcap --out cases         a case for every capture",
            "  tcpdump -w - | hark analyze - --out case       read standard input",
            "  hark analyze x.pcap --fail-on high --json | jq .findings",
            "",
            "Exit status, the highest wins: 4 could not write, 3 an input was unreadable (the others are done),",
            "2 wrong usage, 1 a finding as severe as --fail-on, 0 otherwise. A damaged capture is no failure."
        })
final class AnalyzeCommand implements Callable<Integer> {

    private static final Set<String> DIGESTS = Set.of("md5", "sha1", "sha256");

    /// Answers to yes or no.
    enum Choice {
        yes,
        no
    }

    /// Where events go.
    enum Store {
        parquet,
        none
    }

    private final Terminal terminal;

    @Parameters(
            paramLabel = "INPUT",
            arity = "1..*",
            description = "Captures; - is standard input.")
    private List<Path> inputs = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "Leave a case in DIR.")
    private @Nullable Path out;

    @Option(
            names = "--each",
            description =
                    "Every input by itself, its case in DIR/<file name>/. Needed for several inputs.")
    private boolean each;

    @Option(
            names = "--logs",
            split = ",",
            paramLabel = "FORM",
            description = "Also write logs in this form to DIR/logs: zeek.")
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
            names = "--keys",
            paramLabel = "PATH",
            description =
                    "Secrets that decoders may try: a PEM private RSA key, an NSS key log, a keys.yaml, or a folder of them.")
    private List<Path> keys = List.of();

    @Option(
            names = "--local",
            split = ",",
            paramLabel = "CIDR",
            description = "Networks that are ours. Default: the private ranges.")
    private List<String> local = List.of();

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

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "Exit with 1 on a finding of at least: low, medium, high, critical.")
    private @Nullable Severity failOn;

    @Option(names = "--json", description = "JSON even on a terminal: one line an input.")
    private boolean json;

    AnalyzeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Options options = options();
        Map<Path, @Nullable Path> cases = cases();
        ProgressLine progress = new ProgressLine(terminal, System::nanoTime);
        Analysis analysis = new Analysis(options, progress::tell);
        int exit = Main.DONE;
        for (var one : cases.entrySet()) {
            Path dir = one.getValue();
            if (dir != null && CaseFolder.isCase(dir)) {
                terminal.complain("replacing the case in " + dir);
            }
            progress.begin(one.getKey().toString());
            Outcome outcome;
            try {
                outcome = analysis.run(one.getKey(), dir);
            } finally {
                progress.end();
            }
            show(outcome, cases.size() > 1);
            exit = Math.max(exit, exit(outcome));
        }
        return exit;
    }

    private void show(Outcome outcome, boolean oneOfMany) {
        if (json || !terminal.isOutShown()) {
            terminal.out().println(OutcomeJson.line(outcome));
        } else {
            terminal.out()
                    .print(
                            oneOfMany
                                    ? Report.brief(terminal, outcome)
                                    : Report.whole(terminal, outcome));
        }
        terminal.out().flush();
        boolean read =
                outcome.status() == Outcome.Status.OK || outcome.status() == Outcome.Status.DAMAGED;
        if (!read && !terminal.isOutShown()) {
            terminal.complain(outcome.input() + ": " + outcome.trouble());
        }
    }

    private int exit(Outcome outcome) {
        return switch (outcome.status()) {
            case UNREADABLE, FAILED -> Main.UNREADABLE;
            case OK, DAMAGED -> {
                Severity least = failOn;
                boolean matched =
                        least != null
                                && outcome.summary().findings().stream()
                                        .anyMatch(
                                                finding ->
                                                        finding.severity().compareTo(least) >= 0);
                yield matched ? Main.MATCHED : Main.DONE;
            }
        };
    }

    private Options options() {
        if (workers < 1 || workers > 1024) {
            throw new UserError(
                    "--workers takes a number of threads from 1 to 1024, not " + workers);
        }
        if (out == null && !logs.isEmpty()) {
            throw new UserError("--logs needs --out DIR to write to");
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
        return new Options(
                logs,
                store == Store.parquet,
                digests(),
                Keyring.load(keys),
                Networks.of(local),
                workers,
                checksums,
                midstream == Choice.yes);
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

    /// Where the case of each input goes; everything that may be wrong is said before any work.
    private Map<Path, @Nullable Path> cases() {
        Map<Path, @Nullable Path> cases = new LinkedHashMap<>();
        if (inputs.size() > 1 && !each) {
            throw new UserError(
                    "several captures as one timeline are not in this build: add --each to analyze each by itself, or"
                            + " join them first: mergecap -w all.pcapng "
                            + joined());
        }
        Set<Path> taken = new HashSet<>();
        for (Path input : inputs) {
            notYet(input);
            Path dir = out == null || !each ? out : out.resolve(name(input));
            if (cases.containsKey(input) || dir != null && !taken.add(dir)) {
                throw new UserError(
                        "two inputs are called "
                                + name(input)
                                + ", and their cases would be one: "
                                + joined());
            }
            if (dir != null) {
                CaseFolder.check(dir);
            }
            cases.put(input, dir);
        }
        if (out != null && each && CaseFolder.isCase(out)) {
            throw new UserError(
                    out + " is a case itself: name another folder for the cases of --each");
        }
        return cases;
    }

    private String joined() {
        List<String> words = new ArrayList<>();
        inputs.forEach(input -> words.add(NextSteps.quoted(input.toString())));
        return String.join(" ", words);
    }

    private static String name(Path input) {
        Path name = input.getFileName();
        return name == null || name.toString().equals("-") ? "stdin" : name.toString();
    }

    private static void notYet(Path input) {
        if (input.toString().matches("[A-Za-z0-9.-]+:[0-9]{1,5}") && !Files.exists(input)) {
            throw new UserError(input + ": reading pcap over IP is not in this build");
        }
    }
}
