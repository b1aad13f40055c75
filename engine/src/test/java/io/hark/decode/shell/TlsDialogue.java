package io.hark.decode.shell;

import io.hark.carry.StreamPiece;
import io.hark.decode.Rehearsal;
import io.hark.event.Side;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A TLS connection between two engines of the JDK, as the pieces it puts on the wire. It speaks
/// what the JDK no longer does by itself: `build-tools/tests.security` allows it in the tests.
final class TlsDialogue {

    private static final char[] PASSWORD = "test".toCharArray();

    private final KeyPair key;
    private final SSLContext context;
    private final List<StreamPiece> pieces = new ArrayList<>();

    TlsDialogue() throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        key = generator.generateKeyPair();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server", key.getPrivate(), PASSWORD, new X509Certificate[] {certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, PASSWORD);
        context = SSLContext.getInstance("TLS");
        context.init(
                keys.getKeyManagers(), new TrustManager[] {new Trusting()}, new SecureRandom());
    }

    /// The server's private key in PKCS#8.
    byte[] privateKey() {
        return key.getPrivate().getEncoded();
    }

    /// The pieces of a connection in that version and suite, over which these texts go: `>` from
    /// the originator.
    List<StreamPiece> speak(String version, String suite, String... texts) throws IOException {
        pieces.clear();
        SSLEngine client = engine(true, version, suite);
        SSLEngine server = engine(false, version, suite);
        client.beginHandshake();
        server.beginHandshake();
        ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
        for (int turn = 0; turn < 20; turn++) {
            send(client, Side.ORIGINATOR, new byte[0], toServer);
            receive(server, toServer);
            send(server, Side.RESPONDER, new byte[0], toClient);
            receive(client, toClient);
        }
        for (String text : texts) {
            byte[] bytes = text.substring(1).getBytes(StandardCharsets.UTF_8);
            boolean fromClient = text.startsWith(">");
            send(
                    fromClient ? client : server,
                    fromClient ? Side.ORIGINATOR : Side.RESPONDER,
                    bytes,
                    fromClient ? toServer : toClient);
            receive(fromClient ? server : client, fromClient ? toServer : toClient);
        }
        return List.copyOf(pieces);
    }

    private SSLEngine engine(boolean client, String version, String suite) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(client);
        engine.setEnabledProtocols(new String[] {version});
        engine.setEnabledCipherSuites(new String[] {suite});
        return engine;
    }

    private void send(SSLEngine engine, Side side, byte[] text, ByteBuffer net) throws IOException {
        ByteBuffer plain = ByteBuffer.wrap(text);
        int before = net.position();
        for (int i = 0; i < 20; i++) {
            tasks(engine);
            SSLEngineResult result = engine.wrap(plain, net);
            if (result.bytesProduced() == 0 && !plain.hasRemaining()) {
                break;
            }
        }
        if (net.position() > before) {
            byte[] sent = Arrays.copyOfRange(net.array(), before, net.position());
            pieces.add(
                    new StreamPiece(
                            0, "Ctls", Rehearsal.ID, "", pieces.size(), side, 0, sent, 0, false));
        }
    }

    private void receive(SSLEngine engine, ByteBuffer net) throws IOException {
        ByteBuffer plain = ByteBuffer.allocate(1 << 16);
        net.flip();
        for (int i = 0; i < 20 && net.hasRemaining(); i++) {
            tasks(engine);
            engine.unwrap(net, plain);
        }
        tasks(engine);
        net.compact();
    }

    private static void tasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private X509Certificate certificate() throws GeneralSecurityException {
        X500Name name = new X500Name("CN=c2.test");
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        var builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(now),
                        Date.from(now.plusSeconds(1L << 30)),
                        name,
                        key.getPublic());
        try {
            X509CertificateHolder made =
                    builder.build(
                            new JcaContentSignerBuilder("SHA256withRSA").build(key.getPrivate()));
            return new JcaX509CertificateConverter().getCertificate(made);
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
