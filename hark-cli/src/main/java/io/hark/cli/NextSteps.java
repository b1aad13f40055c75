package io.hark.cli;

import io.hark.UserError;
import io.hark.report.Units;
import io.hark.sensor.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/// What a case holds and which commands to run on it next: at most three, ready to be copied.
///
/// @param command how the user calls us
/// @param outcome of the run
record NextSteps(String command, Outcome outcome) {

    private static final int MAX_COMMANDS = 3;
    private static final Set<String> EVERYDAY = Set.of("http", "dns"); // asked by a query already
    private static final int MAX_NAMED = 5; // inputs that a command repeats

    /// `12 conn, 40 dns; 1 finding; logs: conn.log, dns.log`.
    String contents() {
        Path dir = outcome.out();
        List<String> parts = new ArrayList<>();
        if (dir != null && Files.isDirectory(dir.resolve("events")) && !outcome.kinds().isEmpty()) {
            parts.add(
                    "events: "
                            + outcome.kinds().entrySet().stream()
                                    .sorted(Entry.<String, Long>comparingByValue().reversed())
                                    .map(kind -> kind.getKey() + " " + Units.count(kind.getValue()))
                                    .collect(Collectors.joining(", ")));
        }
        for (String folder : List.of("logs", "conversations", "undecoded")) {
            int files = files(folder).size();
            if (files > 0) {
                parts.add(folder + ": " + Units.count(files, "file"));
            }
        }
        if (!outcome.summary().findings().isEmpty()) {
            parts.add("findings.jsonl: " + outcome.summary().findings().size());
        }
        if (dir != null && Files.exists(dir.resolve("indicators.csv"))) {
            parts.add("indicators.csv");
        }
        parts.add("case.json");
        return String.join("; ", parts);
    }

    private List<Path> files(String folder) {
        Path dir = outcome.out();
        if (dir == null || !Files.isDirectory(dir.resolve(folder))) {
            return List.of();
        }
        try (var files = Files.list(dir.resolve(folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UserError(
                    "cannot look into " + dir.resolve(folder) + ": " + e.getMessage(), e);
        }
    }

    /// The commands, the most telling first.
    List<String> commands() {
        List<String> commands = new ArrayList<>();
        Path dir = outcome.out();
        if (dir == null) {
            return List.of(called() + " analyze " + inputs() + " --out case");
        }
        String there = quoted(dir.toString());
        List<Path> texts =
                files("conversations").stream()
                        .filter(file -> file.toString().endsWith(".txt"))
                        .toList();
        if (!texts.isEmpty()) {
            commands.add(
                    "less "
                            + (texts.size() == 1
                                    ? quoted(texts.getFirst().toString())
                                    : there + "/conversations/*.txt"));
        }
        if (!outcome.summary().closed().isEmpty() && Files.isDirectory(dir.resolve("undecoded"))) {
            commands.add(called() + " decode --late " + there + " --keys KEYFILE");
        }
        if (Files.isDirectory(dir.resolve("events"))) {
            queries(there, commands);
        }
        if (commands.isEmpty()) {
            commands.add("less " + quoted(dir.resolve("case.json").toString()));
        }
        return commands.subList(0, Math.min(MAX_COMMANDS, commands.size()));
    }

    private String inputs() {
        return outcome.inputs().stream()
                .limit(MAX_NAMED)
                .map(input -> quoted(input.path().toString()))
                .collect(
                        Collectors.joining(
                                " ", "", outcome.inputs().size() > MAX_NAMED ? " ..." : ""));
    }

    private void queries(String there, List<String> commands) {
        String ask = called() + " query " + there;
        if (outcome.kinds().containsKey("http")) {
            commands.add(ask + " 'SELECT host, uri, status_code FROM http LIMIT 20'");
        } else if (outcome.kinds().containsKey("dns")) {
            commands.add(ask + " 'SELECT query, count(*) FROM dns GROUP BY query'");
        } else if (outcome.kinds().containsKey("ssl")) {
            commands.add(ask + " 'SELECT server_name, version, ja4 FROM ssl'");
        } else if (outcome.kinds().containsKey("conn")) {
            commands.add(ask + " 'SELECT \"id.resp_h\", service, resp_bytes FROM conn'");
        }
        outcome.summary().requests().kinds().keySet().stream()
                .filter(kind -> !EVERYDAY.contains(kind))
                .findFirst()
                .ifPresent(kind -> commands.add(called() + " search " + there + " kind:" + kind));
        List<HostTable.Host> hosts = HostTable.top(outcome.summary(), 1);
        if (!hosts.isEmpty()) {
            commands.add(called() + " host " + there + " " + hosts.getFirst().addr);
        }
        commands.add(ask);
    }

    /// A command of a finding as it is typed here: findings say `hark … DIR …`.
    static String here(String command, String called, Path dir) {
        return command.replaceFirst("^hark ", Matcher.quoteReplacement(quoted(called) + " "))
                .replaceFirst(
                        " DIR( |$)", Matcher.quoteReplacement(" " + quoted(dir.toString())) + "$1");
    }

    private String called() {
        return quoted(command);
    }

    /// A word as a shell takes it.
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:@%+=-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
