package io.hark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctTest {

    private static Distinct of(int things) {
        Distinct distinct = Distinct.NONE;
        for (int thing = 0; thing < things; thing++) {
            distinct = distinct.with(thing).with(thing / 2);
        }
        return distinct;
    }

    @Test
    void few_things_are_counted_exactly() {
        assertThat(of(0).count()).isZero();
        assertThat(of(1).count()).isEqualTo(1);
        assertThat(of(64).count()).isEqualTo(64);
        assertThat(of(64).bits()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 200, 1000, 4000, 20_000})
    void many_things_are_estimated(int things) {
        assertThat((double) of(things).count()).isCloseTo(things, Percentage.withPercentage(10));
    }

    @Test
    void it_stays_small_and_says_no_more_than_it_can() {
        Distinct all = of(200_000);
        assertThat(all.few()).isEmpty();
        assertThat(all.bits()).hasSize(64);
        assertThat((double) all.count()).isCloseTo(34_070, within(1.0));
    }

    @Test
    void what_was_there_changes_nothing() {
        Distinct some = of(10);
        assertThat(some.with(3)).isSameAs(some);
        assertThat(some.holds(3)).isTrue();
        assertThat(some.holds(11)).isFalse();
        Distinct many = of(1000);
        assertThat(many.with(3)).isSameAs(many);
    }
}
