package io.hark.format.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The vectors that the methods' authors publish, and the corners of their rules.
class FingerprintTest {

    private static final int[] NONE = {};

    private static ClientHello hello(
            int version,
            int[] ciphers,
            int[] extensions,
            int[] groups,
            int[] signatures,
            int[] versions,
            String... protocols) {
        return new ClientHello(
                version,
                false,
                new byte[32],
                new byte[0],
                ciphers,
                extensions,
                null,
                List.of(protocols),
                groups,
                groups.length == 0 ? NONE : new int[] {0},
                signatures,
                versions,
                false,
                false,
                false);
    }

    private static int[] hex(String numbers) {
        return Arrays.stream(numbers.split(","))
                .mapToInt(number -> Integer.parseInt(number, 16))
                .toArray();
    }

    private static ClientHello browser(String extensions) {
        return hello(
                0x0303,
                hex(
                        "0a0a,1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035"),
                hex(extensions),
                NONE,
                hex("0403,0804,0401,0503,0805,0501,0806,0601"),
                hex("1a1a,0304,0303"),
                "h2",
                "http/1.1");
    }

    @Test
    void ja3_joins_numbers_in_the_order_of_the_wire() {
        ClientHello hello =
                hello(
                        769,
                        new int[] {47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4},
                        new int[] {0, 10, 11},
                        new int[] {23, 24, 25},
                        NONE,
                        NONE);

        assertThat(Fingerprint.ja3Text(hello))
                .isEqualTo("769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0");
        assertThat(Fingerprint.ja3(hello)).isEqualTo("ada70206e40642a3e4461f35503241d5");
    }

    @Test
    void ja3_leaves_empty_fields_for_empty_lists() {
        ClientHello hello =
                hello(
                        769,
                        new int[] {4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99},
                        NONE,
                        NONE,
                        NONE,
                        NONE);

        assertThat(Fingerprint.ja3Text(hello)).isEqualTo("769,4-5-10-9-100-98-3-6-19-18-99,,,");
        assertThat(Fingerprint.ja3(hello)).isEqualTo("de350869b8c85de67a350c8d186f11e6");
    }

    @Test
    void ja3_is_the_same_with_and_without_grease() {
        int[] plain = {0x1301, 0xc02b};
        int[] greased = {0x2a2a, 0x1301, 0xc02b};

        assertThat(Fingerprint.ja3(hello(771, greased, greased, greased, NONE, NONE)))
                .isEqualTo(Fingerprint.ja3(hello(771, plain, plain, plain, NONE, NONE)));
    }

    @Test
    void ja4_of_the_published_browser() {
        ClientHello hello =
                browser(
                        "001b,0000,0033,0010,4469,0017,002d,000d,0005,0023,0012,002b,ff01,000b,000a,0015");

        assertThat(Fingerprint.ja4(hello, Fingerprint.Carrier.TCP))
                .isEqualTo("t13d1516h2_8daaf6152771_e5627efa2ab1");
        assertThat(Fingerprint.ja4(hello, Fingerprint.Carrier.QUIC)).startsWith("q13d1516h2_");
    }

    @Test
    void ja4_does_not_depend_on_the_order_of_extensions() {
        ClientHello hello =
                browser(
                        "0015,000a,000b,ff01,002b,0012,0023,0005,000d,002d,0017,4469,0010,0033,0000,001b,3a3a");

        assertThat(Fingerprint.ja4(hello, Fingerprint.Carrier.TCP))
                .isEqualTo("t13d1516h2_8daaf6152771_e5627efa2ab1");
    }

    @Test
    void ja4_of_a_hello_without_anything() {
        ClientHello hello = hello(0x0300, new int[] {0x0a0a}, NONE, NONE, NONE, NONE);

        assertThat(Fingerprint.ja4(hello, Fingerprint.Carrier.TCP))
                .isEqualTo("ts3i000000_000000000000_000000000000");
    }

    @Test
    void ja4_writes_odd_protocol_names_in_hex_and_single_characters_twice() {
        assertThat(protocolOf("http/1.1")).isEqualTo("h1");
        assertThat(protocolOf("x")).isEqualTo("xx");
        assertThat(protocolOf("\u00ab")).isEqualTo("ab");
        assertThat(protocolOf("\u00abz\u00cd")).isEqualTo("ad");
        assertThat(protocolOf("a\u0000")).isEqualTo("60");
        assertThat(protocolOf("")).isEqualTo("00");
    }

    private static String protocolOf(String protocol) {
        ClientHello hello = hello(0x0303, NONE, NONE, NONE, NONE, NONE, protocol);
        return Fingerprint.ja4(hello, Fingerprint.Carrier.TCP).substring(8, 10);
    }

    @Test
    void ja4_takes_the_newest_version_offered() {
        assertThat(versionOf(0x0303, 0x0a0a, 0x0302, 0x0304, 0x0303)).isEqualTo("13");
        assertThat(versionOf(0x0302)).isEqualTo("11");
        assertThat(versionOf(0xfefd, 0xfefd, 0xfefc)).isEqualTo("d3");
        assertThat(versionOf(0x1234)).isEqualTo("00");
    }

    private static String versionOf(int legacy, int... offered) {
        return Fingerprint.ja4(
                        hello(legacy, NONE, NONE, NONE, NONE, offered), Fingerprint.Carrier.TCP)
                .substring(1, 3);
    }

    @Test
    void ja4_counts_no_further_than_two_digits() {
        int[] many = new int[1000];
        Arrays.setAll(many, i -> 0x1000 + 2 * i);

        assertThat(
                        Fingerprint.ja4(
                                hello(0x0303, many, many, NONE, NONE, NONE),
                                Fingerprint.Carrier.TCP))
                .startsWith("t12i999900_");
    }
}
