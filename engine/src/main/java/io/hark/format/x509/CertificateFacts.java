package io.hark.format.x509;

import java.util.ArrayList;
import java.util.List;

/// What stands out about a certificate by itself, without a list of authorities: said, not judged.
///
/// | fact | when |
/// | --- | --- |
/// | `self_issued` | issuer and subject are the same name |
/// | `expired`, `not_yet_valid` | at the time it was shown |
/// | `short_lived` | valid for 7 days at most, which public authorities must call so (CA/Browser Forum BR §1.6.1) |
/// | `weak_key` | RSA or DSA below 2048 bits, EC below 224 (NIST SP 800-131A §3) |
/// | `weak_signature` | made with MD2, MD4, MD5 or SHA-1, unless it is a root's own (RFC 6151, RFC 9155) |
public final class CertificateFacts {

    private static final long SHORT_NANOS = 7 * 86_400_000_000_000L;
    private static final int MIN_MODULUS = 2048;
    private static final int MIN_CURVE = 224;

    private CertificateFacts() {}

    /// The facts of a certificate that was shown at `now`, in the order above.
    public static List<String> of(Certificate certificate, long now) {
        List<String> facts = new ArrayList<>();
        boolean selfIssued = certificate.subject().equals(certificate.issuer());
        if (selfIssued) {
            facts.add("self_issued");
        }
        Long from = certificate.notBeforeNanos();
        Long until = certificate.notAfterNanos();
        if (until != null && now > until) {
            facts.add("expired");
        }
        if (from != null && now < from) {
            facts.add("not_yet_valid");
        }
        // a difference below zero: the end is before the beginning, or too far away for a long
        if (from != null && until != null && until - from >= 0 && until - from <= SHORT_NANOS) {
            facts.add("short_lived");
        }
        if (isWeakKey(certificate)) {
            facts.add("weak_key");
        }
        boolean root = selfIssued && Boolean.TRUE.equals(certificate.extensions().ca());
        if (!root && isWeakSignature(certificate.signatureAlgorithm())) {
            facts.add("weak_signature");
        }
        return facts;
    }

    private static boolean isWeakKey(Certificate certificate) {
        Integer bits = certificate.keyLength();
        String type = certificate.keyType();
        if (bits == null || type == null) {
            return false;
        }
        return switch (type) {
            case "rsa", "dsa" -> bits < MIN_MODULUS;
            case "ecdsa" -> bits < MIN_CURVE;
            default -> false;
        };
    }

    private static boolean isWeakSignature(String algorithm) {
        return algorithm.startsWith("md")
                || algorithm.startsWith("sha1")
                || algorithm.endsWith("SHA1");
    }
}
