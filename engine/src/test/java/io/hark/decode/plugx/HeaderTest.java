package io.hark.decode.plugx;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.bytes.Bytes;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeaderTest {

    private static final long SEED = 5;

    private static byte[] sealed(KeyStream stream, int key, int flags, int length, int plain) {
        byte[] octets = new byte[Header.OCTETS];
        putU32(octets, 4, flags);
        putU32(octets, 8, plain << 16 | length);
        stream.run(key, octets);
        putU32(octets, 0, key);
        return octets;
    }

    private static void putU32(byte[] octets, int at, int value) {
        for (int i = 0; i < 4; i++) {
            octets[at + i] = (byte) (value >>> 8 * i);
        }
    }

    @ParameterizedTest
    @EnumSource(KeyStream.class)
    void a_header_is_read_under_the_key_that_it_brings(KeyStream stream) {
        Header header = Header.at(Bytes.of(sealed(stream, 0xc0ffee, 0x7002, 40, 120)), 0);
        assertThat(header).isNotNull();
        assertThat(header.order()).isEqualTo(Order.SHELL);
        assertThat(header.length()).isEqualTo(40);
        assertThat(header.plainLength()).isEqualTo(120);
    }

    @Test
    void later_builds_number_the_lowest_orders_from_0x1000_on() {
        Header header = Header.at(Bytes.of(sealed(KeyStream.SECOND, 7, 0x1001, 0, 0)), 0);
        assertThat(header).isNotNull();
        assertThat(header.order()).isEqualTo(Order.HOST);
    }

    @Test
    void flags_that_nobody_knows_make_no_header() {
        assertThat(Header.at(Bytes.of(sealed(KeyStream.FIRST, 7, 0x0400_7002, 0, 0)), 0)).isNull();
        assertThat(Header.at(Bytes.of(sealed(KeyStream.FIRST, 7, 0x7777, 0, 0)), 0)).isNull();
    }

    @Test
    void noise_is_no_header() {
        Random random = new Random(SEED);
        byte[] noise = new byte[Header.OCTETS];
        int taken = 0;
        for (int i = 0; i < 1_000_000; i++) {
            random.nextBytes(noise);
            taken += Header.at(Bytes.of(noise), 0) == null ? 0 : 1;
        }
        assertThat(taken).as("of a million, seed %d", SEED).isZero();
    }

    /// What Python makes of 16 zeros with the recurrences of the description, key 0x01020304.
    @Test
    void key_streams_are_those_of_the_description() {
        assertThat(stream(KeyStream.FIRST)).isEqualTo("cc61085e34eeb7c55054bbfdc20beaba");
        assertThat(stream(KeyStream.SECOND)).isEqualTo("80fd8c65f115bebe0a5c48d7b3fbcda4");
    }

    private static String stream(KeyStream stream) {
        byte[] octets = new byte[16];
        stream.run(0x01020304, octets);
        return HexFormat.of().formatHex(octets);
    }
}
