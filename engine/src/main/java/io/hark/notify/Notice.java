package io.hark.notify;

import io.hark.bytes.Visible;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.sensor.FindingJson;
import io.hark.sensor.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What somebody is told: of a finding, of many, or that the way works.
///
/// *Safety*: subject and lines hold only characters that show themselves ([Visible]), so that no
/// text of a stranger ends a line or header; the JSON is one line.
///
/// @param id the same whenever it is sent again
/// @param made when
/// @param severity how bad, of many the worst
/// @param subject one line
/// @param lines the whole, for a person
/// @param json the whole, for a program: `type` (`finding`, `digest`, `test`), `id`, and `finding`
///   as in `findings.jsonl`, or of many `count`, `by_severity`, `given_up`, `findings`
record Notice(
        String id,
        Instant made,
        Severity severity,
        String subject,
        List<String> lines,
        String json) {

    private static final int MAX_SUBJECT = 200; // characters: what a list of mails shows
    private static final int MAX_LINE = 4_000;
    private static final int MAX_LISTED = 100; // findings of a digest that are told whole

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Makes its texts harmless, and keeps its own copy.
    Notice {
        subject = cut(Visible.line(subject), MAX_SUBJECT);
        lines = lines.stream().map(line -> cut(Visible.line(line), MAX_LINE)).toList();
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }

    /// Of a finding.
    static Notice of(Finding finding, Instant now) {
        String severity = word(finding.severity());
        String id = finding.id() + "-" + severity;
        List<String> lines = new ArrayList<>();
        lines.add(finding.title());
        lines.add(finding.why());
        Integer port = finding.resp_p();
        String host = finding.host();
        lines.add(
                "%s → %s%s%s"
                        .formatted(
                                finding.orig_h(),
                                finding.resp_h(),
                                port == null ? "" : " port " + port,
                                host == null ? "" : " (" + host + ")"));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "severity %s, confidence %.2f, detector %s, techniques %s",
                        severity,
                        finding.confidence(),
                        finding.detector(),
                        String.join(" ", finding.techniques())));
        lines.addAll(finding.next());
        ObjectNode json = JSON.createObjectNode();
        json.put("type", "finding").put("id", id).put("hark", Version.TEXT);
        json.set("finding", JSON.readTree(FindingJson.line(finding, null)));
        return new Notice(
                id,
                now,
                finding.severity(),
                "hark " + severity + ": " + finding.title(),
                lines,
                Visible.json(json.toString()));
    }

    /// Of many at once.
    ///
    /// @param all at least one, oldest first
    /// @param givenUp how many could not be delivered and were given up
    static Notice digest(List<Notice> all, long givenUp) {
        Map<Severity, Integer> count = new TreeMap<>();
        all.forEach(one -> count.merge(one.severity, 1, Integer::sum));
        Severity worst = all.stream().map(Notice::severity).max(Severity::compareTo).orElseThrow();
        ObjectNode json = JSON.createObjectNode();
        String id = all.getFirst().id + "+" + (all.size() - 1);
        json.put("type", "digest").put("id", id).put("hark", Version.TEXT);
        json.put("count", all.size()).put("given_up", givenUp);
        ObjectNode by = json.putObject("by_severity");
        count.forEach((severity, n) -> by.put(word(severity), n));
        ArrayNode findings = json.putArray("findings");
        List<String> lines = new ArrayList<>();
        lines.add(all.size() + " findings in one message: more came than are told one by one");
        if (givenUp > 0) {
            lines.add(givenUp + " earlier ones could not be delivered and were given up");
        }
        for (Notice one : all.subList(0, Math.min(MAX_LISTED, all.size()))) {
            lines.add(one.subject);
            JsonNode finding = JSON.readTree(one.json).get("finding");
            if (finding != null) {
                findings.add(finding);
            }
        }
        if (all.size() > MAX_LISTED) {
            lines.add((all.size() - MAX_LISTED) + " more are in the case");
        }
        return new Notice(
                id,
                all.getFirst().made,
                worst,
                "hark " + word(worst) + ": " + all.size() + " findings",
                lines,
                Visible.json(json.toString()));
    }

    /// Says that the way works.
    static Notice test(String target, Instant now) {
        ObjectNode json = JSON.createObjectNode();
        json.put("type", "test").put("id", "test-" + now.toEpochMilli()).put("target", target);
        json.put("hark", Version.TEXT);
        return new Notice(
                "test-" + now.toEpochMilli(),
                now,
                Severity.LOW,
                "hark: a test for " + target,
                List.of("If you read this, findings will reach you this way. Nothing happened."),
                Visible.json(json.toString()));
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    /// As it is kept on disk.
    String stored() {
        ObjectNode root = JSON.createObjectNode();
        root.put("id", id).put("made", made.toEpochMilli()).put("severity", severity.name());
        root.put("subject", subject).put("json", json);
        lines.forEach(root.putArray("lines")::add);
        return root.toString();
    }

    /// What [#stored] wrote; null if it is none.
    static @Nullable Notice read(String stored) {
        try {
            JsonNode root = JSON.readTree(stored);
            JSON.readTree(root.path("json").asString());
            return new Notice(
                    root.path("id").asString(),
                    Instant.ofEpochMilli(root.path("made").asLong()),
                    Severity.valueOf(root.path("severity").asString()),
                    root.path("subject").asString(),
                    root.path("lines").valueStream().map(JsonNode::asString).toList(),
                    root.path("json").asString());
        } catch (JacksonException | IllegalArgumentException e) {
            return null;
        }
    }
}
