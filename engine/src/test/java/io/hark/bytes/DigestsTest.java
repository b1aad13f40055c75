package io.hark.bytes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DigestsTest {

    @Test
    void digests_are_those_of_their_standards() {
        byte[] abc = "abc".getBytes(US_ASCII);
        assertThat(HexFormat.of().formatHex(Digests.md5(abc))) // RFC 1321 A.5
                .isEqualTo("900150983cd24fb0d6963f7d28e17f72");
        assertThat(HexFormat.of().formatHex(Digests.sha256(abc))) // FIPS 180-4's example
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        byte[] mac = Digests.hmacSha256("Jefe".getBytes(US_ASCII), text()); // RFC 4231 §4.3
        assertThat(HexFormat.of().formatHex(mac))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    private static byte[] text() {
        return "what do ya want for nothing?".getBytes(US_ASCII);
    }

    @Test
    void a_mac_behind_what_it_is_of_is_checked_in_the_length_that_was_sent() {
        byte[] key = "Jefe".getBytes(US_ASCII);
        byte[] whole = Arrays.copyOf(text(), text().length + 10);
        System.arraycopy(Digests.hmacSha256(key, text()), 0, whole, text().length, 10);
        assertThat(Digests.endsWithHmacSha256(key, whole, 10)).isTrue();
        assertThat(Digests.endsWithHmacSha256(key, whole, 9)).isFalse();
        assertThat(Digests.endsWithHmacSha256(new byte[0], whole, 10)).isFalse();
        whole[0] ^= 1;
        assertThat(Digests.endsWithHmacSha256(key, whole, 10)).isFalse();
    }

    @Test
    void what_no_key_sealed_is_not_unsealed() {
        assertThat(Digests.unsealed(new byte[] {1, 2, 3}, new byte[128])).isNull();
    }
}
