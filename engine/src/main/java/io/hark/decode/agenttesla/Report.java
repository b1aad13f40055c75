package io.hark.decode.agenttesla;

import io.hark.event.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The text of a report: the host's profile, then what was stolen, with rules between them.
///
/// ```
/// Time: 09/21/2026 08:15:00<br>User Name: alice<br>Computer Name: VICTIM-PC<br>OSFullName: …<br>…<hr>
/// Host:https://mail.test<br>Username:alice<br>Password:…<br>Application:Firefox<br><hr>
/// ```
///
/// @param host fields of the profile, by name in lower case
/// @param groups what stands behind each further rule, lines between breaks
record Report(Map<String, String> host, List<List<String>> groups) {

    private static final int MAX_GROUPS = 1000; // logins of one host: browsers keep some hundreds
    private static final int MAX_LINES = 64; // of one group; a login has four
    private static final int MAX_LINE = 4096; // characters
    private static final int MAX_TYPED = 1 << 16; // characters of a key log shown at once

    private static final Pattern RULE = Pattern.compile("(?i)<hr\\s*/?>");
    private static final Pattern BREAK = Pattern.compile("(?i)<br\\s*/?>|\\n");
    private static final Pattern TAG = Pattern.compile("<[^<>]{0,200}>");

    /// A stolen login.
    ///
    /// @param place what it is for
    /// @param application where it was kept
    record Login(String place, String username, String password, String application) {

        /// In words, without the password.
        String text() {
            return "login for %s as %s, out of %s".formatted(place, username, application);
        }

        /// All of it; the password's name has it masked.
        List<Fact> facts() {
            return List.of(
                    Fact.of("place", place),
                    Fact.of("username", username),
                    Fact.of("password", password),
                    Fact.of("application", application));
        }
    }

    /// Whether a text is one: it tells time, user and computer by the names that they have here.
    static boolean isOne(String text) {
        String head = text.substring(0, Math.min(text.length(), MAX_LINE));
        return head.contains("Time:")
                && head.contains("User Name:")
                && head.contains("Computer Name:");
    }

    /// Reads a text.
    static Report of(String text) {
        Map<String, String> host = new LinkedHashMap<>();
        List<List<String>> groups = new ArrayList<>();
        for (String part : RULE.split(text, MAX_GROUPS)) {
            List<String> lines = new ArrayList<>();
            for (String line : BREAK.split(part, MAX_LINES)) {
                String plain = plain(line);
                if (!plain.isEmpty()) {
                    lines.add(plain);
                }
            }
            if (host.isEmpty()) {
                lines.forEach(line -> field(line, host));
            } else if (!lines.isEmpty()) {
                groups.add(List.copyOf(lines));
            }
        }
        return new Report(host, groups);
    }

    private static String plain(String line) {
        String cut = line.substring(0, Math.min(line.length(), MAX_LINE));
        String bare = TAG.matcher(cut).replaceAll("");
        return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip();
    }

    private static void field(String line, Map<String, String> into) {
        int colon = line.indexOf(':');
        if (colon > 0) {
            String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            into.putIfAbsent(name, line.substring(colon + 1).strip());
        }
    }

    private String value(String name) {
        return host.getOrDefault(name, "");
    }

    /// User, host and system in a line.
    String profile() {
        String system = value("osfullname");
        return (value("user name") + "@" + value("computer name") + " " + system).strip();
    }

    /// The profile's fields by the names that others have for them.
    List<Fact> hostFacts() {
        List<Fact> facts = new ArrayList<>();
        fact("host", "computer name", facts);
        fact("user", "user name", facts);
        fact("os", "osfullname", facts);
        fact("cpu", "cpu", facts);
        fact("ram", "ram", facts);
        fact("time", "time", facts);
        return facts;
    }

    private void fact(String name, String field, List<Fact> facts) {
        if (!value(field).isEmpty()) {
            facts.add(Fact.of(name, value(field)));
        }
    }

    /// The logins in it.
    List<Login> logins() {
        List<Login> logins = new ArrayList<>();
        for (List<String> group : groups) {
            Map<String, String> fields = new LinkedHashMap<>();
            group.forEach(line -> field(line, fields));
            if (fields.containsKey("password")) {
                logins.add(
                        new Login(
                                fields.getOrDefault("host", fields.getOrDefault("url", "")),
                                fields.getOrDefault("username", ""),
                                fields.getOrDefault("password", ""),
                                fields.getOrDefault("application", "")));
            }
        }
        return logins;
    }

    /// What was typed, window by window.
    String typed() {
        StringBuilder typed = new StringBuilder();
        for (List<String> group : groups) {
            for (String line : group) {
                if (typed.length() + line.length() > MAX_TYPED) {
                    return typed.append("…").toString();
                }
                typed.append(typed.isEmpty() ? "" : "\n").append(line);
            }
        }
        return typed.toString();
    }
}
