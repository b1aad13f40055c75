package io.hark.detect.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeSsl;
import io.hark.detect.Trial;
import io.hark.event.Finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeakCipherTest {

    @Test
    void an_export_cipher_is_found() {
        var found =
                Trial.one(
                        new WeakCipher(),
                        List.of(MadeSsl.agreed("TLSv10", "TLS_RSA_EXPORT_WITH_RC4_40_MD5")));
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(found.techniques()).startsWith("T1600");
    }

    @Test
    void an_old_cipher_of_old_equipment_is_low() {
        var found =
                Trial.one(
                        new WeakCipher(),
                        List.of(MadeSsl.agreed("TLSv10", "TLS_RSA_WITH_AES_128_CBC_SHA")));
        assertThat(found.severity()).isEqualTo(Severity.LOW);
    }

    @Test
    void a_cipher_of_today_is_none() {
        assertThat(
                        Trial.last(
                                new WeakCipher(),
                                List.of(
                                        MadeSsl.agreed(
                                                "TLSv12",
                                                "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"))))
                .isEmpty();
    }
}
