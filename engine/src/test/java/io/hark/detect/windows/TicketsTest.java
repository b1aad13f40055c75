package io.hark.detect.windows;

import static io.hark.detect.windows.Acts.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicketsTest {

    private static final String AES = "aes256-cts-hmac-sha1-96";
    private static final String RC4 = "rc4-hmac";

    private final Acts acts = new Acts();

    @Test
    void tickets_in_rc4_for_many_services_are_roasting() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            events.add(acts.ticket("TGS", "a@EXAMPLE.TEST", "MSSQLSvc/db" + i, RC4, null));
        }
        Finding finding = found(new Tickets(), events).getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.HIGH);
        assertThat(finding.techniques()).containsExactly("T1558.003");
        assertThat(finding.why()).contains("5 different services");
    }

    @Test
    void many_services_in_aes_and_one_old_one_in_rc4_are_a_working_day() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            events.add(acts.ticket("TGS", "a@EXAMPLE.TEST", "cifs/files" + i, AES, null));
        }
        events.add(acts.ticket("TGS", "a@EXAMPLE.TEST", "MSSQLSvc/old", RC4, null));
        assertThat(found(new Tickets(), events)).isEmpty();
    }

    @Test
    void a_host_s_ticket_in_rc4_after_others_in_aes_is_a_downgrade() {
        Finding finding =
                found(
                                new Tickets(),
                                List.of(
                                        acts.ticket("AS", "a", "krbtgt/EXAMPLE.TEST", AES, null),
                                        acts.ticket("TGS", "a", "cifs/files", RC4, null)))
                        .getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding.techniques()).contains("T1556.001");
    }

    @Test
    void tickets_without_proof_for_many_users_are_roasting_too() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            events.add(acts.ticket("AS", "user" + i, "krbtgt/EXAMPLE.TEST", RC4, null));
        }
        assertThat(found(new Tickets(), events).getFirst().techniques())
                .containsExactly("T1558.004");
    }

    @Test
    void a_mistyped_password_is_nothing_and_many_users_are_spraying() {
        Event mistyped =
                acts.ticket("AS", "a", "krbtgt/EXAMPLE.TEST", null, "KDC_ERR_PREAUTH_FAILED");
        assertThat(found(new Tickets(), List.of(mistyped, mistyped, mistyped))).isEmpty();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            events.add(
                    acts.ticket(
                            "AS",
                            "user" + i,
                            "krbtgt/EXAMPLE.TEST",
                            null,
                            "KDC_ERR_PREAUTH_FAILED"));
        }
        assertThat(found(new Tickets(), events).getFirst().techniques())
                .containsExactly("T1110.003");
    }

    @Test
    void a_desktop_that_nobody_looks_at_is_found_and_one_that_is_watched_is_not() {
        Duration brief = Duration.ofSeconds(14);
        assertThat(found(new BlindDesktop(), List.of(acts.desktop(9000, 6000, 170, brief))))
                .extracting(Finding::severity)
                .containsExactly(Severity.MEDIUM);
        assertThat(
                        found(
                                new BlindDesktop(),
                                List.of(
                                        acts.desktop(
                                                90_000, 2_000_000, 900, Duration.ofMinutes(20)),
                                        acts.desktop(2500, 2000, 12, Duration.ofSeconds(1)))))
                .isEmpty();
    }
}
