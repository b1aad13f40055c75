package io.hark.format.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class OcspResponseTest {

    @Test
    void a_refusal_says_nothing_of_certificates() {
        // RFC 6960 §2.3: unauthorized (6), without a body
        assertThat(read("30030a0106")).isEmpty();
    }

    @Test
    void what_is_no_answer_is_nothing() {
        assertThat(read("")).isEmpty();
        assertThat(read("3084ffffffff")).isEmpty();
        assertThat(read("30080a0100a0033001ff")).isEmpty();
    }

    private static java.util.List<?> read(String octets) {
        return OcspResponse.read(HexFormat.of().parseHex(octets), 0, "C1", null);
    }
}
