package io.hark.parse.http2;

import io.hark.format.hpack.FieldSink;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of one message: what the event needs by name, all of them as lines for decoders.
///
/// *Thread*: one owner, the worker. *Source*: RFC 9113 §8.3 for those with a colon.
final class Head implements FieldSink {

    private static final int MAX_FIELDS = 1024; // browsers send 30; Zeek's limit is 100 lines

    private static final Set<String> PROXIES =
            Set.of(
                    "via",
                    "forwarded",
                    "client-ip",
                    "x-forwarded-for",
                    "x-forwarded-from",
                    "xroxy-connection",
                    "proxy-connection");

    private static final int MAX_PROXIED = 16; // as in HTTP/1

    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();

    @Nullable String method;
    @Nullable String authority;
    @Nullable String path;
    @Nullable String protocol;
    @Nullable String host;
    @Nullable String referrer;
    @Nullable String userAgent;
    @Nullable String origin;
    @Nullable String username;
    @Nullable String contentType;
    @Nullable String location;
    @Nullable String server;
    @Nullable String filename;
    @Nullable String coding;
    @Nullable String contentRange;
    @Nullable List<String> proxied;
    int status;
    long contentLength = -1;

    @Override
    public void field(String name, String octets) {
        String value = text(octets);
        if (name.charAt(0) == ':') {
            pseudo(name, value);
            return;
        }
        if (names.size() == MAX_FIELDS) {
            return;
        }
        names.add(name);
        values.add(value);
        switch (name) {
            case "host" -> host = value;
            case "referer" -> referrer = value;
            case "user-agent" -> userAgent = value;
            case "origin" -> origin = value;
            case "content-type" -> contentType = value;
            case "location" -> location = value;
            case "server" -> server = value;
            case "content-length" -> contentLength = number(value);
            case "content-range" -> contentRange = value;
            case "content-encoding" -> coding = coding(value);
            case "content-disposition" -> filename = filename(value);
            case "authorization", "proxy-authorization" ->
                    username = username == null ? user(value) : username;
            default -> {
                if (PROXIES.contains(name)) {
                    proxied(name, value);
                }
            }
        }
    }

    private void pseudo(String name, String value) {
        switch (name) {
            case ":method" -> method = value;
            case ":authority" -> authority = value;
            case ":path" -> path = value;
            case ":protocol" -> protocol = value;
            case ":status" -> status = Math.clamp(number(value), 0, 999);
            default -> {} // :scheme, and what is none
        }
    }

    private void proxied(String name, String value) {
        List<String> all = proxied == null ? new ArrayList<>(1) : proxied;
        proxied = all;
        if (all.size() < MAX_PROXIED) {
            all.add(name.toUpperCase(Locale.ROOT) + " -> " + value);
        }
    }

    /// Who is asked: `:authority`, else what HTTP/1 has.
    @Nullable String target() {
        return authority == null || authority.isEmpty() ? host : authority;
    }

    /// Whether the content is of that type, whatever its parameters.
    boolean isOf(String type) {
        String own = contentType;
        return own != null && own.regionMatches(true, 0, type, 0, type.length());
    }

    /// The names without a colon in their order, upper case; null if there are none.
    @Nullable List<String> names() {
        return names.isEmpty()
                ? null
                : names.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
    }

    /// `name: value` of each, the host first: cut only when somebody looks.
    List<String> lines() {
        String asked = host == null ? authority : null;
        int first = asked == null ? 0 : 1;
        return new AbstractList<>() {
            @Override
            public String get(int index) {
                return index < first
                        ? "host: " + asked
                        : names.get(index - first) + ": " + values.get(index - first);
            }

            @Override
            public int size() {
                return names.size() + first;
            }
        };
    }

    /// Octets as text: UTF-8 where they are that, else Latin-1.
    private static String text(String octets) {
        boolean ascii = octets.chars().allMatch(octet -> octet < 0x80);
        if (ascii) {
            return octets;
        }
        String text =
                new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return text.indexOf('\ufffd') < 0 ? text : octets;
    }

    private static long number(String digits) {
        boolean isNumber =
                !digits.isEmpty()
                        && digits.length() <= 18
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Long.parseLong(digits) : -1;
    }

    private static @Nullable String coding(String value) {
        return switch (value) {
            case "gzip", "x-gzip" -> "gzip";
            case "deflate" -> "deflate";
            default -> null;
        };
    }

    /// The `filename` of a content disposition (RFC 6266 §4.1).
    private static @Nullable String filename(String value) {
        int at = value.indexOf("filename=");
        if (at < 0) {
            return null;
        }
        String rest = value.substring(at + "filename=".length());
        boolean quoted = rest.startsWith("\"");
        int end = rest.indexOf(quoted ? '"' : ';', quoted ? 1 : 0);
        return rest.substring(quoted ? 1 : 0, end < 0 ? rest.length() : end);
    }

    /// The user of basic authentication; the password is forgotten here. *Source*: RFC 7617 §2.
    private static @Nullable String user(String value) {
        if (!value.regionMatches(true, 0, "basic ", 0, 6)) {
            return null;
        }
        try {
            byte[] pair = Base64.getDecoder().decode(value.substring(6).strip());
            String text = new String(pair, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0 ? null : text.substring(0, colon);
        } catch (IllegalArgumentException e) {
            return null; // what the network sent is no Base64
        }
    }
}
