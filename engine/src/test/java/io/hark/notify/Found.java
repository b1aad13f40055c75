package io.hark.notify;

import io.hark.event.Fact;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.schema.Addr;
import java.util.List;
import java.util.Objects;

/// Findings for tests.
final class Found {

    /// What a stranger may have written: line ends, ends of headers, of mails and of arguments.
    static final String HOSTILE =
            "x\r\nBcc: all@example.org\r\n\r\n.\r\nMAIL FROM:<a@b>\n\" ; touch /tmp/no $(id) ]\u001b[2J\u202e";

    private Found() {}

    static Finding finding(String id, Severity severity) {
        return finding(id, severity, "calls on a schedule", "10.0.0.5");
    }

    static Finding finding(String id, Severity severity, String title, String orig) {
        return new Finding(
                1_700_000_000_000_000_000L,
                1_700_000_000_000_000_000L,
                id,
                1,
                "beacons",
                title,
                "Every 60 s, " + title,
                severity,
                0.9,
                List.of("T1071"),
                List.of(),
                Objects.requireNonNull(Addr.parse(orig)),
                Objects.requireNonNull(Addr.parse("203.0.113.7")),
                443,
                title,
                1_700_000_000_000_000_000L,
                1_700_000_000_000_000_000L,
                List.of("Cuid"),
                List.of(Fact.of("score", 1)),
                1,
                List.of("hark host case 10.0.0.5"));
    }
}
