package io.hark.format.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.bytes.Bytes;
import io.hark.format.tlscrypt.CipherSuite;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PacketKeysTest {

    private static final byte[] DESTINATION = hex("8394c8f03e515708");

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static PacketKeys server(long version) {
        QuicVersion of = QuicVersion.of(version);
        return PacketKeys.initial(of, Objects.requireNonNull(of.salt()), DESTINATION, false);
    }

    private static byte @Nullable [] open(PacketKeys keys, byte[] packet, int number, int to) {
        PacketKeys.Unmasked unmasked = keys.unmask(Bytes.of(packet), 0, number, to, -1);
        return unmasked == null ? null : keys.open(unmasked);
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
        byte[] frames = open(server(1), SERVER_INITIAL, 18, SERVER_INITIAL.length);

        assertThat(frames).startsWith(hex("02000000000600405a020000560303"));
    }

    @Test
    void a_packet_of_another_version_or_with_a_broken_bit_does_not() {
        byte[] broken = SERVER_INITIAL.clone();
        broken[60] ^= 1;

        assertThat(open(server(0x6b33_43cfL), SERVER_INITIAL, 18, 135)).isNull();
        assertThat(open(server(1), broken, 18, broken.length)).isNull();
        assertThat(open(server(1), SERVER_INITIAL, 18, 30)).isNull();
    }

    @Test
    void types_of_version_2_are_turned_by_one() {
        assertThat(QuicVersion.of(1).type(0xc0)).isEqualTo(QuicVersion.INITIAL);
        assertThat(QuicVersion.of(0x6b33_43cfL).type(0xd0)).isEqualTo(QuicVersion.INITIAL);
        assertThat(QuicVersion.of(0x6b33_43cfL).type(0xc0)).isEqualTo(QuicVersion.RETRY);
    }

    /// RFC 9001 §A.5.
    @Test
    void a_short_packet_under_chacha_opens_with_its_whole_number() {
        byte[] secret = hex("9ac312a7f877468ebe69422748ad00a15443f18203a07d6060f688f30f21632b");
        byte[] packet = hex("4cfe4189655e5cd55c41f69080575d7999c25a5bfb");
        CipherSuite suite = Objects.requireNonNull(CipherSuite.of(0x1303));
        PacketKeys keys = PacketKeys.of(QuicVersion.of(1), suite, secret);

        var unmasked = keys.unmask(Bytes.of(packet), 0, 1, packet.length, 654_360_563L);

        assertThat(Objects.requireNonNull(unmasked).number()).isEqualTo(654_360_564L);
        assertThat(unmasked.phase()).isFalse();
        assertThat(keys.open(unmasked)).isEqualTo(hex("01"));
        assertThat(keys.updated().open(unmasked)).isNull();
    }

    /// RFC 9000 §A.3 and its neighbours.
    @Test
    void a_number_is_the_nearest_to_the_one_that_is_due() {
        assertThat(PacketKeys.whole(0x9b32, 2, 0xa82f30eaL)).isEqualTo(0xa82f9b32L);
        assertThat(PacketKeys.whole(0, 1, -1)).isZero();
        assertThat(PacketKeys.whole(0x02, 1, 0xff)).isEqualTo(0x102);
        assertThat(PacketKeys.whole(0xfe, 1, 0x101)).isEqualTo(0xfe);
    }
}
