package io.hark.collect;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// The collector's own authority: vouches for the collector and for the sensors that were enrolled
/// there, and for nobody else; nobody else knows it.
///
/// *Shape*: `authority.pem`, the certificate and the private key (EC, P-256), for its owner alone.
/// Certificates say what they are for (RFC 5280 §4.2.1.12): a sensor's cannot pass for the
/// collector's. They are valid for as long as the authority, since a sensor that is lost is not
/// waited for but revoked ([Enrolment]).
///
/// *Thread*: immutable, any.
final class Authority {

    private static final String FILE = "authority.pem";
    private static final X500Name NAME = new X500Name("CN=Hark collector authority");
    private static final String COLLECTOR = "CN=Hark collector";
    private static final Duration VALID = Duration.ofDays(3653); // ten years
    private static final Duration SKEW = Duration.ofDays(1); // clocks of sensors that are behind
    private static final int SERIAL_BITS = 127; // RFC 5280 §4.1.2.2: 20 octets at most, positive
    private static final String SIGNATURE = "SHA256withECDSA";

    private final X509Certificate certificate;
    private final PrivateKey key;

    private Authority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /// The authority in a folder; made where there is none.
    ///
    /// @throws io.hark.UserError if it cannot be read
    static Authority open(Path dir) throws IOException {
        Path file = dir.resolve(FILE);
        if (!Files.exists(file)) {
            begin(dir, file);
        }
        Credentials own = Credentials.read(file);
        return new Authority(own.chain().getFirst(), own.key());
    }

    private static void begin(Path dir, Path file) throws IOException {
        KeyPair keys = Credentials.newKeys();
        Instant now = Instant.now();
        Issue issue = new Issue(NAME, new X500Name(NAME.toString()), keys.getPublic(), null, now);
        X509Certificate certificate = issue.signed(keys.getPrivate(), now.plus(VALID));
        Path begun = Files.createTempFile(dir, FILE, ".tmp"); // its owner's alone
        Files.writeString(begun, Credentials.pem(certificate) + Credentials.pem(keys.getPrivate()));
        try {
            Files.createLink(file, begun); // takes no other's place, whoever is faster
        } catch (FileAlreadyExistsException e) {
            System.getLogger(Authority.class.getName())
                    .log(System.Logger.Level.DEBUG, "another process made it meanwhile", e);
        } finally {
            Files.delete(begun);
        }
    }

    /// The authority's own certificate.
    X509Certificate certificate() {
        return certificate;
    }

    /// A certificate of the collector.
    X509Certificate collector(PublicKey of) {
        return issue(new X500Name(COLLECTOR), of, KeyPurposeId.id_kp_serverAuth);
    }

    /// A certificate of a sensor.
    ///
    /// @param name its name, letters, digits, `.`, `_` and `-`
    X509Certificate sensor(String name, PublicKey of) {
        return issue(new X500Name("CN=" + name), of, KeyPurposeId.id_kp_clientAuth);
    }

    private X509Certificate issue(X500Name name, PublicKey of, KeyPurposeId purpose) {
        return new Issue(NAME, name, of, purpose, Instant.now())
                .signed(key, certificate.getNotAfter().toInstant());
    }

    /// The name that [#sensor] gave.
    static String nameOf(X509Certificate sensor) {
        String name = sensor.getSubjectX500Principal().getName(X500Principal.RFC2253);
        return name.startsWith("CN=") ? name.substring(3) : name;
    }

    /// A certificate to be.
    ///
    /// @param purpose what it is for; null for an authority's own
    private record Issue(
            X500Name issuer,
            X500Name subject,
            PublicKey key,
            @Nullable KeyPurposeId purpose,
            Instant now) {

        X509Certificate signed(PrivateKey by, Instant until) {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            issuer,
                            new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0),
                            Date.from(now.minus(SKEW)),
                            Date.from(until),
                            subject,
                            key);
            try {
                boolean isAuthority = purpose == null;
                builder.addExtension(
                        Extension.basicConstraints, true, new BasicConstraints(isAuthority));
                builder.addExtension(
                        Extension.keyUsage,
                        true,
                        new KeyUsage(
                                isAuthority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
                if (purpose != null) {
                    builder.addExtension(
                            Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
                }
                return new JcaX509CertificateConverter()
                        .getCertificate(
                                builder.build(new JcaContentSignerBuilder(SIGNATURE).build(by)));
            } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
                throw new IllegalStateException("P-256 cannot be signed with", e);
            }
        }
    }

    /// The folder of an authority, which nobody else may look into.
    static Path folder(Path dir) throws IOException {
        if (!Files.isDirectory(dir)) {
            Files.createDirectories(dir);
            if (dir.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx------"));
            }
        }
        return dir;
    }
}
