package io.hark.collect;

import io.hark.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;

/// A private key and the certificates for it, the key's own first, as a file of ours holds them.
///
/// *Shape*: PEM, for its owner alone. Keys are EC, P-256.
record Credentials(PrivateKey key, List<X509Certificate> chain) {

    Credentials {
        chain = List.copyOf(chain);
    }

    /// A key pair as all of ours are.
    static KeyPair newKeys() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(new ECGenParameterSpec("secp256r1"));
            return keys.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    /// Reads a file.
    ///
    /// @throws UserError if a key or a certificate is missing, or damaged
    static Credentials read(Path file) throws IOException {
        PrivateKey key = null;
        List<X509Certificate> chain = new ArrayList<>();
        try (PEMParser pem = new PEMParser(new StringReader(Files.readString(file)))) {
            CertificateFactory x509 = CertificateFactory.getInstance("X.509");
            for (PemObject one = pem.readPemObject(); one != null; one = pem.readPemObject()) {
                if (one.getType().equals("CERTIFICATE")) {
                    chain.add(
                            (X509Certificate)
                                    x509.generateCertificate(
                                            new ByteArrayInputStream(one.getContent())));
                } else {
                    key =
                            new JcaPEMKeyConverter()
                                    .getPrivateKey(PrivateKeyInfo.getInstance(one.getContent()));
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UserError(file + " is damaged: " + e.getMessage(), e);
        }
        if (key == null || chain.isEmpty()) {
            throw new UserError(file + " is damaged: a key and its certificates belong there");
        }
        return new Credentials(key, chain);
    }

    /// A key or a certificate as PEM.
    static String pem(Object one) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(
                    one instanceof PrivateKey key
                            ? new PemObject("PRIVATE KEY", key.getEncoded())
                            : one);
        }
        return text.toString();
    }

    /// What TLS shows of them.
    KeyManager[] shown() throws GeneralSecurityException, IOException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("own", key, new char[0], chain.toArray(Certificate[]::new));
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        return keys.getKeyManagers();
    }

    /// A store of who is trusted.
    static KeyStore trusting(X509Certificate authority)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority);
        return trusted;
    }
}
