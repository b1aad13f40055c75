package io.hark.collect;

import io.hark.UserError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;

/// What a sensor is known to its collector by: its key, the certificate for it, and the authority
/// that vouches for both of them.
///
/// *Shape*: `identity.pem` in the sensor's spool, for its owner alone: the private key, which never
/// leaves the machine, the sensor's certificate, the authority's. *Thread*: immutable, any.
public final class Identity {

    static final Duration CONNECT = Duration.ofSeconds(10);

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final String FILE = "identity.pem";
    private static final String ENROL = "/v1/enrol";

    private final String name;
    private final SSLContext context;

    private Identity(String name, SSLContext context) {
        this.name = name;
        this.context = context;
    }

    /// Whether a sensor was enrolled in that folder.
    public static boolean isThere(Path dir) {
        return Files.exists(dir.resolve(FILE));
    }

    /// Enrols a sensor: shows the token to the collector that it names, and keeps what that
    /// answers.
    ///
    /// @param to the collector, `https://host:8444`
    /// @param token what `hark collect enrol` showed
    /// @param dir where the sensor will spool; made where it is not there
    /// @return the name that the token was made for
    /// @throws UserError if it is another collector, or the token is none, or not any more
    /// @throws IOException if the collector is not there, or the answer cannot be written
    public static String enrol(URI to, String token, Path dir)
            throws IOException, InterruptedException {
        Enrolment.Token shown = Enrolment.Token.parse(token);
        KeyPair keys = Credentials.newKeys();
        HttpRequest request =
                HttpRequest.newBuilder(to.resolve(ENROL))
                        .timeout(ANSWER)
                        .header("Authorization", "Bearer " + shown.secret())
                        .POST(HttpRequest.BodyPublishers.ofString(wish(keys)))
                        .build();
        HttpResponse<String> answer;
        try (HttpClient http =
                client(context(null, CollectorTrust.byFingerprint(shown.authority())))) {
            answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        }
        if (answer.statusCode() != 200) {
            throw new UserError(
                    to
                            + " does not take the token ("
                            + answer.statusCode()
                            + "): it is used up, expired, or of another collector");
        }
        write(dir, keys.getPrivate(), answer.body());
        return read(dir).name;
    }

    /// Keeps a key and the certificates for it, the sensor's own first, in PEM.
    static void write(Path dir, PrivateKey key, String certificates) throws IOException {
        Authority.folder(dir);
        Path begun = Files.createTempFile(dir, FILE, ".tmp"); // its owner's alone
        Files.writeString(begun, Credentials.pem(key) + certificates);
        Files.move(begun, dir.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String wish(KeyPair keys) throws IOException {
        try {
            var builder =
                    new JcaPKCS10CertificationRequestBuilder(
                            new X500Name("CN=sensor"), keys.getPublic());
            return Credentials.pem(
                    builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA")
                                    .build(keys.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("P-256 cannot be signed with", e);
        }
    }

    /// The identity of a sensor that was enrolled.
    ///
    /// @throws UserError if it was not, or what is there is damaged
    public static Identity read(Path dir) throws IOException {
        Path file = dir.resolve(FILE);
        if (!Files.exists(file)) {
            throw new UserError(
                    "there is no identity in "
                            + dir
                            + ": 'hark collect enrol NAME' at the collector shows a token, and 'hark sensor enrol"
                            + " --to … --token … --spool "
                            + dir
                            + "' makes one of it");
        }
        Credentials own = Credentials.read(file);
        try {
            return new Identity(
                    Authority.nameOf(own.chain().getFirst()),
                    context(own.shown(), CollectorTrust.in(own.chain().getLast())));
        } catch (GeneralSecurityException e) {
            throw new UserError(file + " is damaged: enrol the sensor again", e);
        }
    }

    private static SSLContext context(KeyManager @Nullable [] keys, TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS 1.3", e);
        }
    }

    /// The sensor's name.
    public String name() {
        return name;
    }

    /// A client that shows who it is, and talks to its collector alone.
    HttpClient client() {
        return client(context);
    }

    private static HttpClient client(SSLContext context) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .sslContext(context)
                .build();
    }
}
