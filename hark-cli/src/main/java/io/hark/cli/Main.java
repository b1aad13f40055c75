package io.hark.cli;

import io.hark.UserError;
import io.hark.bytes.Visible;
import io.hark.sensor.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The `hark` command: picks the subcommand and turns what comes of it into an exit status.
@Command(
        name = "hark",
        addMethodSubcommands = false, // to look for some takes a twentieth of a short run
        header = "Hears what an adversary says on your network.",
        description =
                "Analyses captures: connections, protocols, findings, and the adversary's own conversations.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark analyze capture.pcap                      what is in it?",
            "  hark analyze capture.pcap --out case           keep a case",
            "  sudo hark sensor -i eth0 --out case            the same, while the traffic passes",
            "  hark query case 'SELECT * FROM finding'        ask it",
            "  hark search case 'query:*.ru'                  find events of any kind",
            "  hark host case 10.0.0.5                        one host's day",
            "  hark stream case --uid UID                     what both sides of a connection said",
            "  hark decode --late case --keys server.key      read what a key opens later",
            "  hark plan engagement.yaml                      what your sensors would see",
            "  hark list                                      what this build knows",
            "",
            "'hark COMMAND --help' tells more of each."
        })
public final class Main {

    /// All went well.
    static final int DONE = 0;

    /// A finding is as severe as `--fail-on`.
    static final int MATCHED = 1;

    /// Wrong usage.
    static final int USAGE = 2;

    /// An input is unreadable, or we failed on it; the others are done.
    static final int UNREADABLE = 3;

    /// Results could not be written.
    static final int UNWRITTEN = 4;

    private static final Set<String> VERSION = Set.of("--version", "-V");

    private Main() {}

    /// Starts the command.
    public static void main(String[] args) {
        System.exit(run(Terminal.ofProcess(System.getProperties(), System.getenv()), args));
    }

    /// Runs the command in this process.
    ///
    /// @return the exit status
    static int run(Terminal terminal, String... args) {
        if (args.length == 1 && VERSION.contains(args[0])) {
            terminal.out().println(version()); // long before the words of commands were read
            return written(terminal, DONE);
        }
        CommandLine command = new CommandLine(new Main());
        String first = args.length == 0 ? "--help" : args[0];
        Map<String, Function<Terminal, Object>> commands = commands();
        boolean allNeeded = !commands.containsKey(first);
        commands.forEach(
                (name, maker) -> {
                    if (allNeeded || first.equals(name)) { // making all takes long
                        command.addSubcommand(withParts(name, maker.apply(terminal), terminal));
                    }
                });
        for (CommandLine one : all(command)) {
            one.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
            one.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
            one.setColorScheme(
                    Help.defaultColorScheme(terminal.isColoured() ? Help.Ansi.ON : Help.Ansi.OFF));
            one.setUsageHelpWidth(terminal.columns());
            one.setCaseInsensitiveEnumValuesAllowed(true);
            one.setParameterExceptionHandler((e, _) -> misused(terminal, e));
            one.setExecutionExceptionHandler((e, _, _) -> failed(terminal, e));
            one.getCommandSpec()
                    .mixinStandardHelpOptions(true)
                    .versionProvider(() -> new String[] {version()});
        }
        boolean isUnknown = allNeeded && !first.startsWith("-");
        String[] words = isUnknown ? new String[] {first} : args; // what follows is no command
        int exit = args.length == 0 ? help(command) : command.execute(words);
        return written(terminal, exit);
    }

    private static String version() {
        return "hark " + Version.TEXT;
    }

    /// The exit status, unless the results did not reach whom they are for.
    private static int written(Terminal terminal, int exit) {
        if (terminal.out().checkError() && !terminal.isReaderGone()) {
            terminal.complain("could not write to the standard output: it is full, or closed");
            return UNWRITTEN;
        }
        return exit;
    }

