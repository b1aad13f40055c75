package io.hark.cli;

import io.hark.UserError;
import io.hark.event.Finding.Severity;
import io.hark.report.CaseReport;
import io.hark.sensor.Analysis;
import io.hark.sensor.CaseFolder;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import io.hark.wire.Input;
import io.hark.wire.WatchedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark analyze`: what is in these captures?
@Command(
        name = "analyze",
        addMethodSubcommands = false, // to look for some takes a twentieth of a short run
        header = "Says what is in a capture or a log: findings, conversations, traffic.",
        description = {
            "Reads pcap and pcapng, and logs of firewalls and servers, plain or packed with gzip or zstd; recognised by content. Prints a report on a"
                    + " terminal, one JSON object an input otherwise. With --out it leaves a case: events, findings,"
                    + " conversations, logs. A case that is in DIR already is replaced."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark analyze capture.pcap                      look, and write nothing",
            "  hark analyze capture.pcap --out case           keep a case to query",
            "  hark analyze tls.pcap --keys keys.log --out c  read what these keys open",
            "  hark analyze ring*.pcap --out case             rotated files as one timeline",
            "  hark analyze --each *.pcap --out cases         a case for every capture",
            "  hark analyze ring*.pcap firewall.log --out c   a log beside them",
            "  tcpdump -w - | hark analyze - --out case       read standard input",
            "  hark analyze 127.0.0.1:57012 --out case        pcap over IP, as PolarProxy sends it",
            "  hark analyze --watch spool --out case          captures as they arrive, until Ctrl-C",
            "  hark analyze x.pcap --fail-on high --json | jq .findings",
            "",
            "Exit status, the highest wins: 4 could not write, 3 an input was unreadable (the others are done),",
            "2 wrong usage, 1 a finding as severe as --fail-on, 0 otherwise. A damaged capture is no failure."
        })
final class AnalyzeCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(
            paramLabel = "INPUT",
            arity = "0..*",
            description =
                    "Captures, several of which are one timeline, and logs. - is standard input, HOST:PORT pcap over IP.")
    private List<Path> inputs = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "Leave a case in DIR.")
    private @Nullable Path out;

    @Option(
            names = "--each",
            description =
                    "Every input by itself, its case in DIR/<file name>/, instead of all as one timeline.")
    private boolean each;

    @Option(
            names = "--watch",
            paramLabel = "DIR",
            description =
                    "Analyse the captures that appear in DIR, each when it is complete, as one timeline, until"
                            + " Ctrl-C.")
    private @Nullable Path watch;

    @Mixin private Reading reading = new Reading();

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
        Options options = reading.options(out != null);
        List<Run> runs = runs();
        ProgressLine progress = new ProgressLine(terminal, System::nanoTime);
        Analysis analysis = new Analysis(options, progress::tell, new CaseReport());
        int exit = Main.DONE;
        for (Run one : runs) {
            Path dir = one.out;
            if (dir != null && CaseFolder.isCase(dir)) {
                terminal.complain("replacing the case in " + dir);
            }
            progress.begin(one.name());
            Outcome outcome;
            try (@Nullable GentleEnd end = one.isLive() ? new GentleEnd(analysis::stop) : null) {
                outcome = one.analyze(analysis);
                progress.end();
                show(outcome, runs.size() > 1);
                exit = Math.max(exit, exit(outcome));
                if (end != null) {
                    end.leave(exit);
                }
            } finally {
                progress.end();
            }
        }
        return exit;
    }

    /// One case to be made.
    ///
    /// @param captures one timeline
    /// @param watched a folder instead of them, or null
    /// @param out where the case goes, or null
    private record Run(List<Path> captures, @Nullable Path watched, @Nullable Path out) {

        String name() {
            return String.valueOf(watched == null ? captures.getFirst() : watched);
        }

        /// Whether it ends when somebody says so, or whoever sends ends.
        boolean isLive() {
            return watched != null
                    || captures.stream()
                            .anyMatch(one -> one.toString().equals("-") || Input.isOverIp(one));
        }

        Outcome analyze(Analysis analysis) throws IOException, InterruptedException {
            return watched == null
                    ? analysis.run(captures, out)
                    : analysis.run(
                            watched.toString(),
                            new WatchedFolder(watched, System::currentTimeMillis),
                            out);
        }
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
        if (!terminal.isOutShown()) {
            complain(outcome);
        }
    }

    /// What could not be read, for whoever does not look into the JSON.
    private void complain(Outcome outcome) {
        if (outcome.inputs().size() > 1) {
            for (Outcome.Seen input : outcome.inputs()) {
                if (!isRead(input.status())) {
                    terminal.complain(input.path() + ": " + input.trouble());
                }
            }
        } else if (!isRead(outcome.status())) {
            terminal.complain(outcome.name() + ": " + outcome.trouble());
        }
    }

    private static boolean isRead(Outcome.Status status) {
        return status == Outcome.Status.OK || status == Outcome.Status.DAMAGED;
    }

    private int exit(Outcome outcome) {
        if (outcome.isAnyUnread()) {
            return Main.UNREADABLE;
        }
        Severity least = failOn;
        boolean matched =
                least != null
                        && outcome.summary().assessment().open().stream()
                                .anyMatch(finding -> finding.severity().compareTo(least) >= 0);
        return matched ? Main.MATCHED : Main.DONE;
    }

    /// What is to be done, a case each; everything that may be wrong is said before any work.
    private List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        Path folder = watch;
        if (folder != null) {
            if (each || !inputs.isEmpty()) {
                throw new UserError("--watch takes its captures from the folder: name no others");
            }
            if (!Files.isDirectory(folder)) {
                throw new UserError(folder + " is no folder: --watch takes one");
            }
            runs.add(new Run(List.of(), folder, out));
        } else if (inputs.isEmpty()) {
            throw new UserError("name a capture, or a folder with --watch");
        } else if (each) {
            inputs.forEach(
                    one -> runs.add(new Run(List.of(one), null, out == null ? out : of(one))));
        } else {
            runs.add(new Run(inputs, null, out));
        }
        distinct(runs);
        for (Run run : runs) {
            if (run.out != null) {
                CaseFolder.check(run.out);
            }
        }
        if (out != null && each && CaseFolder.isCase(out)) {
            throw new UserError(
                    out + " is a case itself: name another folder for the cases of --each");
        }
        return runs;
    }

    private Path of(Path input) {
        return Objects.requireNonNull(out).resolve(name(input));
    }

    private void distinct(List<Run> runs) {
        Map<Path, Run> taken = new HashMap<>();
        Set<Path> named = new HashSet<>();
        for (Path input : inputs) {
            if (!named.add(input)) {
                throw new UserError(input + " is named twice");
            }
        }
        for (Run run : runs) {
            Run other = run.out == null ? null : taken.putIfAbsent(run.out, run);
            if (other != null) {
                Path input = run.captures.getFirst();
                throw new UserError(
                        "two inputs are called %s, and their cases would be one: %s and %s"
                                .formatted(name(input), other.captures.getFirst(), input));
            }
        }
    }

    private static String name(Path input) {
        Path name = input.getFileName();
        return name == null || name.toString().equals("-") ? "stdin" : name.toString();
    }
}
