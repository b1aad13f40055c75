package io.hark.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Finding.Severity;
import io.hark.schema.Addr;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FindingOrderTest {

    private static FindingDraft draft(String name, Severity severity, double confidence) {
        return new FindingDraft(name, name, 1, 1)
                .title("%s", name)
                .weight(severity, confidence)
                .between(Addr.v4(0xc000020a), Addr.v4(0xc6336414), null);
    }

    @Test
    void the_worst_comes_first_and_of_equal_ones_a_conversation() {
        Finding talk = draft("talk", Severity.HIGH, 0.6).fact(Finding.CONVERSATION, "x").build();
        Finding sure = draft("sure", Severity.HIGH, 0.9).build();
        Finding less = draft("less", Severity.HIGH, 0.8).build();
        Finding worse = draft("worse", Severity.CRITICAL, 0.5).build();
        assertThat(Stream.of(less, sure, talk, worse).sorted(Finding.WORST_FIRST))
                .containsExactly(worse, talk, sure, less);
    }
}
