package io.hark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Finding;
import io.hark.report.Knowledge;
import io.hark.sensor.Analysis;
import io.hark.sensor.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the build found in the detectors' classes, held against what they say.
class ClaimTest {

    private static final Map<String, Claim> CLAIMS =
            Claim.all().stream().collect(Collectors.toMap(Claim::detector, Function.identity()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sandcat",
                "iodine",
                "shell-tls-rsa",
                "beacon",
                "dcerpc-pipe",
                "web-shells",
                "icmp-tunnel",
                "ftp-passive",
                "hostile-text"
            })
    void a_detector_names_no_technique_that_it_does_not_claim(String sample) throws Exception {
        Path capture = Path.of("../samples").resolve(sample).resolve("capture.pcap");
        List<Finding> findings =
                new Analysis(Options.builder().build(), _ -> {})
                        .run(capture, null)
                        .summary()
                        .findings();
        for (Finding finding : findings) {
            assertThat(techniques(finding.detector()))
                    .as(finding.title())
                    .containsAll(finding.techniques().stream().map(Claim::whole).toList());
        }
    }

    @Test
    void techniques_of_tables_count_and_those_of_neighbours_do_not() {
        assertThat(techniques("decoded-c2")).contains("T1057", "T1113");
        assertThat(techniques("beacons")).contains("T1029").doesNotContain("T1046");
    }

    @Test
    void every_technique_that_a_detector_claims_has_a_name() {
        Knowledge knowledge = new Knowledge();
        assertThat(CLAIMS.values().stream().flatMap(claim -> claim.techniques().stream()).toList())
                .allSatisfy(
                        technique ->
                                assertThat(knowledge.name(technique)).as(technique).isNotEmpty());
    }

    private static List<String> techniques(String detector) {
        return Objects.requireNonNull(CLAIMS.get(detector), detector).techniques();
    }
}
