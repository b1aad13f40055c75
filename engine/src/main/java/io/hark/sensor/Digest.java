package io.hark.sensor;

import io.hark.bytes.TextBuffer;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one conversation comes to: who talks, how often, what was asked in which order, what left,
/// what the operator is after, and what could be altered on the way.
///
/// *Shape*: sections of lines, made at the end from messages whose credentials are masked; every
/// list is bounded and says how much it leaves out.
///
/// *Thread*: one owner.
final class Digest {

    private static final int MAX_ASKED = 30; // orders shown
    private static final int MAX_LINE = 120; // characters of one
    private static final int MAX_FEW = 20; // of names, places, tools
    private static final int MAX_TIMES = 512; // moments that the cadence is taken from
    private static final int MIN_GAPS = 3; // below, no cadence is told
    private static final double NANOS = 1e9;

    /// Facts that a host's profile is told by.
    private static final Set<String> WHO =
            Set.of(
                    "host",
                    "user",
                    "username",
                    "os",
                    "platform",
                    "version",
                    "victim",
                    "campaign",
                    "paw");

    /// Facts that name a place of the operator's.
    private static final Set<String> PLACES = Set.of("controller", "server", "upstream_dest");

    /// What leaves a host, by type and subtype.
    private static final Set<Topic> LOOT =
            Set.of(
                    Topic.FILE_GET,
                    Topic.SCREENSHOT,
                    Topic.CAMERA,
                    Topic.AUDIO,
                    Topic.KEYSTROKES,
                    Topic.CLIPBOARD,
                    Topic.CREDENTIALS);

    /// One part.
    ///
    /// @param name for programs
    /// @param title for people
    /// @param lines what there is to say
    record Section(String name, String title, List<String> lines) {}

    private final Map<String, String> who = new TreeMap<>();
    private final Set<String> places = new LinkedHashSet<>();
    private final List<String> asked = new ArrayList<>();
    private final Set<String> tools = new LinkedHashSet<>();
    private final Map<String, long[]> left = new LinkedHashMap<>(); // how many, octets
    private final Set<String> closed = new LinkedHashSet<>();
    private final Preferences preferences = new Preferences();
    private final Opportunities opportunities = new Opportunities();
    private final long[] times = new long[MAX_TIMES];
    private int timeCount;
    private long askedCount;
    private long closedCount;

    /// One more message.
    void add(Message m) {
        opportunities.add(m);
        places(m);
        switch (m.side()) {
            case OPERATOR -> ordered(m);
            case IMPLANT -> answered(m);
            case UNKNOWN -> {}
        }
        if (is(m, Topic.BINARY) || is(m, Topic.GAP)) {
            closedCount++;
            few(closed, m.text());
        }
    }

    private static boolean is(Message m, Topic topic) {
        return topic.type().equals(m.type()) && Objects.equals(topic.subtype(), m.subtype());
    }

    private void places(Message m) {
        few(places, m.id().orig_h() + " → " + m.id().resp_h() + ":" + m.id().resp_p());
        for (Fact fact : m.fields()) {
            String text = fact.text();
            if (text != null && !text.isEmpty() && PLACES.contains(fact.name())) {
                few(places, fact.name() + " " + text);
            }
        }
    }

    private void ordered(Message m) {
        if (is(m, Topic.KEEPALIVE) || is(m, Topic.BEACON) || m.type().equals("unknown")) {
            return;
        }
        preferences.look(m.text());
        askedCount++;
        if (asked.size() < MAX_ASKED) {
            asked.add(m.type().equals("shell") ? cut(m.text()) : cut(topic(m) + ": " + m.text()));
        }
        if (is(m, Topic.FILE_PUT)) {
            few(tools, m.text());
        }
    }

    private void answered(Message m) {
        boolean regular = is(m, Topic.BEACON) || is(m, Topic.KEEPALIVE) || is(m, Topic.SYSINFO);
        if (regular && timeCount < MAX_TIMES) {
            times[timeCount++] = m.ts();
        }
        for (Fact fact : m.fields()) {
            String text = fact.text();
            if (text != null && WHO.contains(fact.name()) && is(m, Topic.SYSINFO)) {
                who.put(fact.name(), cut(text));
            }
        }
        for (Topic topic : LOOT) {
            if (is(m, topic)) {
                count(topic(m), octets(m));
            }
        }
        if (is(m, Topic.SHELL)) {
            count("shell output", m.text().length());
        }
    }

