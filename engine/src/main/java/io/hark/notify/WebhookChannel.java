package io.hark.notify;

import io.hark.config.NotifyTarget.Webhook;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A POST of a notice's JSON.
///
/// *Shape*: `Content-Type: application/json`, `Hark-Notice: ID` (the same when it is sent again),
/// and with a secret `Hark-Signature: t=SECONDS,v1=HEX`, where HEX is HMAC-SHA256 of
/// `SECONDS.BODY`. Any answer of 2xx is a delivery; redirects are not followed, since the body
/// would go to somebody nobody named.
final class WebhookChannel implements Channel {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String HMAC = "HmacSHA256";

    private final Webhook target;
    private final InstantSource clock;

    WebhookChannel(Webhook target) {
        this.target = target;
        this.clock = InstantSource.system();
    }

    @Override
    public void send(Notice notice) throws IOException, InterruptedException {
        String body = notice.json();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target.url())
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .header("Hark-Notice", plain(notice.id()))
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        Path secret = target.secret();
        if (secret != null) {
            long now = clock.instant().getEpochSecond();
            request.header(
                    "Hark-Signature",
                    "t=" + now + ",v1=" + signature(Files.readString(secret).strip(), now, body));
        }
        try (HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(TIMEOUT)
                        .sslContext(Reach.context(target.authorities()))
                        .build()) {
            int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                throw new IOException("answered " + status);
            }
        }
    }

    /// HMAC-SHA256 in hex.
    static String signature(String secret, long seconds, String body) throws IOException {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return HexFormat.of()
                    .formatHex(
                            mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("cannot sign: " + e.getMessage(), e);
        }
    }

    private static String plain(String id) {
        return id.replaceAll("[^\\x21-\\x7e]", "-");
    }
}
