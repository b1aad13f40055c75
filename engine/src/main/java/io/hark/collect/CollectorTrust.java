package io.hark.collect;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Knows the collector by its authority and by nothing else.
///
/// Not by a name: the authority vouches for one server only, and a collector is reached by whatever
/// address the sensor's side of the network has for it.
///
/// *Thread*: immutable, any.
final class CollectorTrust extends X509ExtendedTrustManager {

    private final Predicate<X509Certificate> isAuthority;

    private CollectorTrust(Predicate<X509Certificate> isAuthority) {
        this.isAuthority = isAuthority;
    }

    /// Trusts that authority.
    static CollectorTrust in(X509Certificate authority) {
        return new CollectorTrust(authority::equals);
    }

    /// Trusts the authority that a token names.
    static CollectorTrust byFingerprint(String fingerprint) {
        return new CollectorTrust(shown -> Enrolment.fingerprint(shown).equals(fingerprint));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        X509Certificate root = chain[chain.length - 1];
        if (!isAuthority.test(root)) {
            throw new CertificateException(
                    "this is not the collector that the sensor was enrolled at");
        }
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(Credentials.trusting(root));
            for (var manager : trust.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager path) {
                    path.checkServerTrusted(chain, authType); // dates, signatures, purpose
                }
            }
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateException("the chain cannot be checked", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw new CertificateException("a sensor serves nobody");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
