package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the plan calls blind is not seen, and what it proposes to add sees it: real traffic between
/// zones that are network namespaces, real sensors where they are declared. Needs root; `./check
/// real` runs it.
@Tag("real")
class PlanRealTest {

    private static final String ZONES =
            """
            zones:
              - {name: bait, purpose: engagement, networks: 10.91.1.0/24}
              - {name: office, networks: 10.91.2.0/24}
            sensors:
            """;

    /// Where a sensor of that name stands: of the router, or of the switch in office.
    private static final Map<String, String> INTERFACES =
            Map.of(
                    "border-bait", "rbait",
                    "border-office", "roffice",
                    "within-office", "port",
                    "uplink", "rout");

    @TempDir private Path temp = Path.of("");

    private JsonNode plan(String sensors, Object... more) throws IOException {
        Path file = Files.writeString(temp.resolve("engagement.yaml"), ZONES + sensors);
        List<Object> words = new ArrayList<>(List.of("plan", file, "--json"));
        words.addAll(List.of(more));
        Run run = Run.piped(words.toArray());
        assertThat(run.exit()).as(run.err()).isZero();
        return JsonMapper.builder().build().readTree(run.out());
    }

    private static int count(JsonNode plan, String place, String level) {
        return plan.get("places")
                .valueStream()
                .filter(one -> one.get("place").asString().equals(place))
                .findFirst()
                .orElseThrow()
                .get(level)
                .asInt();
    }

    private static String declared(String name, String members) {
        return "  - {name: " + name + ", " + members + "}\n";
    }

    /// The first of the additions with which the place is blind no more: as it is declared.
    private JsonNode proposed(JsonNode plan, String sensors, String place) throws IOException {
        for (JsonNode addition : plan.get("additions")) {
            JsonNode sensor = addition.get("sensor");
            if (count(plan(sensors + declared(sensor)), place, "blind") == 0) {
                return sensor;
            }
        }
        throw new AssertionError("nothing is proposed for " + place);
    }

    private static String declared(JsonNode sensor) {
        return declared(
                sensor.get("name").asString(),
                "zones: " + sensor.get("zones") + ", sees: " + sensor.get("sees"));
    }

    private LiveSensor sensor(Zones net, String name, String... options) throws Exception {
        String at = Objects.requireNonNull(INTERFACES.get(name), name);
        return new LiveSensor(temp, at.equals("port") ? net.office : net.router, at, options);
    }

    private static long seen(LiveSensor sensor, String from, String to) throws IOException {
        return sensor.log("conn").stream()
                .filter(row -> row.get("id.orig_h").asString().equals(from))
                .filter(row -> row.get("id.resp_h").asString().equals(to))
                .count();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    border-bait | 'zones: [bait]'            | office - outside | 10.91.2.2 | 203.0.113.2
                    border-bait | 'zones: [bait]'            | within office    | 10.91.2.2 | 10.91.2.3
                    uplink      | 'sees: [bait - outside, office - outside]' | bait - office | 10.91.1.2 | 10.91.2.2
                    """)
    void what_is_blind_is_not_seen_and_the_addition_sees_it(
            String name, String members, String place, String from, String to) throws Exception {
        String sensors = declared(name, members);
        JsonNode plan = plan(sensors);
        assertThat(count(plan, place, "blind")).isPositive();
        assertThat(count(plan, place, "seen") + count(plan, place, "part")).isZero();
        JsonNode proposed = proposed(plan, sensors, place);
        try (Zones net = Zones.make("socat")) {
            try (LiveSensor sensor = sensor(net, name)) {
                net.talk(from, to, 3);
                net.talk(Zones.BAIT, Zones.OUTSIDE, 3);
                sensor.stop();
                assertThat(seen(sensor, from, to)).as("blind").isZero();
                assertThat(seen(sensor, Zones.BAIT, Zones.OUTSIDE))
                        .as("not blind; a call before the server listens is one more")
                        .isGreaterThanOrEqualTo(3);
            }
            try (LiveSensor sensor = sensor(net, proposed.get("name").asString())) {
                net.talk(from, to, 3);
                sensor.stop();
                assertThat(seen(sensor, from, to))
                        .as("with the addition")
                        .isGreaterThanOrEqualTo(3);
            }
        }
    }

    @Test
    void a_tap_of_one_direction_is_in_part_and_shows_in_its_case() throws Exception {
        String sensors = declared("border-bait", "sees: [bait > outside]");
        JsonNode plan = plan(sensors);
        assertThat(count(plan, "bait - outside", "seen")).isZero();
        assertThat(count(plan, "bait - outside", "part")).isPositive();
        assertThat(plan.get("additions").valueStream().map(one -> one.get("kind").asString()))
                .contains("other_way");
        try (Zones net = Zones.make("socat")) {
            try (LiveSensor sensor =
                    sensor(net, "border-bait", "--filter", "src net 10.91.1.0/24")) {
                net.talk(Zones.BAIT, Zones.OUTSIDE, 12);
                sensor.stop();
                assertThat(observed(sensors, sensor)).contains("one sided");
            }
            try (LiveSensor sensor = sensor(net, "border-bait")) {
                net.talk(Zones.BAIT, Zones.OUTSIDE, 12);
                sensor.stop();
                assertThat(observed(sensors, sensor)).doesNotContain("one sided");
            }
        }
    }

    private List<String> observed(String sensors, LiveSensor sensor) throws IOException {
        return plan(sensors, "--observed", sensor.dir.resolve("live"))
                .get("observed")
                .valueStream()
                .map(one -> one.get("kind").asString())
                .toList();
    }
}
