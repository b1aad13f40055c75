package io.hark.detect.decoded;

import io.hark.event.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// What an order means in ATT&CK: a line of `commands.tsv`. It is told by what the message is and,
/// where that is a command, by the words it begins with. Words, not intentions: `ls` looks for
/// files whoever types it.
///
/// @param technique the id
/// @param tactic what it is done for
record Meaning(String technique, String tactic) {

    private static final Map<String, Meaning> ALL = read();

    private static final int LONGEST =
            ALL.keySet().stream().mapToInt(String::length).max().orElse(0);

    private static final int MAX_LOOK = 1024; // characters of an order: a script is told by its top
    private static final int MAX_PARTS = 16; // commands on one line
    private static final int MAX_WORDS = 4; // of the longest phrase in the table

    private static final Pattern PARTS = Pattern.compile("[;\\n]|&&?|\\|\\|?");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /// What stands before a command and is none: an interpreter, the word of a framework for one.
    private static final Pattern BEFORE =
            Pattern.compile(
                    "^(?:sudo(?!\\s-)|shell:?|run|exec|execute|process"
                            + "|(?:cmd|\\S*\\\\cmd)(?:\\.exe)?\\s/[ckq]"
                            + "|(?:powershell|pwsh)(?:\\.exe)?(?:\\s-\\w+)*?\\s-c(?:ommand)?"
                            + "|(?:\\S*/)?(?:ba|da|z)?sh(?:\\s-c)?)\\s+[\"']?");

    /// The path before a program's name, and what the system puts behind it.
    private static final Pattern PATH = Pattern.compile("^\\S*[/\\\\](?=[\\w.-]+(?:\\s|$))");

    private static final Pattern SUFFIX = Pattern.compile("^([\\w-]+)\\.(?:exe|com)\\b");

    /// What one order means, the plainest first; empty where nothing is known of it.
    static List<Meaning> of(Message order) {
        Set<Meaning> all = new LinkedHashSet<>();
        String subtype = order.subtype();
        add(all, ":" + order.type() + (subtype == null ? "" : " " + subtype));
        if (order.type().equals("shell") || order.type().equals("process")) {
            String text = order.text();
            String top = text.substring(0, Math.min(MAX_LOOK, text.length()));
            PARTS.splitAsStream(top).limit(MAX_PARTS).forEach(part -> command(all, part));
        }
        return List.copyOf(all);
    }

    private static void command(Set<Meaning> all, String part) {
        String command = BLANKS.matcher(part.strip().toLowerCase(Locale.ROOT)).replaceAll(" ");
        String before;
        do { // each turn takes something away
            before = command;
            command = BEFORE.matcher(command).replaceFirst("");
        } while (!command.equals(before));
        command = SUFFIX.matcher(PATH.matcher(command).replaceFirst("")).replaceFirst("$1");
        for (int end = endOf(command, MAX_WORDS); end > 0; end--) {
            boolean cut =
                    end < command.length()
                            && isOfWord(command.charAt(end))
                            && isOfWord(command.charAt(end - 1));
            if (!cut && add(all, command.substring(0, end))) {
                return;
            }
        }
    }

    /// Where that many words end.
    private static int endOf(String command, int words) {
        int end = 0;
        for (int n = 0; n < words && end < command.length(); n++) {
            int blank = command.indexOf(' ', end + 1);
            end = blank < 0 ? command.length() : blank;
        }
        return Math.min(end, LONGEST);
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }

    private static boolean add(Set<Meaning> all, String phrase) {
        Meaning meaning = ALL.get(phrase);
        if (meaning != null) {
            all.add(meaning);
        }
        return meaning != null;
    }

    private static Map<String, Meaning> read() {
        String name = "commands.tsv";
        Map<String, Meaning> phrases = new HashMap<>();
        try (InputStream in =
                Objects.requireNonNull(Meaning.class.getResourceAsStream(name), name)) {
            String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : table.lines().filter(row -> !row.startsWith("#")).toList()) {
                String[] cells = line.split("\t");
                Meaning meaning = new Meaning(cells[0], cells[1]);
                for (String phrase : cells[2].split("\\|")) {
                    phrases.put(phrase, meaning);
                }
            }
            return Map.copyOf(phrases);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
