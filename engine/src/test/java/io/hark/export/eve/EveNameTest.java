package io.hark.export.eve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EveNameTest {

    @Test
    void parts_stand_in_the_order_of_the_certificate_unescaped() {
        assertThat(EveName.of("CN=a\\, b,O=One,C=DE")).isEqualTo("C=DE, O=One, CN=a, b");
        assertThat(EveName.of("emailAddress=me@x.test,CN=x")).isEqualTo("CN=x, Email=me@x.test");
        assertThat(EveName.of("CN=ends with \\")).isEqualTo("CN=ends with \\");
        assertThat(EveName.of(null)).isNull();
    }
}
