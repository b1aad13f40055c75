package io.hark.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.UserError;
import io.hark.event.Finding;
import io.hark.incident.MadeFinding;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuppressionsTest {

    private static final Finding BEACON = // of 2027-01-15
            MadeFinding.of("10.0.0.5", "203.0.113.7", "T1071")
                    .by("beacons")
                    .called("updates.example.org")
                    .made();

    @TempDir Path temp;

    private Suppressions read(String text) throws Exception {
        Path file = temp.resolve("suppressions.yaml");
        Files.writeString(file, text);
        return Suppressions.read(file);
    }

    private static String entry(String... lines) {
        return "suppressions:\n  - " + String.join("\n    ", lines) + "\n";
    }

    @Test
    void an_entry_holds_where_all_that_it_says_holds() throws Exception {
        String rest = "who: jane\n    why: the backup calls home\n    until: 2027-01-15";
        assertThat(read(entry("detector: beacons", rest)).of(BEACON)).isPresent();
        assertThat(read(entry("from: 10.0.0.0/24", "to: 203.0.113.7", rest)).of(BEACON))
                .isPresent();
        assertThat(read(entry("names: ['*.example.org']", rest)).of(BEACON)).isPresent();
        assertThat(read(entry("names: Updates.example.org", rest)).of(BEACON)).isPresent();
        assertThat(read(entry("names: example.org", rest)).of(BEACON)).isEmpty();
        assertThat(read(entry("detector: scans", rest)).of(BEACON)).isEmpty();
        assertThat(read(entry("detector: beacons", "ports: 443", rest)).of(BEACON)).isEmpty();
        assertThat(read(entry("detector: beacons", "to: 198.51.100.0/24", rest)).of(BEACON))
                .isEmpty();
    }

    @Test
    void evidence_after_its_last_day_is_told_again() throws Exception {
        String over = entry("detector: beacons", "who: jane", "why: known", "until: 2027-01-14");
        assertThat(read(over).of(BEACON)).isEmpty();
    }

    @Test
    void who_why_and_until_have_to_be_there_and_errors_name_the_line() {
        assertThatThrownBy(() -> read(entry("detector: beacons", "who: jane", "why: known")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("'until' is missing");
        assertThatThrownBy(
                        () ->
                                read(
                                        entry(
                                                "detector: beacons",
                                                "who: jane",
                                                "why: known",
                                                "until: soon")))
                .hasMessageContaining("line 5")
                .hasMessageContaining("'soon' is no day");
        assertThatThrownBy(() -> read(entry("who: jane", "why: all", "until: 2027-01-01")))
                .hasMessageContaining("suppresses everything");
        assertThatThrownBy(() -> read(entry("detektor: beacons", "who: jane")))
                .hasMessageContaining("nearest is 'detector'");
    }
}
