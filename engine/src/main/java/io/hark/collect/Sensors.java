package io.hark.collect;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import io.hark.collect.HttpsEnd.Reply;
import io.hark.config.Listener;
import io.hark.sensor.Shipment;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;

/// Takes what sensors ship, and answers when it is safe; enrols sensors.
///
/// ```
/// POST /v1/shipments       from who shows the certificate of an enrolled sensor
///   Hark-Spool: ID         which spool of that sensor's
///   Hark-Sequence: N       rows of the spool up to the last of this shipment
///   Hark-Clock: NANOS      what time the sensor has, nanoseconds since 1970 UTC
/// 200 {"accepted":true}    on the disk; {"accepted":true,"repeated":true} if it was before
/// 403                      not enrolled, or revoked
/// 429, 503                 too many at once; no room, or a disk that does not take it: again later
/// POST /v1/enrol           a PKCS#10 request in PEM, from anybody
///   Authorization: Bearer …  the secret of a token
/// 200                      two certificates in PEM: the sensor's, the authority's
/// ```
///
/// A shipment's payload in the journal: the sensor's clock, 8 octets; the shipment as it came.
///
/// *Thread*: a virtual one a request.
final class Sensors implements Receiver {

    private static final int CLOCK = Long.BYTES;
    private static final int MAX_WISH = 1 << 14; // octets of a request for a certificate
    private static final int AT_ONCE = 64;
    private static final long FLUSH_MILLIS = 10_000;

    private final Listener listener;
    private final Intake intake;
    private final Complaints complaints;
    private final Enrolment enrolment;
    private final HttpsEnd https;
    private final Posts posts;
    private final Semaphore room = new Semaphore(AT_ONCE);

    /// Binds the port.
    Sensors(Listener listener, Intake intake, Complaints complaints, Enrolment enrolment)
            throws IOException {
        this.listener = listener;
        this.intake = intake;
        this.complaints = complaints;
        this.enrolment = enrolment;
        this.posts = Posts.withGaps(listener.name(), intake);
        SSLContext context = context(enrolment.authority());
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"}); // both ends are ours
        parameters.setWantClientAuth(true); // who enrols has nothing to show yet
        this.https = new HttpsEnd(listener, context, parameters);
        https.serve("/v1/shipments", this::shipped);
        https.serve("/v1/enrol", this::enrolled);
    }

