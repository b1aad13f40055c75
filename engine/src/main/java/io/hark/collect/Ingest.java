package io.hark.collect;

import com.github.luben.zstd.ZstdInputStream;
import com.sun.net.httpserver.HttpExchange;
import io.hark.UserError;
import io.hark.collect.HttpsEnd.Reply;
import io.hark.config.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Takes lines that clients post, and answers when they are safe.
///
/// ```
/// POST /v1/events            lines, one event each: JSON, or of any log that is known
///   Authorization: Bearer …  where the listener has a token
///   Content-Encoding:        gzip, zstd, or none
///   Hark-Source: NAME        what the client calls itself; its address where it says nothing
///   Hark-Sequence: N         number of the post, counted by one
/// 200 {"accepted":true}      on the disk; {"accepted":true,"repeated":true} if it was before
/// 409 {"expected":N}         numbers are left out
/// 429, 503                   too many at once; no room, or a disk that does not take it: again later
/// GET /v1/events             {"last":N}, the number of the client's last post; -1 for none
/// ```
///
/// *Thread*: a virtual one a request.
final class Ingest implements Receiver {

    /// Octets of a post's lines, unpacked: each is one piece of the journal, taken whole or not.
    private static final int MAX_POST = 4 << 20;

    private static final int MAX_NAME = 128;
    private static final int AT_ONCE = 64; // posts that are read at once: 256 MB of lines at most
    private static final long FLUSH_MILLIS = 10_000;

    private final Listener listener;
    private final Intake intake;
    private final Complaints complaints;
    private final HttpsEnd https;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final Posts posts;
    private final byte @Nullable [] token;

    /// Binds the port.
    Ingest(Listener listener, Intake intake, Complaints complaints) throws IOException {
        this.listener = listener;
        this.intake = intake;
        this.complaints = complaints;
        this.posts = Posts.byOne(listener.name(), intake);
        this.token = token(listener.token());
        Listener.Tls files = Objects.requireNonNull(listener.tls());
        SSLContext context = TlsFiles.context(files);
        this.https = new HttpsEnd(listener, context, TlsFiles.parameters(files, context));
        https.serve("/v1/events", this::reply);
    }

    private static byte @Nullable [] token(@Nullable Path file) {
        if (file == null) {
            return null;
        }
        try {
            String token = Files.readString(file).strip();
            if (token.length() < 16) {
                throw new UserError(file + ": a token has 16 characters at least");
            }
            return token.getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UserError(file + " cannot be read: " + e.getMessage(), e);
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

    private Reply reply(HttpExchange exchange) throws IOException {
        String peer = Ports.text(exchange.getRemoteAddress().getAddress());
        if (!isAllowed(exchange)) {
            intake.sources().of(new SourceName(listener.name(), peer)).refused();
            complaints.once(listener.name(), "refuses clients without the token", peer);
            return Reply.error(401, "the bearer token is missing or wrong");
        }
        String client = exchange.getRequestHeaders().getFirst("Hark-Source");
        String name = client == null ? peer : client;
        if (name.length() > MAX_NAME || !name.matches("[A-Za-z0-9._:@-]+")) {
            return Reply.error(400, "Hark-Source: 1 to 128 letters, digits and .-_:@");
        }
        return switch (exchange.getRequestMethod()) {
            case "POST" -> room.tryAcquire() ? post(exchange, name) : busy(name);
            case "GET" -> new Reply(200, "{\"last\":" + posts.last(name) + "}\n");
            default -> Reply.error(405, "POST lines, or GET the last number");
        };
    }

    private Reply busy(String name) {
        intake.sources().of(new SourceName(listener.name(), name)).shed();
        return Reply.error(429, "too many posts at once");
    }

    private boolean isAllowed(HttpExchange exchange) {
        byte[] wanted = token;
        if (wanted == null) {
            return true; // its certificate was asked for
        }
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        return shown != null
                && shown.startsWith("Bearer ")
                && MessageDigest.isEqual(
                        shown.substring("Bearer ".length()).getBytes(StandardCharsets.UTF_8),
                        wanted);
    }

    private Reply post(HttpExchange exchange, String name) throws IOException {
        try {
            String number = exchange.getRequestHeaders().getFirst("Hark-Sequence");
            if (number != null && !number.matches("[0-9]{1,18}")) {
                return Reply.error(400, "Hark-Sequence: a whole number");
            }
            byte[] lines = lines(exchange);
            if (lines == null) {
                return Reply.error(415, "Content-Encoding: gzip, zstd, or none");
            }
            if (lines.length > MAX_POST) {
                return Reply.error(413, "at most " + MAX_POST + " octets at once, unpacked");
            }
            Taken piece =
                    new Taken(
                            Taken.LINES,
                            listener.name(),
                            name,
                            number == null ? "" : name,
                            number == null ? 0 : Long.parseLong(number),
                            intake.now(),
                            lines);
            return answer(posts.post(piece), name);
        } catch (IOException e) { // not packed as it says, or the client is gone
            complaints.once(listener.name(), "a post broke off", name + ": " + e.getMessage());
            return Reply.error(400, "the body cannot be unpacked");
        } finally {
            room.release();
        }
    }

    /// The lines, unpacked, one octet more than there may be at most; null where it is unknown how
    /// they are packed.
    private static byte @Nullable [] lines(HttpExchange exchange) throws IOException {
        String packed = exchange.getRequestHeaders().getFirst("Content-Encoding");
        try (InputStream body = exchange.getRequestBody();
                InputStream plain = unpacked(packed == null ? "" : packed, body)) {
            return plain == null ? null : plain.readNBytes(MAX_POST + 1);
        }
    }

    private static @Nullable InputStream unpacked(String packed, InputStream body)
            throws IOException {
        return switch (packed.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> body;
            case "gzip" -> new GZIPInputStream(body);
            case "zstd" -> new ZstdInputStream(body);
            default -> null;
        };
    }

    private Reply answer(Posts.Answer answer, String name) {
        return switch (answer) {
            case Posts.Answer.OutOfTurn turn ->
                    new Reply(409, "{\"expected\":" + turn.expected() + "}\n");
            case Posts.Answer.Full _ -> {
                intake.sources().of(new SourceName(listener.name(), name)).shed();
                complaints.once(listener.name(), "has no room in the journal", name);
                yield Reply.error(503, "no room");
            }
            case Posts.Answer.Safe safe -> posts.whenSafe(safe, FLUSH_MILLIS);
        };
    }

    @Override
    public void close() {
        https.close();
    }
}
