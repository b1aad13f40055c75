package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A certificate seen in a handshake; the same one is said once a day.
@Named(value = "x509", about = "a certificate seen in a handshake", sight = Sight.SHAPE)
public record X509(
        @About(value = "when it was seen", unit = Unit.TIME) long ts,
        @About(value = "when it was seen", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection it was seen in first") @Nullable String uid,
        @About("SHA-256 of the certificate") String fingerprint,
        @About(value = "version", name = "certificate.version") int version,
        @About(value = "serial number, upper-case hex", name = "certificate.serial") String serial,
        @About(value = "subject", name = "certificate.subject") String subject,
        @About(value = "issuer", name = "certificate.issuer") String issuer,
        @About(value = "last common name of the subject", name = "certificate.cn")
                @Nullable String cn,
        @About(value = "valid from", name = "certificate.not_valid_before", unit = Unit.TIME)
                @Nullable Long not_valid_before,
        @About(value = "valid until", name = "certificate.not_valid_after", unit = Unit.TIME)
                @Nullable Long not_valid_after,
        @About(value = "algorithm of the key", name = "certificate.key_alg") String key_alg,
        @About(value = "algorithm of the signature", name = "certificate.sig_alg") String sig_alg,
        @About(value = "rsa, ecdsa or dsa", name = "certificate.key_type")
                @Nullable String key_type,
        @About(value = "bits of the key", name = "certificate.key_length")
                @Nullable Integer key_length,
        @About(value = "RSA exponent", name = "certificate.exponent") @Nullable String exponent,
        @About(value = "curve of an EC key", name = "certificate.curve") @Nullable String curve,
        @About(value = "DNS names it is for", name = "san.dns") @Nullable List<String> san_dns,
        @About(value = "URIs it is for", name = "san.uri") @Nullable List<String> san_uri,
        @About(value = "mail addresses it is for", name = "san.email")
                @Nullable List<String> san_email,
        @About(value = "addresses it is for", name = "san.ip") @Nullable List<String> san_ip,
        @About(value = "whether it may sign others", name = "basic_constraints.ca")
                @Nullable Boolean ca,
        @About(value = "how many may follow it", name = "basic_constraints.path_len")
                @Nullable Integer path_len,
        @About("whether it is the end's own, not one of its chain") boolean host_cert,
        @About("whether the client sent it") boolean client_cert,
        @About(
                        value =
                                "what stands out: self_issued, expired, not_yet_valid, short_lived,"
                                        + " weak_key, weak_signature",
                        log = false)
                List<String> facts)
        implements Repeated {

    /// The certificate, and what it was shown as.
    private record Shown(String fingerprint, boolean host_cert, boolean client_cert) {}

    @Override
    public Object sameness() {
        return new Shown(fingerprint, host_cert, client_cert);
    }
}