    private static SSLContext context(Authority authority) {
        KeyPair keys =
                Credentials.newKeys(); // of this process: nothing is kept that could be stolen
        try {
            Credentials own =
                    new Credentials(
                            keys.getPrivate(),
                            List.of(
                                    authority.collector(keys.getPublic()),
                                    authority.certificate()));
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(Credentials.trusting(authority.certificate()));
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(own.shown(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JDK has TLS 1.3", e);
        }
    }

    @Override
    public Listener listener() {
        return listener;
    }

    @Override
    public int port() {
        return https.port();
    }

    @Override
    public int connections() {
        return AT_ONCE - room.availablePermits();
    }

    @Override
    public void start() {
        https.start();
    }

    // ---- shipments

    private Reply shipped(HttpExchange exchange) throws IOException {
        String peer = Ports.text(exchange.getRemoteAddress().getAddress());
        String sensor = sensor(exchange);
        if (sensor == null) {
            intake.sources().of(new SourceName(listener.name(), peer)).refused();
            complaints.once(listener.name(), "refuses who is not enrolled, or revoked", peer);
            return Reply.error(403, "not enrolled, or revoked");
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            return Reply.error(405, "POST a shipment");
        }
        if (!room.tryAcquire()) {
            return Reply.error(429, "too many shipments at once");
        }
        try {
            return take(exchange, sensor);
        } finally {
            room.release();
        }
    }

    private @Nullable String sensor(HttpExchange exchange) throws IOException {
        try {
            return exchange instanceof HttpsExchange https
                            && https.getSSLSession().getPeerCertificates()[0]
                                    instanceof X509Certificate shown
                    ? enrolment.heard(shown)
                    : null;
        } catch (SSLPeerUnverifiedException e) {
            return null; // it shows none
        }
    }

    private Reply take(HttpExchange exchange, String sensor) throws IOException {
        String spool = header(exchange, "Hark-Spool", "[0-9a-f]{16}");
        String number = header(exchange, "Hark-Sequence", "[0-9]{1,18}");
        String clock = header(exchange, "Hark-Clock", "[0-8]?[0-9]{1,18}");
        if (spool == null || number == null || clock == null) {
            return Reply.error(400, "Hark-Spool, Hark-Sequence, Hark-Clock");
        }
        byte[] shipment;
        try (InputStream body = exchange.getRequestBody()) {
            shipment = body.readNBytes(Shipment.MAX_PACKED + 1);
        }
        long rows = Shipment.rowsIn(shipment);
        if (shipment.length > Shipment.MAX_PACKED || rows < 0 || rows > Long.parseLong(number)) {
            return Reply.error(400, "that is no shipment");
        }
        Taken piece =
                new Taken(
                        Taken.SHIPMENT,
                        listener.name(),
                        sensor,
                        sensor + "/" + spool,
                        Long.parseLong(number),
                        intake.now(),
                        payload(Long.parseLong(clock), shipment));
        return switch (posts.post(piece)) {
            case Posts.Answer.OutOfTurn _ -> Reply.error(409, "out of turn");
            case Posts.Answer.Full _ -> Reply.error(503, "no room");
            case Posts.Answer.Safe safe -> posts.whenSafe(safe, FLUSH_MILLIS);
        };
    }

    private static @Nullable String header(HttpExchange exchange, String name, String form) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value != null && value.matches(form) ? value : null;
    }

    private static byte[] payload(long clock, byte[] shipment) {
        return ByteBuffer.allocate(CLOCK + shipment.length).putLong(clock).put(shipment).array();
    }

    /// What time the sensor had when it sent that payload; 0 where nobody knows.
    static long clockIn(byte[] payload) {
        return payload.length < CLOCK ? 0 : ByteBuffer.wrap(payload).getLong();
    }

    /// The shipment in a payload; null for none.
    static @Nullable Shipment shipmentIn(byte[] payload) {
        return payload.length < CLOCK
                ? null
                : Shipment.unpack(java.util.Arrays.copyOfRange(payload, CLOCK, payload.length));
    }

    // ---- enrolment

    private Reply enrolled(HttpExchange exchange) throws IOException {
        String peer = Ports.text(exchange.getRemoteAddress().getAddress());
        String secret = header(exchange, "Authorization", "Bearer [0-9a-f]{32}");
        byte[] wish;
        try (InputStream body = exchange.getRequestBody()) {
            wish = body.readNBytes(MAX_WISH + 1);
        }
        PublicKey key = wish.length > MAX_WISH ? null : key(wish);
        if (key == null) {
            return Reply.error(400, "POST a PKCS#10 request in PEM, signed by its key");
        }
        X509Certificate certificate =
                secret == null ? null : enrolment.redeem(secret.substring("Bearer ".length()), key);
        if (certificate == null) {
            intake.sources().of(new SourceName(listener.name(), peer)).refused();
            complaints.once(listener.name(), "refuses tokens that are none, or used up", peer);
            return Reply.error(403, "no such token");
        }
        return new Reply(
                200,
                Credentials.pem(certificate)
                        + Credentials.pem(enrolment.authority().certificate()));
    }

    /// The key that is asked to be vouched for; null where the request is none, or not signed by
    /// who has the key.
    static @Nullable PublicKey key(byte[] wish) {
        try (PEMParser pem =
                new PEMParser(new StringReader(new String(wish, StandardCharsets.UTF_8)))) {
            if (!(pem.readObject() instanceof PKCS10CertificationRequest request)) {
                return null;
            }
            PublicKey key = new JcaPKCS10CertificationRequest(request).getPublicKey();
            boolean isSigned =
                    key.getAlgorithm().equals("EC")
                            && request.isSignatureValid(
                                    new JcaContentVerifierProviderBuilder().build(key));
            return isSigned ? key : null;
        } catch (IOException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | RuntimeException e) { // what a stranger sent may break its parser anyhow
            return null;
        }
    }

    @Override
    public void close() {
        https.close();
    }
}
