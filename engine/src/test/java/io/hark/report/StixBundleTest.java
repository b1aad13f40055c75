package io.hark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.engagement.Networks;
import io.hark.incident.Incident;
import io.hark.incident.Incidents;
import io.hark.incident.MadeFinding;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// Holds bundles against what STIX 2.1 requires of the objects we write.
class StixBundleTest {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /// Properties that STIX 2.1 §4 to §6 requires beyond type and id.
    private static final Map<String, List<String>> REQUIRED =
            Map.ofEntries(
                    Map.entry("identity", List.of("created", "modified", "name")),
                    Map.entry("incident", List.of("created", "modified", "name")),
                    Map.entry("attack-pattern", List.of("created", "modified", "name")),
                    Map.entry(
                            "indicator",
                            List.of(
                                    "created",
                                    "modified",
                                    "pattern",
                                    "pattern_type",
                                    "valid_from")),
                    Map.entry(
                            "observed-data",
                            List.of(
                                    "created",
                                    "modified",
                                    "first_observed",
                                    "last_observed",
                                    "number_observed",
                                    "object_refs")),
                    Map.entry(
                            "report",
                            List.of("created", "modified", "name", "published", "object_refs")),
                    Map.entry(
                            "relationship",
                            List.of(
                                    "created",
                                    "modified",
                                    "relationship_type",
                                    "source_ref",
                                    "target_ref")),
                    Map.entry("sighting", List.of("created", "modified", "sighting_of_ref")),
                    Map.entry("ipv4-addr", List.of("value")));

    private static List<Incident> incidents() {
        return Incidents.of(
                List.of(
                        MadeFinding.of("203.0.113.7", "10.0.0.5", "T1190").made(),
                        MadeFinding.of("10.0.0.5", "203.0.113.7", "T1071.001")
                                .called("c2.example")
                                .at(60)
                                .made(),
                        MadeFinding.of("10.0.0.5", "10.0.0.9", "T1021.002").at(90).made()),
                Networks.PRIVATE);
    }

    @Test
    void every_object_has_what_the_standard_requires_and_refers_to_objects_that_are_there() {
        JsonNode bundle = JSON.readTree(StixBundle.of(incidents()));
        Set<String> ids = new HashSet<>();
        bundle.path("objects").forEach(object -> ids.add(object.path("id").asString()));
        assertThat(ids).hasSize(bundle.path("objects").size());
        for (JsonNode object : bundle.path("objects")) {
            String type = object.path("type").asString();
            assertThat(REQUIRED).containsKey(type);
            String id = object.path("id").asString();
            assertThat(id).startsWith(type + "--");
            assertThat(UUID.fromString(id.substring(type.length() + 2)).version()).isEqualTo(5);
            assertThat(object.path("spec_version").asString()).isEqualTo("2.1");
            for (String property : REQUIRED.getOrDefault(type, List.of())) {
                assertThat(object.has(property)).as(type + " " + property).isTrue();
            }
            object.propertyStream()
                    .filter(member -> member.getKey().endsWith("_ref"))
                    .forEach(member -> assertThat(ids).contains(member.getValue().asString()));
            object.propertyStream()
                    .filter(member -> member.getKey().endsWith("_refs"))
                    .forEach(
                            member ->
                                    member.getValue()
                                            .forEach(
                                                    ref ->
                                                            assertThat(ids)
                                                                    .contains(ref.asString())));
        }
    }

    /// The id of an address is one that every producer gives it: of STIX 2.1 §6.5's kind of id,
    /// made of `{"value":"198.51.100.3"}`, computed with Python's `uuid.uuid5`.
    @Test
    void an_address_has_the_id_that_everybody_gives_it() {
        var incidents =
                Incidents.of(
                        List.of(MadeFinding.of("10.0.0.5", "198.51.100.3", "T1071").made()),
                        Networks.PRIVATE);
        assertThat(StixBundle.of(incidents))
                .contains("ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4");
    }

    @Test
    void an_operator_becomes_an_indicator_by_address_and_name() {
        assertThat(StixBundle.of(incidents()))
                .contains("[ipv4-addr:value = '203.0.113.7']", "[domain-name:value = 'c2.example']")
                .doesNotContain("'10.0.0.9'");
    }

    @Test
    void a_layer_scores_each_technique_by_its_surest_finding() {
        JsonNode layer =
                JSON.readTree(NavigatorLayer.of("case", incidents().getFirst().findings()));
        assertThat(layer.at("/versions/layer").asString()).isEqualTo("4.5");
        assertThat(layer.path("domain").asString()).isEqualTo("enterprise-attack");
        assertThat(
                        layer.path("techniques")
                                .valueStream()
                                .map(t -> t.path("techniqueID").asString()))
                .containsExactly("T1021.002", "T1071.001", "T1190");
        assertThat(layer.at("/techniques/0/score").asInt()).isEqualTo(50);
    }
}
