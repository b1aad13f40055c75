package io.hark.parse.http;

import io.hark.Connection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Takes out of header lines what the event and the framing need; all other values are never cut
/// out.
///
/// *Thread*: one owner, the worker, for all its connections. *Errors*: `HTTP_bad_content_length`.
final class Fields {

    private static final int MAX_PROXIED =
            16; // headers of proxies that are shown; real ones have one or two

    private static final int MAX_EXPRESSIONS = 8; // a request that tries headers tries many
    private static final int MAX_EXPRESSION = 512; // what it calls stands at its beginning

    private final HeaderNames asked = new HeaderNames();
    private final HeaderNames answered = new HeaderNames();
    private final Head head;
    private @Nullable String lastHost;
    private @Nullable String lastAgent;
    private @Nullable String lastServer;

    Fields(Head head) {
        this.head = head;
    }

    /// Reads all headers that the head has from here on.
    void read(Connection connection, Half half, Transaction transaction, boolean request) {
        HeaderNames names = request ? asked : answered;
        names.begin(half.names);
        while (head.next()) {
            names.add(head);
            if (request && head.holds('{') && (head.find("${") >= 0 || head.find("() {") >= 0)) {
                expression(transaction);
            }
            switch (head.nameTo - head.lineFrom) { // lengths first: most lines are none of these
                case 3, 9, 15 -> proxied(transaction, request);
                case 4 -> host(connection, half, transaction, request);
                case 6 -> {
                    if (request && head.isCalled("origin")) {
                        transaction.origin = head.value();
                    } else if (request && head.isCalled("cookie")) {
                        transaction.sessionHash =
                                SessionCookie.hash(
                                        head, connection.id().resp_h(), connection.id().resp_p());
                    } else if (!request && head.isCalled("server")) {
                        lastServer = head.value(lastServer);
                        transaction.answer().server = lastServer;
                    }
                }
                case 7 -> {
                    if (request && head.isCalled("referer")) {
                        transaction.referrer = head.value();
                    } else if (head.isCalled("upgrade")) {
                        transaction.upgrade = upgrade(transaction.upgrade);
                    }
                }
                case 8 -> {
                    if (!request && head.isCalled("location")) {
                        transaction.answer().location = head.value();
                    }
                }
                case 10 -> agent(transaction, request);
                case 12 -> type(half, transaction, request);
                case 13 -> {
                    if (request && head.isCalled("authorization")) {
                        user(transaction);
                    } else if (!request && head.isCalled("content-range")) {
                        transaction.answer().contentRange = head.value();
                    }
                }
                case 14 -> length(connection, half);
                case 16 -> {
                    if (head.isCalled("content-encoding")) {
                        half.coding = coding();
                    } else {
                        proxied(transaction, request);
                    }
                }
                case 17 -> {
                    if (head.isCalled("transfer-encoding") && head.find("chunked") >= 0) {
                        half.chunked = true;
                    }
                }
                case 19 -> disposition(half, transaction, request);
                default -> {}
            }
        }
        half.names = names.end();
        List<String> shown = half.names.isEmpty() ? null : half.names;
        if (request) {
            transaction.requestNames = shown;
        } else {
            transaction.answer().names = shown;
        }
    }

    /// The parser of what the header at hand offers to become, or what was known before.
    private @Nullable String upgrade(@Nullable String known) {
        return head.find("websocket") >= 0 ? "websocket" : head.find("h2c") >= 0 ? "http2" : known;
    }

    private void expression(Transaction transaction) {
        List<String> more = transaction.expressions;
        if (more == null) {
            more = new ArrayList<>(1);
            transaction.expressions = more;
        }
        if (more.size() < MAX_EXPRESSIONS) {
            String value = head.value();
            more.add(value.length() > MAX_EXPRESSION ? value.substring(0, MAX_EXPRESSION) : value);
        }
    }

