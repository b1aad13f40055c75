package io.hark.incident;

import static io.hark.event.Finding.Severity.HIGH;
import static io.hark.event.Finding.Severity.LOW;
import static io.hark.event.Finding.Severity.MEDIUM;
import static org.assertj.core.api.Assertions.assertThat;

import io.hark.engagement.Networks;
import io.hark.event.Finding;
import io.hark.incident.Link.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IncidentsTest {

    private static final String SITE = "10.0.0.5";
    private static final String SERVER = "10.0.0.9";
    private static final String OUTSIDE = "203.0.113.7";
    private static final long DAY = 86_400;

    private static List<Incident> of(MadeFinding... findings) {
        return Incidents.of(Stream.of(findings).map(MadeFinding::made).toList(), Networks.PRIVATE);
    }

    private static List<Reason> reasons(Incident incident) {
        return incident.links().stream().map(Link::reason).toList();
    }

    private static List<String> parts(Incident incident) {
        return incident.hosts().stream().map(m -> m.role() + " " + m.host()).toList();
    }

    @Test
    void an_intrusion_is_one_incident_in_the_order_of_time_with_the_reason_of_each_step() {
        var incidents =
                of(
                        MadeFinding.of(SITE, SERVER, "T1021.002").at(7200),
                        MadeFinding.of(OUTSIDE, SITE, "T1190").at(0),
                        MadeFinding.of(SITE, OUTSIDE, "T1071.001").at(60),
                        MadeFinding.of(SERVER, OUTSIDE, "T1048").at(9000));
        assertThat(incidents).hasSize(1);
        var one = incidents.getFirst();
        assertThat(one.findings())
                .extracting(f -> f.techniques().getFirst())
                .containsExactly("T1190", "T1071.001", "T1021.002", "T1048");
        assertThat(reasons(one))
                .containsExactlyInAnyOrder(Reason.PAIR, Reason.ACTOR, Reason.ONWARD);
        assertThat(one.techniques()).containsExactly("T1190", "T1021.002", "T1071.001", "T1048");
        assertThat(parts(one))
                .containsExactly("OPERATOR " + OUTSIDE, "FOOTHOLD " + SITE, "FOOTHOLD " + SERVER);
        assertThat(one.title()).startsWith(SITE + " and 1 more led by " + OUTSIDE);
    }

    @Test
    void who_was_only_attacked_is_a_victim_and_a_server_attacked_outside_is_no_operator() {
        var one =
                of(
                                MadeFinding.of(SITE, SERVER, "T1110.001"),
                                MadeFinding.of(SITE, OUTSIDE, "T1046").at(5))
                        .getFirst();
        assertThat(parts(one))
                .containsExactly("FOOTHOLD " + SITE, "VICTIM " + SERVER, "VICTIM " + OUTSIDE);
    }

    @Test
    void in_a_capture_of_foreign_networks_who_calls_out_is_the_foothold() {
        var one =
                of(
                                MadeFinding.of("198.51.100.2", OUTSIDE, "T1071"),
                                MadeFinding.of("198.51.100.2", OUTSIDE, "T1573.002").at(5))
                        .getFirst();
        assertThat(parts(one)).containsExactly("OPERATOR " + OUTSIDE, "FOOTHOLD 198.51.100.2");
    }

    @Test
    void findings_of_one_tactic_count_once() {
        var same =
                of(
                                MadeFinding.of(SITE, OUTSIDE, "T1071").by("a").weight(MEDIUM, 0.6),
                                MadeFinding.of(SITE, OUTSIDE, "T1573").by("b").weight(HIGH, 0.5))
                        .getFirst();
        assertThat(same.confidence()).isEqualTo(0.6);
        assertThat(same.severity()).isEqualTo(HIGH);
        var different =
                of(
                                MadeFinding.of(SITE, OUTSIDE, "T1071").weight(MEDIUM, 0.6),
                                MadeFinding.of(SITE, SERVER, "T1021").weight(MEDIUM, 0.5))
                        .getFirst();
        assertThat(different.confidence()).isEqualTo(0.8);
        assertThat(different.severity()).isEqualTo(MEDIUM);
    }

    @Test
    void medium_findings_of_three_tactics_are_a_serious_matter() {
        var one =
                of(
                                MadeFinding.of(SITE, SERVER, "T1046"),
                                MadeFinding.of(SITE, SERVER, "T1110").at(9),
                                MadeFinding.of(SITE, SERVER, "T1021.002").at(20))
                        .getFirst();
        assertThat(one.severity()).isEqualTo(HIGH);
        assertThat(one.why()).contains("3 tactics make it high");
    }

    @Test
    void what_has_nothing_in_common_stays_apart() {
        assertThat(
                        of(
                                MadeFinding.of(SITE, SERVER, "T1021"),
                                MadeFinding.of("10.0.0.6", SERVER, "T1046"),
                                MadeFinding.of("10.0.0.7", "10.0.0.8", "T1046")))
                .hasSize(3); // one server attacked by two is no link between the two
    }

    @Test
    void the_same_host_a_week_later_is_another_matter() {
        assertThat(
                        of(
                                MadeFinding.of(SITE, SERVER, "T1021"),
                                MadeFinding.of(SITE, OUTSIDE, "T1071").at(7 * DAY)))
                .hasSize(2);
    }

    @Test
    void one_connection_joins_whatever_lies_between() {
        var one =
                of(
                        MadeFinding.of(SITE, OUTSIDE, "T1071").in("C1", "C2"),
                        MadeFinding.of(OUTSIDE, SITE, "T1048").in("C2").at(30 * DAY));
        assertThat(one).hasSize(1);
        assertThat(reasons(one.getFirst())).containsExactly(Reason.CONNECTION);
        assertThat(one.getFirst().links().getFirst().what()).isEqualTo("C2");
    }

    @Test
    void hosts_that_call_one_name_at_several_addresses_are_one_incident() {
        var one =
                of(
                        MadeFinding.of(SITE, OUTSIDE, "T1071").called("c2.example"),
                        MadeFinding.of(SERVER, "203.0.113.8", "T1573").called("c2.example"));
        assertThat(one).hasSize(1);
        assertThat(reasons(one.getFirst())).containsExactly(Reason.NAME);
    }

    @Test
    void what_many_hosts_do_alike_is_one_incident_and_glues_nothing_else() {
        List<Finding> findings = new ArrayList<>();
        for (int host = 1; host <= 40; host++) {
            String from = "10.0.1." + host;
            findings.add(MadeFinding.of(from, OUTSIDE, "T1071").by("odd").made());
            findings.add(MadeFinding.of(from, "10.0.2." + host, "T1046").at(host).made());
        }
        var incidents = Incidents.of(findings, Networks.PRIVATE);
        assertThat(incidents).hasSize(41);
        assertThat(incidents.stream().mapToInt(i -> i.findings().size()).max()).hasValue(40);
    }

    @Test
    void a_host_that_many_attacked_is_not_followed_onward() {
        List<Finding> findings = new ArrayList<>();
        for (int host = 1; host <= 5; host++) {
            findings.add(MadeFinding.of("10.0.1." + host, SERVER, "T1046").at(host).made());
        }
        findings.add(MadeFinding.of(SERVER, OUTSIDE, "T1071").at(100).made());
        assertThat(Incidents.of(findings, Networks.PRIVATE)).hasSize(6);
        assertThat(Incidents.of(findings.subList(2, 6), Networks.PRIVATE)).hasSize(3);
    }

    @Test
    void low_findings_go_with_an_incident_and_never_make_or_join_one() {
        var incidents =
                of(
                        MadeFinding.of(SITE, OUTSIDE, "T1071"),
                        MadeFinding.of(SITE, SERVER, "T1018").weight(LOW, 0.9).at(9),
                        MadeFinding.of(SERVER, "203.0.113.99", "T1021").at(20),
                        MadeFinding.of("10.0.0.77", "10.0.0.78", "T1018").weight(LOW, 0.9));
        assertThat(incidents).hasSize(2);
        assertThat(incidents).extracting(i -> i.minor().size()).containsExactlyInAnyOrder(1, 0);
        assertThat(incidents).allMatch(i -> i.confidence() == 0.5);
    }

    @Test
    void the_order_in_which_findings_come_changes_nothing() {
        List<Finding> findings = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            String from = "10.0.0." + random.nextInt(60);
            String to = (random.nextBoolean() ? "10.0.0." : "203.0.113.") + random.nextInt(60);
            findings.add(
                    MadeFinding.of(from, to, random.nextBoolean() ? "T1071" : "T1021")
                            .by("d" + random.nextInt(5))
                            .at(random.nextInt(300_000))
                            .made());
        }
        var before = Incidents.of(findings, Networks.PRIVATE);
        Collections.shuffle(findings, random);
        assertThat(Incidents.of(findings, Networks.PRIVATE)).isEqualTo(before);
        assertThat(before.stream().mapToInt(i -> i.links().size() + 1).sum()).isEqualTo(300);
    }

    @Test
    void every_technique_that_detectors_name_has_a_tactic() {
        assertThat(List.of("T1071.001", "T1557.002", "T1606.002", "T1599"))
                .noneMatch(id -> Tactic.of(id) == Tactic.UNKNOWN);
        assertThat(Tactic.of("T9999")).isEqualTo(Tactic.UNKNOWN);
    }
}
