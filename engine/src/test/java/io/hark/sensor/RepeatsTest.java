package io.hark.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Repeated;
import org.junit.jupiter.api.Test;

class RepeatsTest {

    private static final long DAY = 86_400_000_000_000L;

    record Said(String sameness, long ts) implements Repeated {
        @Override
        public long seen() {
            return ts;
        }
    }

    private final Repeats repeats = new Repeats();

    @Test
    void the_same_is_new_once_a_day() {
        assertThat(repeats.isNew(new Said("a", 0))).isTrue();
        assertThat(repeats.isNew(new Said("a", 1))).isFalse();
        assertThat(repeats.isNew(new Said("b", 1))).isTrue();
        assertThat(repeats.isNew(new Said("a", DAY - 1))).isFalse();
        assertThat(repeats.isNew(new Said("a", DAY))).isTrue();
        assertThat(repeats.isNew(new Said("a", DAY + 1))).isFalse();
    }

    @Test
    void a_clock_that_jumps_back_says_nothing_twice() {
        assertThat(repeats.isNew(new Said("a", DAY))).isTrue();
        assertThat(repeats.isNew(new Said("a", 0))).isFalse();
    }
}
