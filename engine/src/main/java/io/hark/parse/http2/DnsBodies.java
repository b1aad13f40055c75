package io.hark.parse.http2;

import io.hark.Connection;
import io.hark.Inside;
import io.hark.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Messages of DNS that requests and answers carry, handed to who reads DNS.
///
/// *Thread*: one owner, the worker. *Source*: RFC 8484 §4.1, §6.
final class DnsBodies {

    /// The type of such a body.
    static final String TYPE = "application/dns-message";

    /// The longest message.
    static final int MAX_MESSAGE = 65_535;

    private static final String PARAMETER = "dns=";

    private final Connection connection;
    private @Nullable Inside dns;

    DnsBodies(Connection connection) {
        this.connection = connection;
    }

    /// A message of HTTP is whole: what it carries goes on if it is DNS.
    void whole(Exchange.Message message) {
        Head head = message.head;
        if (head == null) {
            return;
        }
        byte[] query = new byte[0];
        if (message.body != null && head.isOf(TYPE) && message.body.isWhole()) {
            query = message.body.kept();
        } else if (head.path != null && "GET".equals(head.method)) {
            query = parameter(head.path);
        }
        if (query.length > 0) {
            Inside reader = dns == null ? connection.insideDatagrams("dns") : dns;
            dns = reader;
            reader.take(Bytes.of(query), message.side);
        }
    }

    /// The message in `?dns=` of a target, or nothing.
    private static byte[] parameter(String path) {
        int at = path.indexOf('?');
        at = at < 0 ? -1 : path.indexOf(PARAMETER, at);
        if (at < 0 || path.charAt(at - 1) != '?' && path.charAt(at - 1) != '&') {
            return new byte[0];
        }
        int end = path.indexOf('&', at);
        String text = path.substring(at + PARAMETER.length(), end < 0 ? path.length() : end);
        try {
            return Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return new byte[0]; // another parameter of that name
        }
    }

    /// The connection is over.
    void close() {
        if (dns != null) {
            dns.close();
        }
    }
}
