package io.hark.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Finding;
import io.hark.schema.Addr;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a sensor that runs for weeks keeps is bounded.
class SummaryTest {

    private static final int MANY = 20_000;

    private static Finding finding(int id, int revision) {
        return new Finding(
                id,
                id,
                "f" + id,
                revision,
                "a detector",
                "a title",
                "a reason",
                Finding.Severity.LOW,
                0.5,
                List.of(),
                List.of(),
                Addr.v4(1),
                Addr.v4(2),
                null,
                null,
                id,
                id,
                List.of(),
                List.of(),
                1.0,
                List.of());
    }

    @Test
    void the_oldest_findings_go_and_are_counted() {
        Summary summary = new Summary();
        for (int i = 0; i < MANY; i++) {
            summary.event(finding(i, 1));
            summary.event(finding(i, 2)); // a revision is not another
        }
        List<Finding> kept = summary.findings();
        assertThat(kept).hasSizeLessThan(MANY);
        assertThat(kept.getLast().id()).isEqualTo("f" + (MANY - 1));
        assertThat(kept).allMatch(finding -> finding.revision() == 2);
        assertThat(summary.otherFindings() + kept.size()).isEqualTo(MANY);
    }
}
