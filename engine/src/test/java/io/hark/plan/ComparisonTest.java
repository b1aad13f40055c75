package io.hark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.engagement.Engagement;
import io.hark.engagement.EngagementFile;
import io.hark.plan.Observation.Logged;
import io.hark.plan.Observation.Talk;
import io.hark.plan.Trouble.Kind;
import io.hark.schema.Addr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

    private static final String DECLARED =
            """
            zones:
              - {name: bait, networks: 10.9.0.0/16}
              - {name: office, networks: 10.1.0.0/16}
            assets:
              - {name: files, addresses: 10.9.0.5}
              - {name: gone, addresses: 10.9.0.6}
            decoys:
              - {name: old, addresses: 10.9.0.77}
            sensors:
              - {name: border, zones: [bait]}
              - {name: within, sees: [office - office]}
            logs:
              - {name: proxy, kind: squid, covers: [office]}
            """;

    private static final Logged PROXY = new Logged("squid", "proxy", 40, 10, 0.4);

    @TempDir private Path dir = Path.of("");
    private Engagement engagement = Engagement.NONE;

    @BeforeEach
    void declare() throws IOException {
        engagement =
                EngagementFile.read(Files.writeString(dir.resolve("engagement.yaml"), DECLARED));
    }

    private static Addr addr(String text) {
        return Objects.requireNonNull(Addr.parse(text));
    }

    private static Talk talk(String orig, String resp, long tcp, long oneWay) {
        return new Talk(addr(orig), addr(resp), 20, 20, tcp, oneWay, 1_000, 0);
    }

    private List<Trouble> troubles(List<Talk> talks, Logged log, Map<String, Long> counters) {
        return Comparison.of(engagement, new Observation(talks, List.of(log), counters, 0));
    }

    @Test
    void what_is_as_planned_is_no_trouble() {
        List<Trouble> troubles =
                troubles(
                        List.of(
                                talk("10.9.0.5", "203.0.113.1", 20, 1),
                                talk("10.9.0.6", "10.9.0.77", 20, 0)),
                        PROXY,
                        Map.of("packets", 1_000L, "duplicates", 2L));
        assertThat(troubles)
                .extracting(Trouble::kind)
                .containsExactly(
                        Kind.SILENT_SENSOR, Kind.UNPLANNED); // within; 10.9.0.77 is within bait
    }

    @Test
    void a_tap_of_one_direction_shows() {
        assertThat(troubles(List.of(talk("10.9.0.5", "203.0.113.1", 20, 15)), PROXY, Map.of()))
                .anySatisfy(
                        one -> {
                            assertThat(one.kind()).isEqualTo(Kind.ONE_SIDED);
                            assertThat(one.subject()).isEqualTo("bait - outside");
                            assertThat(one.text()).contains("of 20", "15 were seen one way");
                        });
    }

    @Test
    void silent_sources_and_assets_are_told() {
        List<Trouble> troubles =
                troubles(List.of(), new Logged("sshd", "gate", 1, 0, null), Map.of());
        assertThat(troubles)
                .extracting(one -> one.kind() + " " + one.subject())
                .contains(
                        "SILENT_SENSOR border",
                        "SILENT_SENSOR within",
                        "SILENT_LOG proxy",
                        "UNSEEN_ASSET files",
                        "UNSEEN_ASSET gone");
    }

    @Test
    void hosts_that_nobody_declared_are_told_and_decoys_are_declared() {
        List<Trouble> troubles =
                troubles(
                        List.of(
                                talk("10.9.0.5", "10.9.0.77", 20, 0),
                                talk("10.1.0.44", "203.0.113.9", 20, 0)),
                        PROXY,
                        Map.of());
        assertThat(troubles)
                .filteredOn(one -> one.kind() == Kind.UNDECLARED_HOST)
                .extracting(Trouble::subject)
                .containsExactly("10.1.0.44");
        assertThat(troubles)
                .anySatisfy(
                        one -> {
                            assertThat(one.kind()).isEqualTo(Kind.UNPLANNED);
                            assertThat(one.subject()).isEqualTo("office - outside");
                        });
    }

    @Test
    void losses_duplicates_and_clocks_are_told_with_their_numbers() {
        List<Trouble> troubles =
                troubles(
                        List.of(),
                        new Logged("squid", "proxy", 40, 10, 3_600.0),
                        Map.of(
                                "packets", 1_000L,
                                "duplicates", 400L,
                                "kernel_drops", 7L,
                                "clock_set_back", 2L));
        assertThat(troubles)
                .extracting(Trouble::text)
                .anyMatch(text -> text.startsWith("400 of 1,000 frames were captured twice"))
                .anyMatch(text -> text.startsWith("7 packets were dropped"))
                .anyMatch(text -> text.startsWith("its lines are 3,600 s later"))
                .anyMatch(text -> text.startsWith("2 times a frame"));
    }

    @Test
    void two_lines_that_match_say_nothing_about_a_clock() {
        assertThat(troubles(List.of(), new Logged("squid", "proxy", 40, 2, 3_600.0), Map.of()))
                .noneMatch(one -> one.kind() == Kind.CLOCKS_APART);
    }
}
