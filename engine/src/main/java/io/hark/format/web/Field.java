package io.hark.format.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A name and a value of a form, a query or a cookie. Octets that are no text stand as Latin-1.
///
/// @param name percent coding undone
/// @param value percent coding undone
public record Field(String name, String value) {

    /// The most fields that are read of one form.
    public static final int MAX_FIELDS = 64;

    /// The fields of `name=value&name=value` (WHATWG URL, application/x-www-form-urlencoded).
    ///
    /// For example `form("a=1+2&b=%7e")` is `a` with `1 2` and `b` with `~`.
    public static List<Field> form(String text) {
        return split(text, '&', true);
    }

    /// The fields of a request's query; none where it has none.
    public static List<Field> query(String uri) {
        int question = uri.indexOf('?');
        return question < 0 ? List.of() : form(uri.substring(question + 1));
    }

    /// The cookies of a `Cookie` header (RFC 6265 §4.2), their values as they stand.
    public static List<Field> cookies(String header) {
        return split(header, ';', false);
    }

    private static List<Field> split(String text, char separator, boolean coded) {
        List<Field> fields = new ArrayList<>();
        int at = 0;
        while (at < text.length() && fields.size() < MAX_FIELDS) {
            int end = text.indexOf(separator, at);
            end = end < 0 ? text.length() : end;
            String pair = text.substring(at, end).strip();
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!pair.isEmpty()) {
                fields.add(
                        coded ? new Field(decoded(name), decoded(value)) : new Field(name, value));
            }
            at = end + 1;
        }
        return fields;
    }

    /// Percent coding and `+` undone; what is no such stays as it is.
    public static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high =
                    c == '%' && i + 2 < text.length()
                            ? Character.digit(text.charAt(i + 1), 16)
                            : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(c == '+' ? ' ' : c);
            }
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
