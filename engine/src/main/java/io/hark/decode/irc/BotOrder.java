package io.hark.decode.irc;

import io.hark.event.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An order as bots of IRC take them.
///
/// ```
/// .advscan asn1smb 100 5 0 -r        SDBot, rBot, Agobot: a sign, a verb, arguments
/// !* UNKNOWN 192.0.2.1 60            Kaiten: a mask of nicks, a verb in capitals, arguments
/// !bot @udpflood 192.0.2.1 80 60     Perl bots: a call, then a sign, a verb, arguments
/// ```
///
/// People give orders to harmless bots alike (`!seen bob`, `.help`): only a verb of the trade with
/// arguments of its form is one. *Source*: The Honeynet Project, *Know your Enemy: Tracking
/// Botnets* (2005), and published descriptions of Kaiten and of Perl bots; no code was read.
///
/// @param topic what it is about
/// @param verb in lower case, without its sign
/// @param whom the mask of nicks that it is for; empty for all
record BotOrder(Topic topic, String verb, String whom) {

    private static final int MAX_WORDS = 12; // the longest order has nine
    private static final String SIGNS = ".!@-%&*$+?~`";
    private static final Set<String> CALLS = Set.of("bot", "u", "x", "all", "bots", "cmd");

    private static final Pattern COLOURS =
            Pattern.compile("\\x03(?:\\d{1,2}(?:,\\d{1,2})?)?|[\\x02\\x0f\\x16\\x1d\\x1f]");
    private static final Pattern TARGET =
            Pattern.compile(
                    "(?:\\d{1,3}(?:\\.(?:\\d{1,3}|[*x])){3}|[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63}){1,8})"
                            + "(?::\\d{1,5})?(?:/\\d{1,2})?",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern LINK =
            Pattern.compile("(?:https?|t?ftp)://\\S{4,}", Pattern.CASE_INSENSITIVE);
    private static final Pattern RUNS =
            Pattern.compile(
                    "\\S{1,500}\\.(?:exe|scr|dll|com|bat|vbs|ps1|sh|pl|py|bin|elf|x86|i[3-6]86|arm\\d?|mips|mipsel)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    /// What must stand among the arguments.
    private enum Needs {
        /// A host, and a number: a port, seconds, packets.
        TARGET_AND_NUMBER,
        /// Numbers: threads, seconds.
        NUMBERS,
        /// A link, and in it or beside it the name of something that runs.
        LINK,
        /// `on`, `off` or the like.
        SWITCH,
        /// A number, and something that runs.
        NUMBER_AND_PROGRAM,
        /// A word or more.
        WORDS
    }

    private record Form(Topic topic, Needs needs) {}

    private static final Form FLOOD = new Form(Topic.ATTACK, Needs.TARGET_AND_NUMBER);
    private static final Form SCAN = new Form(Topic.ATTACK, Needs.NUMBERS);
    private static final Form LOAD = new Form(Topic.FILE_PUT, Needs.LINK);
    private static final Form WATCH = new Form(Topic.KEYSTROKES, Needs.SWITCH);
    private static final Form RUN = new Form(Topic.PROCESS_START, Needs.NUMBER_AND_PROGRAM);

    /// Verbs by what they ask for.
    private static final Map<String, Form> VERBS =
            Map.ofEntries(
                    Map.entry("udpflood", FLOOD),
                    Map.entry("tcpflood", FLOOD),
                    Map.entry("synflood", FLOOD),
                    Map.entry("httpflood", FLOOD),
                    Map.entry("icmpflood", FLOOD),
                    Map.entry("pingflood", FLOOD),
                    Map.entry("ddos.syn", FLOOD),
                    Map.entry("ddos.ack", FLOOD),
                    Map.entry("ddos.random", FLOOD),
                    Map.entry("ddos.udpflood", FLOOD),
                    Map.entry("ddos.synflood", FLOOD),
                    Map.entry("ddos.httpflood", FLOOD),
                    Map.entry("ddos.phatsyn", FLOOD),
                    Map.entry("ddos.phaticmp", FLOOD),
                    Map.entry("ddos.phatwonk", FLOOD),
                    Map.entry("ddos.targa3", FLOOD),
                    Map.entry("udp", FLOOD),
                    Map.entry("syn", FLOOD),
                    Map.entry("advscan", SCAN),
                    Map.entry("asc", SCAN),
                    Map.entry("ntscan", SCAN),
                    Map.entry("ipscan", SCAN),
                    Map.entry("rangescan", SCAN),
                    Map.entry("scanall", SCAN),
                    Map.entry("root.start", SCAN),
                    Map.entry("portscan", FLOOD),
                    Map.entry("download", LOAD),
                    Map.entry("dl", LOAD),
                    Map.entry("wget", LOAD),
                    Map.entry("update", LOAD),
                    Map.entry("http.execute", LOAD),
                    Map.entry("http.update", LOAD),
                    Map.entry("http.download", LOAD),
                    Map.entry("ftp.execute", LOAD),
                    Map.entry("keylog", WATCH),
                    Map.entry("sniff", WATCH),
                    Map.entry("psniff", WATCH),
                    Map.entry("harvest.cdkeys", new Form(Topic.CREDENTIALS, Needs.SWITCH)),
                    Map.entry("execute", RUN),
                    Map.entry("bot.execute", RUN));

    /// Kaiten's verbs, in capitals behind a mask of nicks, and what they ask for.
    private static final Map<String, Form> CAPITALS =
            Map.of(
                    "TSUNAMI", FLOOD,
                    "PAN", FLOOD,
                    "UDP", FLOOD,
                    "UNKNOWN", FLOOD,
                    "GET", LOAD,
                    "SH", new Form(Topic.SHELL, Needs.WORDS),
                    "SPOOFS", new Form(Topic.CONTROL, Needs.WORDS),
                    "SERVER", new Form(Topic.CONTROL, Needs.WORDS));

    /// Reads what somebody said; null where it is no order.
    static @Nullable BotOrder of(String said) {
        String text = COLOURS.matcher(said).replaceAll("").strip();
        if (text.length() < 3 || SIGNS.indexOf(text.charAt(0)) < 0) {
            return null;
        }
        String[] words = text.split("\\s+", MAX_WORDS);
        String first = words[0].substring(1);
        List<String> all = Arrays.asList(words);
        if (words.length > 1 && CAPITALS.containsKey(words[1])) {
            return of(CAPITALS.get(words[1]), words[1], first, all.subList(2, words.length));
        }
        boolean called = words.length > 1 && CALLS.contains(first.toLowerCase(Locale.ROOT));
        String verb = called ? words[1] : words[0];
        boolean signed = verb.length() > 1 && SIGNS.indexOf(verb.charAt(0)) >= 0;
        String bare = (signed ? verb.substring(1) : verb).toLowerCase(Locale.ROOT);
        List<String> arguments = all.subList(called ? 2 : 1, words.length);
        return signed ? of(VERBS.get(bare), bare, "", arguments) : null;
    }

    private static @Nullable BotOrder of(
            @Nullable Form form, String verb, String whom, List<String> arguments) {
        boolean fits = form != null && isFit(form.needs, arguments);
        return fits && form != null
                ? new BotOrder(form.topic, verb.toLowerCase(Locale.ROOT), whom)
                : null;
    }

    private static boolean isFit(Needs needs, List<String> arguments) {
        return switch (needs) {
            case TARGET_AND_NUMBER ->
                    arguments.size() > 1
                            && TARGET.matcher(arguments.getFirst()).matches()
                            && arguments.stream().skip(1).anyMatch(BotOrder::isNumber);
            case NUMBERS -> arguments.stream().filter(BotOrder::isNumber).count() > 1;
            case LINK ->
                    arguments.stream().anyMatch(word -> LINK.matcher(word).matches())
                            && arguments.stream().anyMatch(word -> RUNS.matcher(word).matches());
            case SWITCH ->
                    !arguments.isEmpty()
                            && Set.of("on", "off", "start", "stop", "file")
                                    .contains(arguments.getFirst().toLowerCase(Locale.ROOT));
            case NUMBER_AND_PROGRAM ->
                    arguments.size() > 1
                            && isNumber(arguments.getFirst())
                            && RUNS.matcher(arguments.getLast()).matches();
            case WORDS -> !arguments.isEmpty();
        };
    }

    private static boolean isNumber(String word) {
        return NUMBER.matcher(word).matches();
    }
}
