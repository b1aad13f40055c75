package io.hark.format.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.bytes.Bytes;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InitialKeysTest {

    private static final byte[] DESTINATION = hex("8394c8f03e515708");

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static InitialKeys server(long version) {
        QuicVersion of = QuicVersion.of(version);
        return InitialKeys.of(of, Objects.requireNonNull(of.salt()), DESTINATION, false);
    }

    /// RFC 9001 §A.3.
    private static final byte[] SERVER_INITIAL =
            hex(
                    "cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a"
                            + "5816b6394100f37a1c69797554780bb38cc5a99f5ede4cf73c3ec2493a1839b3"
                            + "dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84"
                            + "022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc4"
                            + "2158407dd074ee");

    @Test
    void the_servers_packet_of_the_rfc_opens() {
        byte[] frames = server(1).open(Bytes.of(SERVER_INITIAL), 0, 18, SERVER_INITIAL.length);

        assertThat(frames).startsWith(hex("02000000000600405a020000560303"));
    }

    @Test
    void a_packet_of_another_version_or_with_a_broken_bit_does_not() {
        byte[] broken = SERVER_INITIAL.clone();
        broken[60] ^= 1;

        assertThat(server(0x6b33_43cfL).open(Bytes.of(SERVER_INITIAL), 0, 18, 135)).isNull();
        assertThat(server(1).open(Bytes.of(broken), 0, 18, broken.length)).isNull();
        assertThat(server(1).open(Bytes.of(SERVER_INITIAL), 0, 18, 30)).isNull();
    }

    @Test
    void types_of_version_2_are_turned_by_one() {
        assertThat(QuicVersion.of(1).type(0xc0)).isEqualTo(QuicVersion.INITIAL);
        assertThat(QuicVersion.of(0x6b33_43cfL).type(0xd0)).isEqualTo(QuicVersion.INITIAL);
        assertThat(QuicVersion.of(0x6b33_43cfL).type(0xc0)).isEqualTo(QuicVersion.RETRY);
    }
}
