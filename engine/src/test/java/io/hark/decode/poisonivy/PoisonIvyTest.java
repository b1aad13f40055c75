package io.hark.decode.poisonivy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Decoder.StreamStart;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.bytes.codec.BlockCipher;
import io.hark.event.Endpoints;
import io.hark.event.Side;
import io.hark.schema.Addr;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PoisonIvyTest {

    private static final Endpoints ID = new Endpoints(Addr.v4(1), 1025, Addr.v4(2), 3460);

    private static byte[] operator(int code, int version) {
        byte[] octets = new byte[Greeting.CHALLENGE + 4 + code + 4];
        ByteBuffer all = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        all.putInt(Greeting.CHALLENGE, code);
        all.putInt(Greeting.CHALLENGE + 4 + code, version);
        return octets;
    }

    private static int taste(byte[] implant, byte[] operator, boolean over) {
        return new PoisonIvy()
                .taste(
                        new StreamStart(
                                ID,
                                Side.ORIGINATOR,
                                2,
                                Bytes.of(implant),
                                Bytes.of(operator),
                                over));
    }

    @Test
    void a_challenge_and_a_version_where_one_has_to_be_are_its_own() {
        byte[] challenge = new byte[Greeting.CHALLENGE];
        assertThat(taste(challenge, operator(5584, 232), false)).isEqualTo(Verdict.YES);
        assertThat(taste(challenge, operator(5584, 8080), false)).isEqualTo(Verdict.NO);
        assertThat(taste(challenge, new byte[0], false)).isEqualTo(Verdict.MORE);
        assertThat(taste(challenge, new byte[0], true)).isEqualTo(Verdict.NO);
        assertThat(taste(new byte[Greeting.CHALLENGE + 1], new byte[0], false))
                .isEqualTo(Verdict.NO);
    }

    @Test
    void code_too_long_to_see_what_is_behind_it_is_nobodys() {
        assertThat(taste(new byte[256], operator(9000, 232), false)).isEqualTo(Verdict.NO);
    }

    /// RFC 3713 appendix A, the vector of 256 bits.
    @Test
    void a_password_of_32_octets_is_the_key() {
        byte[] password =
                HexFormat.of()
                        .parseHex(
                                "0123456789abcdeffedcba98765432100011223344556677"
                                        + "8899aabbccddeeff");
        byte[] plain = HexFormat.of().parseHex("0123456789abcdeffedcba9876543210");
        byte[] sealed = Greeting.cipher(password).encode(plain);
        assertThat(HexFormat.of().formatHex(sealed)).isEqualTo("9acc237dff16d76c20ef7c919e3a7509");
    }

    @Test
    void only_the_password_makes_the_answer() {
        BlockCipher right = Greeting.cipher("admin".getBytes(StandardCharsets.US_ASCII));
        BlockCipher wrong = Greeting.cipher("admin1".getBytes(StandardCharsets.US_ASCII));
        byte[] challenge = new byte[Greeting.CHALLENGE];
        byte[] answer = right.encode(challenge);
        assertThat(Greeting.opens(right, challenge, answer)).isTrue();
        assertThat(Greeting.opens(wrong, challenge, answer)).isFalse();
        assertThat(Greeting.opens(right, new byte[0], answer)).isFalse();
    }
}