    private void count(String what, long octets) {
        long[] sum = left.computeIfAbsent(what, _ -> new long[2]);
        sum[0]++;
        sum[1] += octets;
    }

    private static long octets(Message m) {
        for (Fact fact : m.fields()) {
            Double number = fact.number();
            if (number != null && fact.name().equals("bytes")) {
                return number.longValue();
            }
        }
        return m.text().length();
    }

    private static String topic(Message m) {
        String subtype = m.subtype();
        return subtype == null ? m.type() : m.type() + " " + subtype;
    }

    private static void few(Set<String> set, String text) {
        if (set.size() < MAX_FEW) {
            set.add(cut(text));
        }
    }

    private static String cut(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE) + "…";
    }

    /// All that there is to say; sections without a line are left out.
    List<Section> sections() {
        List<Section> all = new ArrayList<>();
        List<String> facts = new ArrayList<>();
        who.forEach((name, value) -> facts.add(name + " " + value));
        add(all, "implant", "implant", facts);
        String cadence = cadence();
        add(all, "cadence", "cadence", cadence == null ? List.of() : List.of(cadence));
        List<String> orders = new ArrayList<>(asked);
        if (askedCount > asked.size()) {
            orders.add((askedCount - asked.size()) + " more");
        }
        add(all, "asked", "asked for, in order", orders);
        List<String> loot = new ArrayList<>();
        left.forEach((what, sum) -> loot.add("%s: %d, %d bytes".formatted(what, sum[0], sum[1])));
        add(all, "left", "what left", loot);
        add(all, "tools", "tools transferred", List.copyOf(tools));
        add(all, "preferences", "after", preferences.lines());
        add(all, "infrastructure", "infrastructure", List.copyOf(places));
        List<String> shut = new ArrayList<>(closed);
        if (closedCount > 0) {
            shut.addFirst(closedCount + " pieces");
        }
        add(all, "closed", "not read", shut);
        add(all, "opportunities", "opportunities", opportunities.lines());
        return all;
    }

    private static void add(List<Section> all, String name, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            all.add(new Section(name, title, lines));
        }
    }

    /// How regularly the implant calls: the median gap, and how far from it gaps lie, by median.
    private @Nullable String cadence() {
        int gaps = timeCount - 1;
        if (gaps < MIN_GAPS) {
            return null;
        }
        long[] moments = Arrays.copyOf(times, timeCount);
        Arrays.sort(moments);
        double[] between = new double[gaps];
        for (int i = 0; i < gaps; i++) {
            between[i] = (moments[i + 1] - moments[i]) / NANOS;
        }
        double median = median(between);
        double[] off = Arrays.stream(between).map(gap -> Math.abs(gap - median)).toArray();
        double jitter = median == 0 ? 0 : median(off) / median;
        return String.format(
                Locale.ROOT,
                "the implant calls every %.1f s, jitter %.0f %% (medians of %d gaps)",
                median,
                jitter * 100,
                gaps);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// For the head of a transcript.
    void text(TextBuffer out) {
        for (Section section : sections()) {
            out.put("# ").put(section.title).put(':');
            String before = section.lines.size() == 1 ? " " : "\n#   ";
            for (String line : section.lines) {
                out.put(before).put(Transcripts.escaped(line, " "));
            }
            out.put('\n');
        }
    }

    /// For programs: an object of lists of texts.
    void json(Message first, TextBuffer out) {
        out.put("{\"conversation\":").json(first.conversation());
        out.put(",\"family\":").json(first.family()).put(",\"decoder\":").json(first.decoder());
        for (Section section : sections()) {
            out.put(",").json(section.name).put(":[");
            String comma = "";
            for (String line : section.lines) {
                out.put(comma).json(line);
                comma = ",";
            }
            out.put(']');
        }
        out.put("}\n");
    }
}
