package io.hark.format.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.format.asn1.Der;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A real certificate whose names have everything that is awkward (made by OpenSSL from
/// `names.cnf`), and what hostile ones can do.
class CertificateTest {

    private static final int FLIPS = 20_000;

    private static byte[] octets() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(CertificateTest.class.getResourceAsStream("names.hex"))) {
            return HexFormat.of()
                    .parseHex(
                            new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                                    .replace("\n", ""));
        }
    }

    private static Certificate certificate() throws IOException {
        return Objects.requireNonNull(Certificate.read(octets()));
    }

    @Test
    void names_are_written_as_openssl_writes_them() throws IOException {
        // openssl x509 -noout -subject -nameopt RFC2253
        assertThat(certificate().subject())
                .isEqualTo(
                        "CN=\\#last,CN=first.example.org,DC=example,2.3.4.5=#0C03616263,OU=\\ led+serialNumber=17,"
                                + "O=L\\C3\\B8sning\\, A \\+ \\<B\\>\\; \\\\C,C=NO");
        assertThat(certificate().issuer()).isEqualTo(certificate().subject());
        assertThat(certificate().commonName()).isEqualTo("#last");
    }

    @Test
    void the_rest_is_read() throws IOException {
        Certificate certificate = certificate();

        assertThat(certificate.version()).isEqualTo(3);
        assertThat(certificate.serial()).isEqualTo("-8001");
        assertThat(certificate.keyAlgorithm()).isEqualTo("id-ecPublicKey");
        assertThat(certificate.signatureAlgorithm()).isEqualTo("ecdsa-with-SHA384");
        assertThat(certificate.keyType()).isEqualTo("ecdsa");
        assertThat(certificate.keyLength()).isEqualTo(384);
        assertThat(certificate.curve()).isEqualTo("secp384r1");
        assertThat(certificate.exponent()).isNull();
        assertThat(certificate.extensions().dns()).containsExactly("a.example.org");
        assertThat(certificate.extensions().ip()).containsExactly("192.0.2.1");
        assertThat(certificate.extensions().ca()).isNull();
        assertThat(certificate.notAfterNanos())
                .isEqualTo(seconds("2126-10-28T19:25:58Z") * 1_000_000_000);
    }

    private static long seconds(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }

    @Test
    void a_cut_certificate_is_none() throws IOException {
        byte[] whole = octets();
        for (int length = 0; length < whole.length; length++) {
            assertThat(Certificate.read(Arrays.copyOf(whole, length)))
                    .as("cut at %d", length)
                    .isNull();
        }
    }

    @Test
    void octets_behind_it_do_not_matter() throws IOException {
        byte[] whole = octets();

        assertThat(Certificate.read(Arrays.copyOf(whole, whole.length + 100)))
                .isEqualTo(certificate());
    }

    @Test
    void flipped_bits_never_throw() throws IOException {
        byte[] whole = octets();
        Random random = new Random(7);
        int read = 0;
        for (int i = 0; i < FLIPS; i++) {
            byte[] flipped = whole.clone();
            for (int n = random.nextInt(6); n >= 0; n--) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Certificate certificate = Certificate.read(flipped);
            read += certificate == null ? 0 : 1;
        }
        assertThat(read).as("certificates that were still read").isPositive();
    }

    @Test
    void random_octets_never_throw() {
        Random random = new Random(8);
        for (int i = 0; i < FLIPS; i++) {
            byte[] junk = new byte[random.nextInt(300)];
            random.nextBytes(junk);
            if (junk.length > 4) {
                junk[0] = 0x30;
                junk[1] = (byte) (junk.length - 2 & 0x7f);
                junk[2] = 0x30;
            }
            assertThat(Certificate.read(junk)).isNull();
        }
    }

    @Test
    void a_length_beyond_what_is_there_is_broken() {
        for (String hex :
                new String[] {
                    "3084ffffffff",
                    "30847fffffff00",
                    "3080",
                    "30850000000001",
                    "30ff",
                    "3f8105",
                    "30"
                }) {
            Der der = der(hex);
            assertThat(der.next()).as(hex).isFalse();
            assertThat(der.isBad()).as(hex).isTrue();
        }
    }

    @Test
    void object_identifiers() {
        assertThat(object("0603550403")).isEqualTo("2.5.4.3");
        assertThat(object("06092a864886f70d010101")).isEqualTo("1.2.840.113549.1.1.1");
        assertThat(object("0600")).isEmpty();
        assertThat(object("06028080")).isEmpty();
        assertThat(object("060bffffffffffffffffffff7f")).isEmpty();
    }

    private static Der der(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        return new Der(octets, 0, octets.length);
    }

    private static String object(String hex) {
        Der der = der(hex);
        assertThat(der.next(Der.OBJECT)).isTrue();
        return der.object();
    }

    @ParameterizedTest
    @CsvSource({
        "23, 700101000000Z, 1970-01-01T00:00:00Z",
        "23, 491231235959Z, 2049-12-31T23:59:59Z",
        "23, 500101000000Z, 1950-01-01T00:00:00Z",
        "23, 9912312359Z, 1999-12-31T23:59:00Z",
        "23, 991231235959+0130, 1999-12-31T22:29:59Z",
        "24, 20500101000000Z, 2050-01-01T00:00:00Z",
        "24, 20500101000000.123Z, 2050-01-01T00:00:00Z",
    })
    void times(int tag, String text, String expected) {
        Der der = time(tag, text);

        assertThat(DerTime.nanos(der)).isEqualTo(seconds(expected) * 1_000_000_000);
    }

    @Test
    void a_time_beyond_a_long_stays_at_its_end_and_a_wrong_one_is_none() {
        assertThat(DerTime.nanos(time(24, "99991231235959Z"))).isEqualTo(Long.MAX_VALUE);
        assertThat(DerTime.nanos(time(24, "00010101000000Z"))).isEqualTo(Long.MIN_VALUE);
        assertThat(DerTime.nanos(time(23, "990231000000Z"))).isNull();
        assertThat(DerTime.nanos(time(23, "never"))).isNull();
        assertThat(DerTime.nanos(time(4, "700101000000Z"))).isNull();
    }

    private static Der time(int tag, String text) {
        String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
        Der der = der("%02x%02x%s".formatted(tag, text.length(), hex));
        assertThat(der.next()).isTrue();
        return der;
    }
}
