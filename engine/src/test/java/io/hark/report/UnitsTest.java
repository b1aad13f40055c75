package io.hark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                7,
                -7,
                100,
                999,
                -999,
                1_000,
                -1_000,
                12_345,
                999_999,
                1_000_000,
                -123_456,
                Long.MAX_VALUE,
                Long.MIN_VALUE
            })
    void a_count_has_a_comma_every_three_digits(long n) {
        assertThat(Units.count(n)).isEqualTo(String.format(Locale.ROOT, "%,d", n));
    }
}
