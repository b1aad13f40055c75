package io.hark.detect.decoded;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.Trial;
import io.hark.event.Fact;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.event.Message;
import io.hark.event.Side;
import io.hark.event.Topic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecodedC2Test {

    private static final DecodedC2 DETECTOR = new DecodedC2();

    private static List<Message> session(Spoke spoke) {
        return List.of(
                spoke.answer(1, Topic.SYSINFO, "alice@HOST1"),
                spoke.order(2, Topic.SHELL, "whoami"),
                spoke.answer(3, Topic.SHELL, "alice"),
                spoke.order(4, Topic.SHELL, "tar czf /tmp/a.tgz /home"),
                spoke.order(5, Topic.FILE_GET, "/tmp/a.tgz"),
                spoke.answer(6, Topic.FILE_GET, "/tmp/a.tgz", Fact.of("bytes", 4096)),
                spoke.answer(7, Topic.BEACON, "asks for work"));
    }

    private static String text(Finding finding, String name) {
        return finding.evidence().stream()
                .filter(fact -> fact.name().equals(name))
                .map(fact -> String.valueOf(fact.text()))
                .findFirst()
                .orElse("");
    }

    @Test
    void orders_that_were_read_are_high_and_say_who_asked_whom_for_what() {
        Finding finding = Trial.one(DETECTOR, session(Spoke.by(true)));
        assertThat(finding.severity()).isEqualTo(Severity.HIGH);
        assertThat(finding.title())
                .isEqualTo("198.51.100.20 operates 192.0.2.10 by made-up: 3 orders read");
        assertThat(finding.techniques())
                .containsExactly("T1071.001", "T1059", "T1041", "T1560.001");
        assertThat(finding.why())
                .contains("alice@HOST1", "T1033 (whoami)", "4096 bytes", "Real captures verify");
        assertThat(text(finding, "asked_1")).isEqualTo("1970-01-01 00:00:02  whoami (T1033)");
        assertThat(text(finding, Finding.CONVERSATION)).isEqualTo("made-up session 7");
        assertThat(finding.next()).hasSize(3).last().isEqualTo("hark host DIR 192.0.2.10");
        assertThat(finding.engage()).isNotEmpty();
        assertThat(finding.uids()).hasSize(7);
    }

    @Test
    void it_is_told_at_the_first_order_not_only_at_the_end() {
        List<Finding> all = Trial.all(DETECTOR, session(Spoke.by(true)));
        assertThat(all).extracting(Finding::id).containsOnly(all.getFirst().id());
        assertThat(all.getFirst().severity()).isEqualTo(Severity.MEDIUM); // the greeting
        assertThat(all.get(1).severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void the_implant_is_called_where_the_operator_opens_the_connection() {
        Spoke shell = new Spoke(true, null, Side.ORIGINATOR, List.of("tcp", "http", "form"));
        Finding finding =
                Trial.one(DETECTOR, List.of(shell.order(1, Topic.SHELL, "/bin/sh cd /srv;id")));
        assertThat(finding.title()).startsWith("192.0.2.10 operates 198.51.100.20");
        assertThat(finding.techniques()).containsExactly("T1505.003", "T1059", "T1033");
        assertThat(finding.orig_h()).isEqualTo(Spoke.CALLER);
    }

    @Test
    void check_ins_alone_are_medium() {
        Spoke spoke = Spoke.by(true);
        Finding finding = Trial.one(DETECTOR, List.of(spoke.answer(1, Topic.BEACON, "polls")));
        assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding.title()).contains("keeps in touch with");
    }

    @Test
    void what_only_the_form_speaks_for_is_a_step_lower() {
        Finding finding = Trial.one(DETECTOR, session(Spoke.by(false)));
        assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding.confidence()).isLessThan(0.7);
        assertThat(finding.why()).contains("only the form");
    }

    @Test
    void a_secret_that_opened_it_is_as_good_as_a_verified_decoder() {
        Spoke opened = new Spoke(false, "team.key", Side.RESPONDER, List.of("tcp", "http", "aes"));
        Finding finding = Trial.one(DETECTOR, session(opened));
        assertThat(finding.severity()).isEqualTo(Severity.HIGH);
        assertThat(finding.why()).contains("'team.key'");
    }

    /// The benign twin: traffic that has the form of an implant's, and nobody who answers it; and
    /// traffic that a decoder took up and could not read.
    @Test
    void a_form_that_nobody_answers_and_what_was_not_read_are_no_findings() {
        Spoke spoke = Spoke.by(false);
        List<Message> alone = new ArrayList<>();
        for (int second = 1; second < 50; second++) {
            alone.add(spoke.answer(second, Topic.BEACON, "polls"));
        }
        assertThat(Trial.all(DETECTOR, alone)).isEmpty();
        Spoke verified = Spoke.by(true);
        List<Message> unread =
                List.of(
                        verified.order(1, Topic.BINARY, "160 bytes"),
                        verified.answer(2, Topic.GAP, "40 bytes are missing here"),
                        verified.answer(3, Topic.TEXT, "GET me some"));
        assertThat(Trial.all(DETECTOR, unread)).isEmpty();
    }

    @Test
    void a_long_session_makes_few_findings_and_keeps_a_bounded_state() {
        Spoke spoke = Spoke.by(true);
        List<Message> session = new ArrayList<>();
        for (int second = 1; second <= 2000; second++) {
            session.add(spoke.order(second, Topic.SHELL, "cmd" + second));
        }
        List<Finding> all = Trial.all(DETECTOR, session);
        assertThat(all).hasSizeLessThan(16);
        assertThat(all.getLast().evidence()).hasSizeLessThan(24);
        assertThat(Trial.number(all.getLast(), "orders")).isEqualTo(2000);
    }
}
