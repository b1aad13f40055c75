package io.hark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.engagement.Engagement;
import io.hark.engagement.EngagementFile;
import io.hark.report.PlanReport;
import io.hark.schema.Sight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {

    private static final String ZONES =
            """
            zones:
              - {name: bait, purpose: engagement, networks: 10.9.0.0/16}
              - {name: office, networks: 10.1.0.0/16}
            assets:
              - {name: files, addresses: 10.1.0.5, value: high}
            """;

    private static final List<Claim> CLAIMS =
            List.of(
                    claim("shapes", "T1071", Sight.SHAPE),
                    claim("requests", "T1567", Sight.CONTENT),
                    claim("shares", "T1021", Sight.SEALED),
                    claim("neighbours", "T1557", Sight.SEGMENT),
                    claim("conversations", "T1057", Sight.DECODED),
                    claim("lines", "T1110", Sight.LOG));

    @TempDir private Path dir = Path.of("");

    private static Claim claim(String detector, String technique, Sight sight) {
        return new Claim(detector, List.of(), Set.of(sight), List.of(technique));
    }

    private Plan plan(String more) throws IOException {
        Path file = Files.writeString(dir.resolve("engagement.yaml"), ZONES + more);
        return Plan.of(EngagementFile.read(file), CLAIMS, List.of());
    }

    private static Level level(Plan plan, String technique, String zone, String peer) {
        return cell(plan, technique, zone, peer).level();
    }

    private static Cell cell(Plan plan, String technique, String zone, String peer) {
        Map<Place, Cell> cells =
                plan.rows().stream()
                        .filter(row -> row.technique().equals(technique))
                        .findFirst()
                        .orElseThrow()
                        .cells();
        return Objects.requireNonNull(cells.get(new Place(zone, peer)), technique);
    }

    @Test
    void a_tap_at_a_border_sees_what_crosses_it_and_nothing_within() throws IOException {
        Plan plan = plan("sensors: [{name: tap, zones: [bait]}]");
        assertThat(level(plan, "T1071", "bait", "outside")).isEqualTo(Level.SEEN);
        assertThat(level(plan, "T1071", "office", "outside")).isEqualTo(Level.BLIND);
        assertThat(level(plan, "T1021", "bait", "office")).isEqualTo(Level.PART);
        assertThat(level(plan, "T1021", "bait", "bait")).isEqualTo(Level.BLIND);
        assertThat(cell(plan, "T1071", "office", "outside").lack())
                .isEqualTo("no sensor sees this traffic");
    }

    @Test
    void what_tls_hides_is_whole_only_with_a_key_log() throws IOException {
        Plan without = plan("sensors: [{name: tap, zones: [bait]}]");
        assertThat(level(without, "T1567", "bait", "outside")).isEqualTo(Level.PART);
        assertThat(cell(without, "T1567", "bait", "outside").lack())
                .isEqualTo("what TLS hides needs a key log");
        Plan with = plan("sensors: [{name: tap, zones: [bait], keys: [tls-key-log]}]");
        assertThat(level(with, "T1567", "bait", "outside")).isEqualTo(Level.SEEN);
        assertThat(level(with, "T1021", "bait", "office")).as("sealed").isEqualTo(Level.PART);
    }

    @Test
    void one_direction_is_a_part() throws IOException {
        Plan plan = plan("sensors: [{name: tap, sees: ['bait > outside']}]");
        assertThat(level(plan, "T1071", "bait", "outside")).isEqualTo(Level.PART);
        assertThat(cell(plan, "T1071", "bait", "outside").lack())
                .isEqualTo("only one direction is seen");
        assertThat(plan.additions())
                .anySatisfy(one -> assertThat(one.kind()).isEqualTo(Addition.Kind.OTHER_WAY));
    }

    @Test
    void neighbours_are_asked_for_within_zones_only_and_orders_at_the_border() throws IOException {
        Plan plan = plan("sensors: [{name: tap, zones: [bait, office]}]");
        assertThat(plan.rows())
                .filteredOn(row -> row.technique().equals("T1557"))
                .allSatisfy(
                        row ->
                                assertThat(row.cells().keySet())
                                        .allMatch(p -> p.shape() == Place.Shape.WITHIN));
        assertThat(plan.rows())
                .filteredOn(row -> row.technique().equals("T1057"))
                .allSatisfy(
                        row ->
                                assertThat(row.cells().keySet())
                                        .allMatch(p -> p.shape() == Place.Shape.OUTWARD));
    }

    @Test
    void a_log_tells_only_of_what_it_covers_and_a_detector_reads() throws IOException {
        Plan plan = plan("logs: [{name: dc, kind: windows, covers: [office]}]");
        assertThat(level(plan, "T1110", "office", "outside")).isEqualTo(Level.PART);
        assertThat(level(plan, "T1110", "bait", "outside")).isEqualTo(Level.BLIND);
        assertThat(level(plan, "T1071", "office", "outside")).isEqualTo(Level.BLIND);
        Plan flows = plan("logs: [{name: router, kind: netflow, covers: [office]}]");
        assertThat(level(flows, "T1110", "office", "outside")).isEqualTo(Level.BLIND);
    }

    @Test
    void additions_close_all_that_can_be_closed_the_dearest_asset_first() throws IOException {
        Plan plan = plan("sensors: [{name: tap, zones: [bait]}]");
        assertThat(plan.additions().getFirst().what()).contains("office");
        StringBuilder added = new StringBuilder("sensors: [{name: tap, zones: [bait]}");
        for (Addition one : plan.additions()) {
            if (one.closes() > 0) {
                added.append(
                        ", {name: %s, zones: %s, sees: %s}"
                                .formatted(
                                        one.sensor().name(),
                                        one.sensor().zones(),
                                        one.sensor().sees()));
            }
        }
        Plan then = plan(added + "]");
        assertThat(then.places())
                .allSatisfy(
                        place ->
                                assertThat(then.techniques(place, Level.BLIND))
                                        .as(place.toString())
                                        .isSubsetOf("T1110")); // only logs tell of it
    }

    @Test
    void an_environment_without_zones_is_one_zone() {
        Plan plan = Plan.of(Engagement.NONE, CLAIMS, List.of());
        assertThat(plan.places())
                .containsExactly(new Place("inside", "outside"), new Place("inside", "inside"));
    }

    @Test
    void what_engage_maps_and_nobody_tells_is_beyond() throws IOException {
        assertThat(plan("").beyond()).contains("T1011", "T1052").doesNotContain("T1071");
    }

    @Test
    void names_of_the_file_become_no_markup_and_no_line_of_json() throws IOException {
        Path file =
                Files.writeString(
                        dir.resolve("hostile.yaml"),
                        """
                        name: "<script>alert(1)</script>\\n{\\"x\\":1}"
                        zones: [{name: "<b>", networks: 10.0.0.0/8}]
                        sensors: [{name: "\\e[31m", zones: ["<b>"]}]
                        """);
        Plan plan = Plan.of(EngagementFile.read(file), CLAIMS, List.of());
        String page =
                PlanReport.page(
                        plan, List.of(new Trouble(Trouble.Kind.LOSS, "<i>", "<u>lost</u>")));
        assertThat(page).doesNotContain("<script>alert", "<b>&", "<i>", "<u>", "\033");
        assertThat(PlanJson.of(plan, null).lines()).hasSize(1);
    }
}
