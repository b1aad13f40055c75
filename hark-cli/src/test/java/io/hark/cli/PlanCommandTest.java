package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.engagement.EngagementFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanCommandTest {

    private static final String DECLARED =
            """
            name: lab
            zones:
              - {name: victims, networks: 192.0.2.0/24}
              - {name: office, networks: 10.1.0.0/16}
            assets:
              - {name: first, addresses: 192.0.2.10, value: high}
              - {name: absent, addresses: 192.0.2.99}
            sensors:
              - {name: tap, zones: [victims]}
            """;

    @TempDir private Path dir = Path.of("");

    private Path declared(String text) throws IOException {
        return Files.writeString(dir.resolve("engagement.yaml"), text);
    }

    private static JsonNode json(Run run) {
        return JsonMapper.builder().build().readTree(run.out());
    }

    @Test
    void what_is_blind_fails_where_that_was_asked_for() throws IOException {
        Path file = declared(DECLARED);
        assertThat(Run.piped("plan", file).exit()).isEqualTo(Main.DONE);
        assertThat(Run.piped("plan", file, "--fail-on", "blind").exit()).isEqualTo(Main.MATCHED);
        Path all = declared("sensors: [{name: a, sees: []}]");
        assertThat(Run.piped("plan", all, "--fail-on", "blind").exit()).isEqualTo(Main.MATCHED);
    }

    @Test
    void wrong_use_and_files_that_are_not_there_have_their_statuses() throws IOException {
        Run none = Run.piped("plan", dir.resolve("none.yaml"));
        assertThat(none.exit()).isEqualTo(Main.UNREADABLE);
        assertThat(none.err()).contains("none.yaml: there is no such file");
        assertThat(Run.piped("plan", declared("sensor: []")).exit()).isEqualTo(Main.USAGE);
        assertThat(Run.piped("plan", declared(DECLARED), "--fail-on", "trouble").exit())
                .isEqualTo(Main.USAGE);
        assertThat(Run.piped("plan", "init").exit()).isEqualTo(Main.USAGE);
        assertThat(Run.piped("plan", "init", dir.resolve("none.pcap")).exit())
                .isEqualTo(Main.UNREADABLE);
    }

    @Test
    void the_page_fits_a_narrow_terminal() throws IOException {
        StringBuilder many = new StringBuilder("zones:\n");
        for (int i = 0; i < 9; i++) {
            many.append("  - {name: zone%d, networks: 10.%d.0.0/16}%n".formatted(i, i));
        }
        Run run = Run.shown(72, "plan", declared(many.toString()));
        assertThat(run.out().lines().map(String::length)).allMatch(length -> length <= 72);
        assertThat(run.out()).contains("WHO SEES WHAT", "MATRIX", "ADD", "SECRETS");
    }

    @Test
    void a_case_is_held_against_the_plan() throws IOException {
        Path made = dir.resolve("case");
        assertThat(Run.piped("analyze", Run.sample("sandcat"), "--out", made).exit())
                .isEqualTo(Main.DONE);
        Path page = dir.resolve("plan.html");
        Run run = Run.piped("plan", declared(DECLARED), "--observed", made, "--html", page);
        assertThat(
                        json(run)
                                .get("observed")
                                .valueStream()
                                .map(one -> one.get("subject").asString()))
                .containsExactly("absent"); // the tap sees what it should, one asset is not there
        assertThat(Files.readString(page)).contains("unseen asset", "within office");
    }

    @Test
    void a_draft_from_a_capture_can_be_planned_with() throws IOException {
        Path drafted = dir.resolve("drafted.yaml");
        Run run =
                Run.piped(
                        "plan",
                        "init",
                        Run.sample("sandcat"),
                        "--local",
                        "192.0.2.0/24",
                        "-o",
                        drafted);
        assertThat(run.exit()).as(run.err()).isEqualTo(Main.DONE);
        assertThat(EngagementFile.read(drafted).zones()).hasSize(1);
        assertThat(json(Run.piped("plan", drafted)).get("places").get(0).get("seen").asInt())
                .isPositive();
        assertThat(Run.piped("plan", "init", Run.sample("sandcat"), "-o", drafted).exit())
                .as("it is there already")
                .isEqualTo(Main.USAGE);
    }
}
