package io.hark.detect.tripwires;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.Lines;
import io.hark.detect.MadeConn;
import io.hark.detect.MadeDns;
import io.hark.detect.Sites;
import io.hark.detect.Trial;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class TripwiresTest {

    private static List<Finding> found(Event event) {
        return Trial.last((Tripwires) new Tripwires().within(Sites.lab()), List.of(event));
    }

    @Test
    void one_call_of_a_decoy_is_enough() {
        Finding found = found(MadeConn.at(0).to("10.1.0.77", 445).end()).getFirst();
        assertThat(found.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(found.title()).isEqualTo("10.0.0.5 touched decoy share");
    }

    @Test
    void a_knock_without_a_word_is_less() {
        assertThat(found(MadeConn.at(0).to("10.1.0.77", 445).refused().end()))
                .extracting(Finding::severity)
                .containsExactly(Severity.HIGH);
    }

    @Test
    void a_canary_in_a_name_is_found() {
        assertThat(found(MadeDns.query(0, "svc-backup-old.example.com", 1, 0, null)))
                .extracting(Finding::title)
                .containsExactly("10.0.0.5 touched canary account");
    }

    @Test
    void a_canary_in_a_line_of_a_log_is_found_and_a_call_that_a_firewall_denied_is_less() {
        Finding canary = found(Lines.sshd(1, "10.0.0.5", "svc-backup-old", "failure")).getFirst();
        assertThat(canary.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(canary.title()).isEqualTo("10.0.0.5 touched canary account");

        Finding denied =
                found(Lines.firewall(1, "denied", "10.0.0.5", "10.1.0.77", 445)).getFirst();
        assertThat(denied.severity()).isEqualTo(Severity.HIGH);
        assertThat(denied.title()).isEqualTo("10.0.0.5 touched decoy share");
    }

    @Test
    void everything_else_is_none() {
        assertThat(found(Lines.firewall(1, "allowed", "10.0.0.5", "10.1.0.78", 445))).isEmpty();
        assertThat(found(MadeConn.at(0).to("10.1.0.78", 445).end())).isEmpty();
        assertThat(found(MadeDns.query(0, "www.example.com", 1, 0, null))).isEmpty();
    }
}
