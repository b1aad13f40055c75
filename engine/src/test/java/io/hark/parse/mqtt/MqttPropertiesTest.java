package io.hark.parse.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.bytes.Bytes;
import io.hark.event.Fact;
import io.hark.event.MqttDetail;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Properties as MQTT 5.0 §2.2.2 has them.
class MqttPropertiesTest {

    private static byte[] latin(String octets) {
        return octets.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void properties_of_a_users_own_are_told_from_the_protocols_of_the_same_name() {
        byte[] octets =
                latin(
                        "\u0018\u0003\0\u0001t"
                                + "\u0026\0\u000ccontent_type\0\u0001u"
                                + "\u0024\u0001");

        assertThat(MqttProperties.read(Bytes.of(octets)))
                .containsExactly(
                        Fact.of("content_type", "t"),
                        Fact.of(MqttDetail.OWN + "content_type", "u"),
                        Fact.of("maximum_qos", 1));
    }
}
