package io.hark.detect.intel;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.MadeDns;
import io.hark.detect.MadeSsl;
import io.hark.detect.Trial;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.intel.Indicator;
import io.hark.intel.Indicator.Kind;
import io.hark.intel.Intel;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListedTest {

    private static final Intel INTEL =
            Intel.of(
                    List.of(
                            new Indicator(Kind.ADDRESS, "203.0.113.7", "a relay", "feed.csv"),
                            new Indicator(Kind.NETWORK, "198.51.100.0/24", "", "feed.csv"),
                            new Indicator(Kind.DOMAIN, "evil.example", "", "feed.csv")));

    private static List<Finding> found(Event... events) {
        return Trial.last((Listed) new Listed().knowing(INTEL), List.of(events));
    }

    @Test
    void talk_with_a_listed_address_is_high_and_says_what_the_list_says() {
        Finding found = found(MadeConn.at(0).end(), MadeConn.at(9).end()).getFirst();
        assertThat(found.severity()).isEqualTo(Severity.HIGH);
        assertThat(found.title())
                .isEqualTo("10.0.0.5 had to do with the listed address 203.0.113.7");
        assertThat(found.why())
                .isEqualTo(
                        "Seen 2 times, as address called; both sides spoke. feed.csv lists it: \"a relay\".");
    }

    @Test
    void a_call_in_vain_is_less() {
        assertThat(found(MadeConn.at(0).to("198.51.100.9", 80).unanswered().end()))
                .extracting(Finding::severity)
                .containsExactly(Severity.MEDIUM);
    }

    @Test
    void a_knock_from_outside_is_little_and_about_the_one_knocked_at() {
        Finding found =
                found(MadeConn.at(0).from("198.51.100.9").to("10.0.0.8", 22).unanswered().end())
                        .getFirst();
        assertThat(found.severity()).isEqualTo(Severity.LOW);
        assertThat(found.title()).startsWith("10.0.0.8 had to do with");
        assertThat(found.orig_h()).isEqualTo(MadeConn.addr("198.51.100.9"));
    }

    @Test
    void a_name_asked_for_and_then_spoken_to_is_one_finding() {
        List<Finding> found =
                found(
                        MadeDns.query(0, "c2.evil.example", 1, 0, List.of("192.0.2.44")),
                        MadeSsl.hello(
                                1, "192.0.2.44", 443, "c2.evil.example", null, null, null, 90),
                        MadeConn.at(2).to("192.0.2.44", 443).named("c2.evil.example", "dns").end());
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().severity()).isEqualTo(Severity.HIGH);
        assertThat(found.getFirst().resp_h()).isEqualTo(MadeConn.addr("192.0.2.44"));
        assertThat(found.getFirst().why())
                .contains("name asked for, TLS server name, name of the host called");
    }

    @Test
    void an_address_in_an_answer_is_found() {
        assertThat(found(MadeDns.query(0, "ok.example", 1, 0, List.of("198.51.100.1"))))
                .extracting(Finding::severity)
                .containsExactly(Severity.MEDIUM);
    }

    @Test
    void what_no_list_names_is_nothing() {
        assertThat(
                        found(
                                MadeConn.at(0).to("203.0.113.8", 443).end(),
                                MadeDns.query(1, "notevil.example", 1, 0, List.of("192.0.2.1"))))
                .isEmpty();
        assertThat(Trial.last(new Listed(), List.of(MadeConn.at(0).end()))).isEmpty();
    }
}
