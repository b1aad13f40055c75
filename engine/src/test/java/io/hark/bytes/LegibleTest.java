package io.hark.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegibleTest {

    @ParameterizedTest
    @CsvSource({
        "'whoami', 'whoami'",
        "'whoami|0|0', 'whoami'",
        "'|0|0|0|7dir C:|1|2', 'dir C:'",
        "'|0|0|0|1ls|0/tmp|0', '/tmp'",
        "'|9|1c|0m|0d|0|1', 'cmd'",
        "'Grüße', 'Grüße'",
    })
    void what_a_person_can_read_is_told(String octets, String told) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < octets.length(); i++) {
            boolean escaped = octets.charAt(i) == '|';
            text.append(escaped ? (char) (octets.charAt(++i) - '0') : octets.charAt(i));
        }
        assertThat(Legible.of(text.toString().getBytes(StandardCharsets.UTF_8))).isEqualTo(told);
    }
}