    private void host(Connection connection, Half half, Transaction transaction, boolean request) {
        if (request && head.isCalled("host")) {
            String host = head.value(lastHost);
            if (!half.named && !host.isEmpty()) {
                int port = host.indexOf(':', host.lastIndexOf(']') + 1);
                connection.name(port < 0 ? host : host.substring(0, port), "host");
            }
            half.named = true;
            lastHost = host;
            transaction.host = host;
        }
    }

    private void agent(Transaction transaction, boolean request) {
        if (request && head.isCalled("user-agent")) {
            lastAgent = head.value(lastAgent);
            transaction.userAgent = lastAgent;
        }
    }

    private void proxied(Transaction transaction, boolean request) {
        if (request
                && (head.isCalled("via")
                        || head.isCalled("forwarded")
                        || head.isCalled("client-ip")
                        || head.isCalled("x-forwarded-for")
                        || head.isCalled("x-forwarded-from")
                        || head.isCalled("xroxy-connection")
                        || head.isCalled("proxy-connection"))) {
            if (transaction.proxied == null) {
                transaction.proxied = new ArrayList<>(1);
            }
            if (transaction.proxied.size() < MAX_PROXIED) {
                transaction.proxied.add(
                        head.name().toUpperCase(Locale.ROOT) + " -> " + head.value());
            }
        }
    }

    private void type(Half half, Transaction transaction, boolean request) {
        if (head.isCalled("content-type")) {
            Transaction.Entity entity = transaction.entity(request);
            entity.contentType = head.value(entity.contentType);
            int from = head.valueFrom();
            if (head.looksAt(from, "multipart/")) {
                String boundary = head.parameter("boundary");
                half.boundary =
                        boundary == null
                                        || boundary.isEmpty()
                                        || boundary.length() > Multipart.MAX_BOUNDARY
                                ? null
                                : boundary;
            }
            if (half.filename == null && head.find("name") >= 0) {
                half.filename = head.parameter("name");
            }
        }
    }

    private void length(Connection connection, Half half) {
        if (head.isCalled("content-length")) {
            half.contentLength = head.number();
            if (half.contentLength < 0) {
                connection.anomaly("HTTP_bad_content_length", head.value());
            }
        }
    }

    private @Nullable String coding() {
        int from = head.valueFrom();
        return head.looksAt(from, "gzip") || head.looksAt(from, "x-gzip")
                ? "gzip"
                : head.looksAt(from, "deflate") ? "deflate" : null;
    }

    private void disposition(Half half, Transaction transaction, boolean request) {
        if (head.isCalled("content-disposition")) {
            String filename = head.parameter("filename");
            half.filename = filename == null ? half.filename : filename;
        } else if (request && head.isCalled("proxy-authorization")) {
            user(transaction);
        }
    }

    /// The user of basic authentication; the password is forgotten here. *Source*: RFC 7617 §2.
    private void user(Transaction transaction) {
        int from = head.valueFrom();
        if (!head.looksAt(from, "basic ")) {
            return;
        }
        String pair = decode(head.value().substring(6).strip());
        int colon = pair == null ? -1 : pair.indexOf(':');
        if (pair != null && colon >= 0) {
            transaction.username = pair.substring(0, colon);
        }
    }

    private static @Nullable String decode(String base64) {
        int length = 0;
        while (length < base64.length() && isBase64(base64.charAt(length))) {
            length++;
        }
        String clean = base64.substring(0, length % 4 == 1 ? length - 1 : length);
        if (clean.isEmpty()) {
            return null;
        }
        byte[] octets = Base64.getDecoder().decode(clean.getBytes(StandardCharsets.ISO_8859_1));
        return Head.text(octets, 0, octets.length);
    }

    private static boolean isBase64(char c) {
        return c >= 'A' && c <= 'Z'
                || c >= 'a' && c <= 'z'
                || c >= '0' && c <= '9'
                || c == '+'
                || c == '/';
    }
}
