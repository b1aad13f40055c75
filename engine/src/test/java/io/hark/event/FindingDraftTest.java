package io.hark.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.event.Finding.Engage;
import io.hark.event.Finding.Severity;
import io.hark.schema.Addr;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FindingDraftTest {

    private static final Addr A = Addr.v4(0x0a00_0005);
    private static final Addr B = Addr.v4(0xcb00_7107);

    private static FindingDraft draft() {
        return new FindingDraft("tried", "id", 7, 2).title("%s did it", A).between(A, B, 22);
    }

    @Test
    void what_is_not_said_has_its_usual_form() {
        Finding found =
                draft().why("It came %d times.", 3)
                        .why("That is much.")
                        .weight(Severity.HIGH, 0.91234)
                        .uids(List.of("C1", "C2", "C1"))
                        .build();
        assertThat(found.why()).isEqualTo("It came 3 times. That is much.");
        assertThat(found.confidence()).isEqualTo(0.912);
        assertThat(found.revision()).isEqualTo(2);
        assertThat(found.first()).isEqualTo(7);
        assertThat(found.uids()).containsExactly("C1", "C2");
        assertThat(found.next())
                .containsExactly(
                        "hark explain DIR --detector tried --host 10.0.0.5 --peer 203.0.113.7",
                        "hark stream DIR --uid C2",
                        "hark host DIR 10.0.0.5");
    }

    @Test
    void the_rows_of_engage_follow_from_the_techniques_and_said_ones_go_before() {
        Finding found =
                draft().techniques("T1572", "T1071.004")
                        .engage("EAC0016", "EAV0020", "cut it at the resolver")
                        .build();
        assertThat(found.engage())
                .extracting(Engage::activity, Engage::vulnerability)
                .startsWith(org.assertj.core.groups.Tuple.tuple("EAC0016", "EAV0020"))
                .contains(org.assertj.core.groups.Tuple.tuple("EAC0002", "EAV0010"))
                .doesNotHaveDuplicates();
        assertThat(found.engage().getFirst().opportunity()).isEqualTo("cut it at the resolver");
    }

    @Test
    void what_is_too_much_is_left_out() {
        List<String> uids = IntStream.range(0, 300).mapToObj(i -> "C" + i).toList();
        Finding found = draft().techniques("T1", "T2", "T2", "T3", "T4", "T5").uids(uids).build();
        assertThat(found.techniques()).containsExactly("T1", "T2", "T3", "T4");
        assertThat(found.uids()).hasSize(Finding.MAX_UIDS);
    }

    @Test
    void a_finding_about_nobody_is_our_mistake() {
        assertThatThrownBy(() -> new FindingDraft("tried", "id", 0, 1).title("x").build())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_sub_technique_has_the_rows_of_its_technique_and_an_unmapped_one_none() {
        assertThat(Opportunities.of("T1071.004")).isEqualTo(Opportunities.of("T1071")).isNotEmpty();
        assertThat(Opportunities.of("T1110")).isEmpty();
    }

    @Test
    void every_technique_that_engage_maps_to_monitoring_and_analysis_has_a_row() {
        for (String technique :
                ("T1001 T1008 T1011 T1020 T1021 T1029 T1030 T1041 T1048 T1052 T1071 T1074 T1090"
                                + " T1095 T1102 T1105 T1132 T1205 T1498 T1537 T1557 T1567 T1570"
                                + " T1571 T1572 T1573 T1599 T1600")
                        .split(" ")) {
            assertThat(Opportunities.of(technique))
                    .as(technique)
                    .anyMatch(row -> row.activity().matches("EAC000[24]"));
        }
    }
}
