package io.hark.parse.tls;

import io.hark.Connection;
import io.hark.bytes.Bytes;
import io.hark.event.X509;
import io.hark.format.tls.CertificateList;
import io.hark.format.x509.Certificate;
import io.hark.format.x509.CertificateFacts;
import io.hark.format.x509.Extensions;
import io.hark.format.x509.HostMatch;
import io.hark.format.x509.OcspResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The certificates that one side showed; each goes out as an `x509` event when it is seen.
///
/// *Thread*: the worker that owns the connection.
final class Chain {

    private static final int OCSP = 1; // type of a status

    private final Connection connection;
    private final boolean isClient;
    private final List<String> fingerprints = new ArrayList<>();
    private @Nullable Certificate own;
    private @Nullable String sha1;

    Chain(Connection connection, boolean isClient) {
        this.connection = connection;
        this.isClient = isClient;
    }

    /// Takes the certificates of one message; those of a renegotiation are added, up to the limit
    /// of one message.
    void add(List<byte[]> certificates) {
        for (byte[] octets : certificates) {
            if (fingerprints.size() >= CertificateList.MAX_CERTIFICATES) {
                return;
            }
            String fingerprint = digest("SHA-256", octets);
            Certificate certificate = Certificate.read(octets);
            boolean isHost = fingerprints.isEmpty();
            fingerprints.add(fingerprint);
            if (certificate == null) {
                connection.anomaly("tls_broken_certificate", fingerprint);
                continue;
            }
            if (isHost) {
                own = certificate;
                claim(certificate);
                sha1 = digest("SHA-1", octets);
            }
            connection.emit(event(certificate, fingerprint, isHost));
        }
    }

    /// The server says who it is.
    private void claim(Certificate certificate) {
        List<String> hosts = certificate.extensions().dns();
        String name = hosts.isEmpty() ? certificate.commonName() : hosts.getFirst();
        if (!isClient && name != null) {
            connection.name(name, "certificate");
        }
    }

    /// Whether any was shown.
    boolean hasCertificates() {
        return !fingerprints.isEmpty();
    }

    /// SHA-256 of each, in order.
    List<String> fingerprints() {
        return List.copyOf(fingerprints);
    }

    /// The side's own certificate, if it could be read.
    @Nullable Certificate own() {
        return own;
    }

    /// SHA-1 of the side's own certificate.
    @Nullable String sha1() {
        return sha1;
    }

    /// Subject of the side's own certificate.
    @Nullable String subject() {
        return own == null ? null : own.subject();
    }

    /// Issuer of the side's own certificate.
    @Nullable String issuer() {
        return own == null ? null : own.issuer();
    }

    /// What stands out about the side's own certificate, that it is for another host among it.
    List<String> facts(@Nullable String host) {
        if (own == null) {
            return List.of();
        }
        List<String> facts = CertificateFacts.of(own, connection.now());
        if (host != null && !HostMatch.matches(own, host)) {
            facts.add("mismatch");
        }
        return facts;
    }

    /// Reads what the authority says of the certificates (RFC 6066 §8): a type, and an answer of
    /// OCSP.
    void status(Bytes body) {
        if (body.u8() != OCSP) {
            return; // several answers (RFC 6961), which nobody sends
        }
        byte[] response = body.take(Math.min(body.u24(), OcspResponse.MAX_BYTES));
        OcspResponse.read(response, connection.now(), connection.uid(), null)
                .forEach(connection::emit);
    }

    /// Whether the side's own certificate is for that host; null where there is none.
    @Nullable Boolean matches(String host) {
        return own == null ? null : HostMatch.matches(own, host);
    }

    private X509 event(Certificate certificate, String fingerprint, boolean isHost) {
        Extensions extensions = certificate.extensions();
        return new X509(
                connection.now(),
                connection.now(),
                connection.uid(),
                fingerprint,
                certificate.version(),
                certificate.serial(),
                certificate.subject(),
                certificate.issuer(),
                certificate.commonName(),
                certificate.notBeforeNanos(),
                certificate.notAfterNanos(),
                certificate.keyAlgorithm(),
                certificate.signatureAlgorithm(),
                certificate.keyType(),
                certificate.keyLength(),
                certificate.exponent(),
                certificate.curve(),
                orNull(extensions.dns()),
                orNull(extensions.uri()),
                orNull(extensions.email()),
                orNull(extensions.ip()),
                extensions.ca(),
                extensions.pathLength(),
                isHost,
                isClient,
                CertificateFacts.of(certificate, connection.now()));
    }

    private static @Nullable List<String> orNull(List<String> names) {
        return names.isEmpty() ? null : names;
    }

    private static String digest(String algorithm, byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1 and SHA-256", e);
        }
    }
}