    private static Map<String, Function<Terminal, Object>> commands() {
        Map<String, Function<Terminal, Object>> commands = new LinkedHashMap<>();
        commands.put("analyze", AnalyzeCommand::new);
        commands.put("sensor", SensorCommand::new);
        commands.put("monitor", MonitorCommand::new);
        commands.put("collect", CollectCommand::new);
        commands.put("status", StatusCommand::new);
        commands.put("query", QueryCommand::new);
        commands.put("search", SearchCommand::new);
        commands.put("host", HostCommand::new);
        commands.put("explain", ExplainCommand::new);
        commands.put("stream", StreamCommand::new);
        commands.put("packets", PacketsCommand::new);
        commands.put("decode", DecodeCommand::new);
        commands.put("decoder", DecoderCommand::new);
        commands.put("case", CaseCommand::new);
        commands.put("lake", LakeCommand::new);
        commands.put("export", ExportCommand::new);
        commands.put("plan", PlanCommand::new);
        commands.put("notify", NotifyCommand::new);
        commands.put("list", ListCommand::new);
        return commands;
    }

    /// A command with those below it.
    private static CommandLine withParts(String name, Object command, Terminal terminal) {
        CommandLine line = new CommandLine(command);
        switch (name) {
            case "sensor" -> line.addSubcommand(new SensorEnrolCommand(terminal));
            case "collect" ->
                    line.addSubcommand(new CollectEnrolCommand(terminal))
                            .addSubcommand(new CollectRevokeCommand(terminal));
            default -> {} // most stand alone
        }
        return line;
    }

    private static List<CommandLine> all(CommandLine root) {
        List<CommandLine> all = new ArrayList<>(List.of(root));
        root.getSubcommands().values().forEach(one -> all.addAll(all(one)));
        return all;
    }

    private static int help(CommandLine command) {
        command.usage(command.getErr());
        return USAGE;
    }

    private static int misused(Terminal terminal, ParameterException e) {
        CommandLine command = e.getCommandLine();
        Optional<String> notYet =
                e instanceof UnmatchedArgumentException unmatched
                        ? NotInThisBuild.first(command.getCommandName(), unmatched.getUnmatched())
                        : Optional.empty();
        boolean isBare = command.getParent() == null;
        String name = command.getCommandSpec().qualifiedName();
        Optional<String> unknown =
                isBare && e instanceof UnmatchedArgumentException unmatched
                        ? unmatched.getUnmatched().stream()
                                .filter(word -> !word.startsWith("-"))
                                .findFirst()
                                .map(word -> "there is no command '" + Visible.line(word) + "'")
                        : Optional.empty();
        terminal.complain(
                notYet.map(word -> "'" + Visible.line(word) + "' is not in this build")
                        .or(() -> unknown)
                        .orElse(Visible.line(String.valueOf(e.getMessage()))));
        terminal.complain("'" + name + " --help' tells how it is used");
        return USAGE;
    }

    /// Says why the one file that a command is about cannot be read, which is a status of its own;
    /// an error of another cause goes on.
    static int unread(Terminal terminal, UserError error) {
        if (!(error.getCause() instanceof IOException)) {
            throw error;
        }
        terminal.complain(Visible.line(String.valueOf(error.getMessage())));
        return UNREADABLE;
    }

    private static int failed(Terminal terminal, Exception e) throws Exception {
        return switch (e) {
            case UserError error -> {
                String.valueOf(error.getMessage())
                        .lines()
                        .map(Visible::line)
                        .forEach(terminal::complain);
                yield USAGE;
            }
            case IOException error -> {
                terminal.complain("could not write " + Visible.line(reason(error)));
                yield UNWRITTEN;
            }
            default -> throw e; // ours: let it be seen whole
        };
    }

    /// What could not be written, why, and what to do about it.
    private static String reason(IOException error) {
        if (error instanceof FileSystemException of && of.getFile() != null) {
            String why =
                    switch (error) {
                        case AccessDeniedException _ ->
                                "permission denied; name a place where you may write";
                        case NoSuchFileException _ -> "its folder is not there";
                        default -> String.valueOf(of.getReason());
                    };
            return of.getFile() + ": " + why;
        }
        String message = String.valueOf(error.getMessage());
        return message.contains("No space left")
                ? "results: no space left; free some or name another disk, and run it again: what"
                        + " was written so far is no case"
                : "results: " + message;
    }
}
