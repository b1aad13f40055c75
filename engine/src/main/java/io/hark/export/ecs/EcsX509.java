package io.hark.export.ecs;

import io.hark.event.X509;
import java.util.List;
import java.util.Map;

/// A certificate; ECS knows its parts where it is a file, whoever showed it.
public final class EcsX509 implements EcsMapping<X509> {

    /// The mapping.
    public EcsX509() {}

    @Override
    public Class<X509> kind() {
        return X509.class;
    }

    @Override
    public List<String> categories() {
        return List.of("network", "file");
    }

    @Override
    public String action() {
        return "certificate-seen";
    }

    @Override
    public Map<String, String> fields() {
        return Map.ofEntries(
                Map.entry("fingerprint", "file.hash.sha256"),
                Map.entry("certificate.version", "file.x509.version_number"),
                Map.entry("certificate.serial", "file.x509.serial_number"),
                Map.entry("certificate.subject", "file.x509.subject.distinguished_name"),
                Map.entry("certificate.cn", "file.x509.subject.common_name"),
                Map.entry("certificate.issuer", "file.x509.issuer.distinguished_name"),
                Map.entry("certificate.not_valid_before", "file.x509.not_before"),
                Map.entry("certificate.not_valid_after", "file.x509.not_after"),
                Map.entry("certificate.key_alg", "file.x509.public_key_algorithm"),
                Map.entry("certificate.key_length", "file.x509.public_key_size"),
                Map.entry("certificate.exponent", "file.x509.public_key_exponent"),
                Map.entry("certificate.curve", "file.x509.public_key_curve"),
                Map.entry("certificate.sig_alg", "file.x509.signature_algorithm"),
                Map.entry("san.dns", "file.x509.alternative_names"));
    }
}
