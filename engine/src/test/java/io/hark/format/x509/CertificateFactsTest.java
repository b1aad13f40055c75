package io.hark.format.x509;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CertificateFactsTest {

    private static final long DAY = 86_400_000_000_000L;

    @Test
    void a_good_certificate_has_nothing_to_tell() {
        assertThat(CertificateFacts.of(certificate("CN=a", "CN=ca", 90, 2048, "sha256"), DAY))
                .isEmpty();
    }

    @Test
    void what_stands_out_is_told_in_order() {
        assertThat(CertificateFacts.of(certificate("CN=a", "CN=a", 3, 1024, "sha1"), 4 * DAY))
                .containsExactly(
                        "self_issued", "expired", "short_lived", "weak_key", "weak_signature");
        assertThat(CertificateFacts.of(certificate("CN=a", "CN=ca", 90, 2048, "sha256"), -1))
                .containsExactly("not_yet_valid");
    }

    @Test
    void an_end_beyond_all_time_is_not_short() {
        Certificate endless =
                certificate("CN=a", "CN=ca", Long.MIN_VALUE, Long.MAX_VALUE, 2048, "sha256");

        assertThat(CertificateFacts.of(endless, 0)).isEmpty();
    }

    private static Certificate certificate(
            String subject, String issuer, int days, int bits, String digest) {
        return certificate(subject, issuer, 0, days * DAY, bits, digest);
    }

    private static Certificate certificate(
            String subject, String issuer, long from, long until, int bits, String digest) {
        return new Certificate(
                3,
                "01",
                subject,
                issuer,
                java.util.List.of(),
                from,
                until,
                "rsaEncryption",
                digest + "WithRSAEncryption",
                "rsa",
                bits,
                "65537",
                null,
                Extensions.NONE);
    }
}
