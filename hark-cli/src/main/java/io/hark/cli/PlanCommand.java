package io.hark.cli;

import io.hark.Decoder;
import io.hark.UserError;
import io.hark.engagement.Engagement;
import io.hark.engagement.EngagementFile;
import io.hark.engagement.Networks;
import io.hark.plan.Claim;
import io.hark.plan.Comparison;
import io.hark.plan.Level;
import io.hark.plan.Plan;
import io.hark.plan.PlanJson;
import io.hark.plan.Trouble;
import io.hark.report.PlanReport;
import io.hark.sensor.Analysis;
import io.hark.sensor.CaseFolder;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark plan`: what would be seen, what would not, and what would help most.
@Command(
        name = "plan",
        header = "Tells what your sensors would see, where you are blind, and what helps most.",
        description = {
            "Reads engagement.yaml and tells for every pair of zones and every technique whether a sensor or log source"
                    + " would see it, by which detector; what to add, the most for its cost first; which secrets to"
                    + " collect beforehand. With --observed it also tells where a case or lake is not as planned.",
            "init INPUT drafts an engagement.yaml from a capture or a case."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark plan init capture.pcap -o engagement.yaml",
            "  hark plan engagement.yaml",
            "  hark plan engagement.yaml --observed case --html plan.html",
            "  hark plan engagement.yaml --fail-on blind --json | jq .additions",
            "",
            "Exit status, the highest wins: 4 could not write, 3 an input was unreadable, 2 wrong usage or a fault in"
                    + " engagement.yaml, 1 what --fail-on names, 0 otherwise."
        })
final class PlanCommand implements Callable<Integer> {

    private static final String INIT = "init";

    private enum FailOn {
        blind,
        trouble
    }

    private final Terminal terminal;

    @Parameters(
            index = "0",
            paramLabel = "ENGAGEMENT|init",
            description = "The file that declares the environment; or init.")
    private String first = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "INPUT",
            description = "With init: a capture, or a case.")
    private @Nullable Path input;

    @Option(
            names = "--observed",
            paramLabel = "DIR",
            description = "A case or lake to hold the plan against.")
    private @Nullable Path observed;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a page.")
    private @Nullable Path html;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description =
                    "With init: where to; one that is there is kept. Default: the standard output.")
    private @Nullable Path out;

    @Option(
            names = "--local",
            paramLabel = "CIDR",
            description = "With init: which networks are ours. Default: the private ranges.")
    private List<String> local = List.of();

    @Option(
            names = "--fail-on",
            paramLabel = "blind|trouble",
            description =
                    "Exit with 1 if something is blind; or if what was observed is not as planned.")
    private @Nullable FailOn failOn;

    @Option(names = "--json", description = "JSON even on a terminal.")
    private boolean json;

    PlanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return first.equals(INIT) ? init() : plan(Path.of(first));
    }

    private int plan(Path file) throws IOException {
        if (input != null || out != null || !local.isEmpty()) {
            throw new UserError(
                    "INPUT, --out and --local go with init; a plan takes one engagement.yaml");
        }
        Engagement engagement;
        try {
            engagement = EngagementFile.read(file);
        } catch (UserError e) {
            return Main.unread(terminal, e);
        }
        List<Decoder<?>> decoders = Analysis.decoders();
        Plan plan = Plan.of(engagement, Claim.all(), decoders);
        List<Trouble> troubles =
                observed == null ? null : Comparison.of(engagement, Observing.of(observed));
        if (html != null) {
            Files.writeString(html, PlanReport.page(plan, troubles));
        }
        if (json || !terminal.isOutShown()) {
            terminal.out().println(PlanJson.of(plan, troubles));
        } else {
            terminal.out().print(new PlanPage(terminal, plan, troubles).text());
        }
        terminal.out().flush();
        return isFailed(plan, troubles) ? Main.MATCHED : Main.DONE;
    }

    private boolean isFailed(Plan plan, @Nullable List<Trouble> troubles) {
        FailOn wanted = failOn;
        if (wanted == null) {
            return false;
        }
        return switch (wanted) {
            case blind -> plan.count().getOrDefault(Level.BLIND, 0) > 0;
            case trouble -> {
                if (troubles == null) {
                    throw new UserError("--fail-on trouble goes with --observed DIR");
                }
                yield !troubles.isEmpty();
            }
        };
    }

    // ---- init

    private int init() throws IOException, InterruptedException {
        Path from = input;
        if (from == null) {
            throw new UserError("plan init takes a capture or a case to draft from");
        }
        Path to = out;
        if (to != null && Files.exists(to)) {
            throw new UserError(to + " is there already: name another file, or move it");
        }
        if (Files.isDirectory(from)) {
            write(Observing.draft(from, from.toString(), Networks.of(local)), to);
            return Main.DONE;
        }
        Path scratch = Files.createTempDirectory("hark-plan");
        try {
            Path made = scratch.resolve("case");
            Outcome outcome =
                    new Analysis(Options.builder().store(true).build(), _ -> {}).run(from, made);
            if (outcome.status() == Outcome.Status.UNREADABLE
                    || outcome.status() == Outcome.Status.FAILED) {
                terminal.complain(from + ": " + outcome.trouble());
                return Main.UNREADABLE;
            }
            if (!CaseFolder.isCase(made) || !Files.isDirectory(made.resolve("events"))) {
                throw new UserError(from + " has no traffic to draft from");
            }
            write(Observing.draft(made, from.toString(), Networks.of(local)), to);
            return Main.DONE;
        } finally {
            remove(scratch);
        }
    }

    private void write(String text, @Nullable Path to) throws IOException {
        if (to == null) {
            terminal.out().print(text);
            terminal.out().flush();
        } else {
            Files.writeString(to, text);
            terminal.out().println("made " + to);
            terminal.out().flush();
        }
    }

    private static void remove(Path dir) throws IOException {
        try (Stream<Path> all = Files.walk(dir)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
