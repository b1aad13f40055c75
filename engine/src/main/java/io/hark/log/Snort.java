package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Alerts of Snort and Suricata in one line: `alert_fast`, and what they send by syslog.
///
/// ```
/// 10/20-20:43:32.334621  [**] [1:2100498:7] title [**] [Classification: …] [Priority: 2] {TCP} 192.0.2.1:59240 -> 198.51.100.7:80
/// ```
///
/// *Source*: Snort 2 users manual §2.6, `alert_fast`, `alert_syslog`; Suricata user guide, "Fast
/// log".
public final class Snort implements LineParser {

    private static final Pattern FORM =
            Pattern.compile(
                    "\\[(\\d{1,10}:\\d{1,12}:\\d{1,10})\\] (.{0,1024}?)\\s*(?:\\[\\*\\*\\] )?(?:\\[Classification: ([^\\]]{0,256})\\] )?\\[Priority: (\\d{1,3})\\]:? ?\\{([A-Za-z0-9_-]{1,24})\\} ([0-9A-Fa-f:.]{2,45}?)(?::(\\d{1,5}))? -> ([0-9A-Fa-f:.]{2,45}?)(?::(\\d{1,5}))?(?:\\s|$)");

    /// The parser.
    public Snort() {}

    @Override
    public String name() {
        return "snort";
    }

    @Override
    public String about() {
        return "alerts of Snort and Suricata in one line";
    }

    @Override
    public List<String> signs() {
        return List.of("[Priority: ");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Matcher form = FORM.matcher(line.text());
        if (!form.find()) {
            return false;
        }
        out.of(name(), "alert").alert().is("intrusion_detection", "info");
        boolean isDropped = line.text().contains("[Drop]") || line.text().contains("[wDrop]");
        out.put("event.action", isDropped ? "drop" : "alert");
        out.put("rule.id", form.group(1)).put("rule.name", form.group(2));
        out.more("snort.classification", form.group(3)).put("log.level", form.group(4));
        out.put("network.transport", form.group(5));
        out.put("source.ip", form.group(6)).put("source.port", form.group(7));
        out.put("destination.ip", form.group(8)).put("destination.port", form.group(9));
        return true;
    }
}
