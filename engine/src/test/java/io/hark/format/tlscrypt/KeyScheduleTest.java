package io.hark.format.tlscrypt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyScheduleTest {

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    @Test
    void traffic_keys_are_those_of_rfc_8448() {
        CipherSuite suite = CipherSuite.of(0x1301);
        RecordKeys keys =
                KeySchedule.keys13(
                        suite,
                        hex("9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5"));
        assertThat(keys.key()).isEqualTo(hex("17422dda596ed5d9acd890e3c63f5051"));
        assertThat(keys.nonce()).isEqualTo(hex("5b78923dee08579033e523d9"));
    }

    @Test
    void rc4_is_that_of_rfc_6229() {
        byte[] state = Rc4.schedule(hex("0102030405"));
        byte[] stream = new byte[16];
        Rc4.apply(state, stream);
        assertThat(stream).isEqualTo(hex("b2396305f03dc027ccc3524a0a1118a8"));
    }

    @Test
    void key_logs_are_read_line_by_line() {
        String random = "ab".repeat(32);
        var log =
                KeyLog.parse(
                        "# comment\nCLIENT_RANDOM %s %s\nnonsense\nCLIENT_TRAFFIC_SECRET_0 %s 00ff\nCLIENT_RANDOM %s zz\n"
                                .formatted(
                                        random.toUpperCase(java.util.Locale.ROOT),
                                        "cd".repeat(48),
                                        random,
                                        random));
        assertThat(log)
                .containsOnlyKeys("CLIENT_RANDOM " + random, "CLIENT_TRAFFIC_SECRET_0 " + random);
        assertThat(KeyLog.parse("-----BEGIN RSA PRIVATE KEY-----\n")).isEmpty();
    }
}
