package io.hark.detect.decoded;

import io.hark.Key;
import io.hark.event.Fact;
import io.hark.event.Finding;
import io.hark.event.FindingDraft;
import io.hark.event.Side;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// A conversation in the words of a finding.
///
/// @param spoken what was read of it
record Telling(Spoken spoken) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /// What every line at a shell is: worth its number, no list of words.
    private static final String COMMANDS = "T1059";

    private static final String TUNNEL = "T1572";

    /// What orders are told by first: what does harm or opens the way to it.
    private static final List<String> TACTICS =
            List.of(
                    "execution",
                    "impact",
                    "credential-access",
                    "lateral-movement",
                    "exfiltration",
                    "command-and-control",
                    "persistence",
                    "privilege-escalation",
                    "defense-evasion",
                    "collection",
                    "discovery");

    /// What a name in a command may be made of: whoever copies it runs nothing else.
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9-]+");

    void into(FindingDraft draft) {
        title(draft);
        draft.why(
                "Of %s%s %s read: %s, %s, %s.",
                spoken.family(),
                spoken.profile().isEmpty() ? "" : " (" + spoken.profile() + ")",
                spoken.read() == 1 ? "one message was" : spoken.read() + " messages were",
                count(spoken.orders(), "order"),
                count(spoken.answers(), "answer"),
                count(spoken.calls() + spoken.nods(), "sign") + " of life");
        String aims = aims();
        if (!aims.isEmpty()) {
            draft.why("%s %s.", spoken.orders() > 0 ? "Asked for" : "Seen:", aims);
        }
        if (!spoken.loot().isEmpty()) {
            draft.why("What left: %s.", loot());
        }
        draft.why("%s.", certainty());
        if (spoken.orders() > 0) {
            draft.engage(
                    "EAC0004",
                    "EAV0023",
                    "its orders can be read as they come: lay out decoys for what it asks next");
        }
        boolean isEcho = spoken.layers().contains("icmp");
        draft.between(
                        spoken.id().orig_h(),
                        spoken.id().resp_h(),
                        isEcho ? null : spoken.id().resp_p())
                .techniques(techniques());
        next(draft);
    }

    private void title(FindingDraft draft) {
        if (spoken.orders() > 0) {
            draft.title(
                    "%s operates %s by %s: %s read",
                    spoken.controller(),
                    spoken.implant(),
                    spoken.family(),
                    count(spoken.orders(), "order"));
        } else if (spoken.aims().stream().anyMatch(aim -> aim.technique().equals(TUNNEL))) {
            draft.title(
                    "%s makes a tunnel of %s and %s",
                    spoken.family(), spoken.implant(), spoken.controller());
        } else {
            draft.title(
                    "%s on %s keeps in touch with %s",
                    spoken.family(), spoken.implant(), spoken.controller());
        }
    }

    private static String count(long n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }

    private List<Spoken.Aim> ranked() {
        return spoken.aims().stream()
                .sorted(
                        Comparator.comparingInt((Spoken.Aim aim) -> TACTICS.indexOf(aim.tactic()))
                                .thenComparing(
                                        Comparator.comparingLong(Spoken.Aim::count).reversed()))
                .toList();
    }

    /// What was asked for, by tactic.
    private String aims() {
        Map<String, List<String>> words = new LinkedHashMap<>();
        for (Spoken.Aim aim : ranked()) {
            if (!aim.technique().equals(COMMANDS)) {
                words.computeIfAbsent(aim.tactic(), _ -> new ArrayList<>())
                        .add(aim.technique() + " (" + String.join(", ", aim.words()) + ")");
            }
        }
        List<String> parts = new ArrayList<>();
        words.forEach((tactic, what) -> parts.add(tactic + " " + String.join(", ", what)));
        return String.join("; ", parts);
    }

    private String loot() {
        return String.join(
                "; ",
                spoken.loot().stream()
                        .map(
                                loot ->
                                        "%s (%s, %d bytes)"
                                                .formatted(
                                                        loot.what(),
                                                        count(loot.count(), "message"),
                                                        loot.bytes()))
                        .toList());
    }

    private String certainty() {
        if (!spoken.secret().isEmpty()) {
            return "The secret '" + spoken.secret() + "' opened it, which proves the reading";
        } else if (spoken.certain() && (spoken.ordersCertain() || spoken.orders() == 0)) {
            return "Real captures verify the decoder";
        }
        return "No real capture verifies this decoder"
                + (spoken.certain() ? " for such orders" : "")
                + ": that it is so, only the form says";
    }

    /// The channel, then what was done through it.
    private List<String> techniques() {
        List<String> all = new ArrayList<>();
        all.add(channel());
        ranked().forEach(aim -> all.add(aim.technique()));
        return all;
    }

    private String channel() {
        List<String> layers = spoken.layers();
        if (layers.contains("http") || layers.contains("websocket")) {
            return spoken.operator() == Side.ORIGINATOR ? "T1505.003" : "T1071.001";
        } else if (layers.contains("dns")) {
            return "T1071.004";
        } else if (layers.contains("smtp")) {
            return "T1071.003";
        }
        return layers.contains("tls") ? "T1573.002" : "T1095";
    }

    private void next(FindingDraft draft) {
        List<String> uids = spoken.span().uids();
        String which =
                PLAIN.matcher(spoken.decoder()).matches()
                        ? " WHERE decoder = '" + spoken.decoder() + "'"
                        : "";
        draft.next(
                "hark query DIR \"SELECT ts, side, type, text FROM message"
                        + which
                        + " ORDER BY ts\"");
        if (!uids.isEmpty()) {
            draft.next("hark stream DIR --uid " + uids.getLast());
        }
        draft.next("hark host DIR " + spoken.implant());
    }

    /// The numbers, and the first messages with their times.
    List<Fact> numbers(Key key) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of(Finding.CONVERSATION, key.name()));
        facts.add(Fact.of("family", spoken.family()));
        facts.add(Fact.of("decoder", spoken.decoder()));
        facts.add(Fact.of("verified", String.valueOf(spoken.certain())));
        facts.add(Fact.of("operator", spoken.controller().toString()));
        facts.add(Fact.of("implant", spoken.implant().toString()));
        facts.add(Fact.of("layers", String.join(" > ", spoken.layers())));
        facts.add(Fact.of("orders", spoken.orders()));
        facts.add(Fact.of("answers", spoken.answers()));
        facts.add(Fact.of("signs_of_life", spoken.calls() + spoken.nods()));
        for (int i = 0; i < spoken.asked().size(); i++) {
            Spoken.Line line = spoken.asked().get(i);
            String means = line.technique().isEmpty() ? "" : " (" + line.technique() + ")";
            facts.add(Fact.of("asked_" + (i + 1), time(line.ts()) + "  " + line.text() + means));
        }
        if (!spoken.loot().isEmpty()) {
            facts.add(Fact.of("left", loot()));
        }
        return facts;
    }

    private static String time(long nanos) {
        return TIME.format(Instant.ofEpochSecond(0, nanos));
    }
}
