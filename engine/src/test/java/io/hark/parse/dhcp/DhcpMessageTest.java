package io.hark.parse.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.bytes.Bytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Messages that no DHCP program sends.
class DhcpMessageTest {

    private static final int COOKIE_AT = 236;

    private static byte[] withOptions(int... options) {
        byte[] message = new byte[COOKIE_AT + 4 + options.length];
        message[0] = 1;
        byte[] cookie = {0x63, (byte) 0x82, 0x53, 0x63};
        System.arraycopy(cookie, 0, message, COOKIE_AT, cookie.length);
        for (int i = 0; i < options.length; i++) {
            message[COOKIE_AT + 4 + i] = (byte) options[i];
        }
        return message;
    }

    @Test
    void an_option_longer_than_the_message_ends_the_reading() {
        Bytes in = Bytes.of(withOptions(53, 1, 1, 50, 200, 10, 0));
        DhcpMessage message = DhcpMessage.read(in);
        assertThat(in.ok()).isFalse();
        assertThat(message).isNotNull();
        assertThat(message.typeName()).isEqualTo("DISCOVER");
    }

    @Test
    void padding_without_an_end_ends_with_the_message() {
        int[] padding = new int[2000];
        Arrays.fill(padding, 0);
        Bytes in = Bytes.of(withOptions(padding));
        assertThat(DhcpMessage.read(in)).isNotNull();
        assertThat(in.ok()).isTrue();
    }
}
