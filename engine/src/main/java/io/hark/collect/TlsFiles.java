package io.hark.collect;

import io.hark.UserError;
import io.hark.config.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/// Makes of a listener's files in PEM what a server needs for TLS.
final class TlsFiles {

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"}; // RFC 9325 §3.1.1

    private TlsFiles() {}

    /// The context of a server.
    ///
    /// @throws UserError if a file cannot be read, or is not what it should be
    static SSLContext context(Listener.Tls tls) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            List<Certificate> chain = certificates(tls.certificate());
            own.setKeyEntry("own", key(tls.key()), new char[0], chain.toArray(Certificate[]::new));
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust(tls), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new UserError(
                    tls.certificate()
                            + " and "
                            + tls.key()
                            + " do not go together: "
                            + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw new UserError("the files for TLS cannot be read: " + e.getMessage(), e);
        }
    }

    /// What a server insists on.
    static SSLParameters parameters(Listener.Tls tls, SSLContext context) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(VERSIONS);
        parameters.setNeedClientAuth(tls.clients() != null);
        return parameters;
    }

    private static TrustManager[] trust(Listener.Tls tls)
            throws GeneralSecurityException, IOException {
        KeyStore vouching = KeyStore.getInstance("PKCS12");
        vouching.load(null, null);
        Path clients = tls.clients();
        if (clients != null) {
            for (Certificate certificate : certificates(clients)) {
                vouching.setCertificateEntry("client" + vouching.size(), certificate);
            }
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(vouching); // without an entry it trusts nobody
        return trust.getTrustManagers();
    }

    private static List<Certificate> certificates(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            var all = new ArrayList<Certificate>();
            all.addAll(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (all.isEmpty()) {
                throw new UserError(file + " holds no certificate in PEM");
            }
            return all;
        } catch (GeneralSecurityException e) {
            throw new UserError(file + " holds no certificate in PEM: " + e.getMessage(), e);
        }
    }

    /// The private key in a file.
    static PrivateKey key(Path file) throws IOException {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        try (PEMParser pem = new PEMParser(new StringReader(Files.readString(file)))) {
            for (Object read = pem.readObject(); read != null; read = pem.readObject()) {
                switch (read) {
                    case PEMKeyPair pair -> {
                        return converter.getPrivateKey(pair.getPrivateKeyInfo());
                    }
                    case PrivateKeyInfo info -> {
                        return converter.getPrivateKey(info);
                    }
                    default -> {} // parameters of a curve stand before its key
                }
            }
        }
        throw new UserError(
                file + " holds no private key in PEM, or one with a passphrase: take that off");
    }
}
