package io.hark.parse.http;

import io.hark.Connection;

/// Undoes the `%xx` of a request's target, as Zeek shows it.
///
/// *Errors*: `illegal_%_at_end_of_URI`, `double_%_in_URI`, `unescaped_%_in_URI`. *Source*: RFC 3986
/// §2.1.
final class Uri {

    private Uri() {}

    /// The unescaped text; `%%` becomes `%`, a `%` before anything else stays. For example `/a%20b`
    /// becomes `/a b`.
    static String unescape(String raw, Connection connection) {
        int first = raw.indexOf('%');
        if (first < 0) {
            return raw;
        }
        byte[] out = new byte[raw.length() * 3];
        int n = 0;
        String fault = null;
        byte[] octets = raw.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int i = 0; i < octets.length; i++) {
            int octet = octets[i];
            if (octet != '%') {
                out[n++] = (byte) octet;
            } else if (i + 1 == octets.length) {
                fault = "illegal_%_at_end_of_URI";
            } else if (octets[i + 1] == '%') {
                fault = "double_%_in_URI";
                out[n++] = '%';
                i++;
            } else if (i + 2 < octets.length
                    && hex(octets[i + 1]) >= 0
                    && hex(octets[i + 2]) >= 0) {
                out[n++] = (byte) (hex(octets[i + 1]) << 4 | hex(octets[i + 2]));
                i += 2;
            } else {
                fault = "unescaped_%_in_URI";
                out[n++] = '%';
            }
        }
        if (fault != null) {
            connection.anomaly(fault, null);
        }
        return Head.text(out, 0, n);
    }

    private static int hex(int octet) {
        return octet < 0x80 ? Character.digit(octet, 16) : -1;
    }
}
