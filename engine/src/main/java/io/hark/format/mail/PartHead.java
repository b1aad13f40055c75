package io.hark.format.mail;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the headers of one part say about its content.
///
/// *Source*: RFC 2045 §5, §6; RFC 2183; RFC 2231 §4.
final class PartHead {

    private static final int MAX_BOUNDARY = 200; // RFC 2046 allows 70 characters
    private static final int MAX_NAME = 1024; // characters of a file's name

    @Nullable String type;
    @Nullable String boundary;
    @Nullable String filename;
    Encoding encoding = Encoding.NONE;

    /// How content was made fit for lines of text.
    enum Encoding {
        NONE,
        BASE64,
        QUOTED
    }

    /// Takes one header; `name` in upper case.
    void header(String name, String value) {
        switch (name) {
            case "CONTENT-TYPE" -> {
                int end = value.indexOf(';');
                type = (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
                String found = parameter(value, "boundary");
                boundary =
                        found == null || found.isEmpty() || found.length() > MAX_BOUNDARY
                                ? null
                                : found;
                name(parameter(value, "name"));
            }
            case "CONTENT-DISPOSITION" -> {
                filename = null;
                name(parameter(value, "filename"));
            }
            case "CONTENT-TRANSFER-ENCODING" ->
                    encoding =
                            switch (value.strip().toLowerCase(Locale.ROOT)) {
                                case "base64" -> Encoding.BASE64;
                                case "quoted-printable" -> Encoding.QUOTED;
                                default -> Encoding.NONE;
                            };
            default -> {}
        }
    }

    private void name(@Nullable String given) {
        if (filename == null && given != null && !given.isEmpty()) {
            filename = given.substring(0, Math.min(given.length(), MAX_NAME));
        }
    }

    boolean isMultipart() {
        return type != null && type.startsWith("multipart/") && boundary != null;
    }

    boolean isMessage() {
        return "message/rfc822".equals(type);
    }

    /// The value of a parameter, quoted or not, or in the extended form `name*=charset'lang'value`,
    /// or in pieces: `name*0=one; name*1*=t%77o`; null if there is none.
    static @Nullable String parameter(String value, String name) {
        StringBuilder pieces = null;
        int next = 0;
        int at = value.indexOf(';');
        while (at >= 0 && at < value.length()) {
            int start = skipBlanks(value, at + 1);
            int equals = value.indexOf('=', start);
            if (equals < 0) {
                break;
            }
            String key = value.substring(start, equals).strip();
            int from = skipBlanks(value, equals + 1);
            boolean quoted = from < value.length() && value.charAt(from) == '"';
            int end = quoted ? endOfQuoted(value, from + 1) : endOfToken(value, from);
            String text =
                    quoted
                            ? value.substring(from + 1, end).replace("\\", "")
                            : value.substring(from, end).strip();
            if (key.equalsIgnoreCase(name)) {
                return text;
            }
            if (key.regionMatches(true, 0, name + '*', 0, name.length() + 1)) {
                String form = key.substring(name.length() + 1); // nothing, 0, 0*
                if (form.isEmpty()) {
                    return extended(text);
                }
                if (form.equals(Integer.toString(next)) || form.equals(next + "*")) {
                    pieces = pieces == null ? new StringBuilder() : pieces;
                    pieces.append(form.endsWith("*") ? extended(text) : text);
                    next++;
                }
            }
            at = value.indexOf(';', end);
        }
        return pieces == null ? null : pieces.toString();
    }

    private static int skipBlanks(String value, int from) {
        int at = from;
        while (at < value.length() && value.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }

    private static int endOfQuoted(String value, int from) {
        int at = from;
        while (at < value.length() && value.charAt(at) != '"') {
            at += value.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, value.length());
    }

    private static int endOfToken(String value, int from) {
        int end = value.indexOf(';', from);
        return end < 0 ? value.length() : end;
    }

    private static String extended(String value) {
        String text = value.substring(value.lastIndexOf('\'') + 1);
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int code = text.charAt(i) == '%' && i + 2 < text.length() ? hex(text, i + 1) : -1;
            plain.append(code < 0 ? text.charAt(i) : (char) code);
            i += code < 0 ? 0 : 2;
        }
        return plain.toString();
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
