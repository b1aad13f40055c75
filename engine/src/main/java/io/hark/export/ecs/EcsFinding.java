package io.hark.export.ecs;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A judgement: an alert in ECS. A later revision has the same `event.id`.
public final class EcsFinding implements EcsMapping<Finding> {

    private static final Key SEVERITY = new Key("event.severity");
    private static final Key LEVEL = new Key("log.level");
    private static final Key RISK = new Key("event.risk_score");
    private static final Key FRAMEWORK = new Key("threat.framework");
    private static final Key RELATED = new Key("related.ip");

    /// The mapping.
    public EcsFinding() {}

    @Override
    public Class<Finding> kind() {
        return Finding.class;
    }

    @Override
    public String sort() {
        return "alert";
    }

    @Override
    public List<String> categories() {
        return List.of("intrusion_detection", "network");
    }

    @Override
    public String action() {
        return "finding";
    }

    @Override
    public Map<String, String> fields() {
        return Map.ofEntries(
                Map.entry("id", "event.id"),
                Map.entry("detector", "rule.name"),
                Map.entry("title", "message"),
                Map.entry("why", "event.reason"),
                Map.entry("severity", ""),
                Map.entry("techniques", "threat.technique.id"),
                Map.entry("orig_h", "source.ip"),
                Map.entry("resp_h", "destination.ip"),
                Map.entry("resp_p", "destination.port"),
                Map.entry("host", "destination.domain"),
                Map.entry("first", "event.start"),
                Map.entry("last", "event.end"));
    }

    @Override
    public void more(Finding finding, JsonWriter out) {
        int severity = severity(finding.severity());
        out.number(SEVERITY, severity);
        out.text(LEVEL, finding.severity().name().toLowerCase(Locale.ROOT));
        out.field(RISK).real(severity * finding.confidence());
        out.text(FRAMEWORK, finding.techniques().isEmpty() ? null : "MITRE ATT&CK");
        out.list(RELATED)
                .item(finding.orig_h().toString())
                .item(finding.resp_h().toString())
                .endList();
    }

    /// The numbers that Elastic's own rules have for these words.
    private static int severity(Finding.Severity severity) {
        return switch (severity) {
            case LOW -> 21;
            case MEDIUM -> 47;
            case HIGH -> 73;
            case CRITICAL -> 99;
        };
    }
}
