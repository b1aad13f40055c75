package io.hark.collect;

import io.hark.config.Listener;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/// An authority, a server of 127.0.0.1 and clients, made for one test.
final class TestCertificates {

    private static final Duration VALID = Duration.ofHours(1);

    private final Path dir;
    private final KeyPair authorityKey = keys();
    private final X509Certificate authority;
    private int serial = 1;

    TestCertificates(Path dir) throws Exception {
        this.dir = dir;
        this.authority = certificate("CN=authority", authorityKey, true);
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("EC").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate certificate(String name, KeyPair of, boolean isAuthority)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        Instant now = Instant.now();
        var builder =
                new JcaX509v3CertificateBuilder(
                        new X500Name("CN=authority"),
                        BigInteger.valueOf(serial++),
                        Date.from(now.minus(VALID)),
                        Date.from(now.plus(VALID)),
                        new X500Name(name),
                        of.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        var signer =
                new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKey.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private Path pem(String name, Object what) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(what);
        }
        return Files.writeString(dir.resolve(name), text.toString());
    }

    /// What a listener shows, and asks of its clients.
    Listener.Tls server(boolean asksClients) throws Exception {
        KeyPair own = keys();
        return new Listener.Tls(
                pem("server.pem", certificate("CN=server", own, false)),
                pem("server.key", new PemObject("PRIVATE KEY", own.getPrivate().getEncoded())),
                asksClients ? pem("clients.pem", authority) : null);
    }

    /// A client that trusts the authority.
    ///
    /// @param isVouchedFor whether it has a certificate to show
    SSLContext client(boolean isVouchedFor) throws Exception {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        if (isVouchedFor) {
            KeyPair pair = keys();
            Certificate[] chain = {certificate("CN=client", pair, false)};
            own.setKeyEntry("own", pair.getPrivate(), new char[0], chain);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, new char[0]);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
