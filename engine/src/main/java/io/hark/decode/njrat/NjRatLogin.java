package io.hark.decode.njrat;

import io.hark.bytes.codec.TextCodec;
import io.hark.event.Fact;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/// What the implant says of its host and of its own settings: `ll` and `inf`.
final class NjRatLogin {

    /// Fields of a login, in order; empty names are of no known meaning.
    private static final List<String> FIELDS =
            List.of(
                    "victim",
                    "host",
                    "user",
                    "installed",
                    "",
                    "os",
                    "camera",
                    "version",
                    "",
                    "window");

    /// A builder's delimiter is a few characters.
    private static final int MAX_DELIMITER = 20;

    /// Fields that a login has at least.
    private static final int MIN_FIELDS = 8;

    private NjRatLogin() {}

    /// What stands between the fields of a login: the longest text behind `ll` that comes as often
    /// as a login has fields, with base64 behind it. Empty where the text is no login.
    static String delimiter(String text) {
        if (!text.startsWith("ll")) {
            return "";
        }
        for (int n = Math.min(MAX_DELIMITER, text.length() - 2); n > 0; n--) {
            String delimiter = text.substring(2, 2 + n);
            String[] fields = fields(text, delimiter);
            if (fields.length > MIN_FIELDS
                    && !fields[1].isEmpty()
                    && TextCodec.BASE64.decode(fields[1]) != null) {
                return delimiter;
            }
        }
        return "";
    }

    private static String[] fields(String text, String delimiter) {
        return text.split(Pattern.quote(delimiter), 32);
    }

    /// What a login says.
    static String login(String[] fields, List<Fact> facts) {
        for (int i = 0; i < FIELDS.size() && i + 1 < fields.length; i++) {
            boolean coded = FIELDS.get(i).equals("victim") || FIELDS.get(i).equals("window");
            String value = coded ? plain(fields[i + 1]) : fields[i + 1];
            if (!FIELDS.get(i).isEmpty() && !value.isEmpty()) {
                facts.add(Fact.of(FIELDS.get(i), value));
            }
        }
        return "%s@%s %s, njRAT %s, victim %s"
                .formatted(
                        field(fields, 3),
                        field(fields, 2),
                        field(fields, 6),
                        field(fields, 8),
                        plain(field(fields, 1)));
    }

    /// What the settings say: name, controller, and the installer's switches, a line each.
    static String settings(String[] fields, List<Fact> facts) {
        String[] lines = plain(field(fields, 1)).split("\r\n", -1);
        if (lines.length > 1) {
            facts.add(Fact.of("campaign", lines[0]));
            facts.add(Fact.of("controller", lines[1]));
        }
        return "settings: " + String.join(", ", lines);
    }

    private static String field(String[] fields, int n) {
        return n < fields.length ? fields[n] : "";
    }

    /// What a field's base64 stands for, where it is base64 of text; else the field.
    static String plain(String field) {
        byte[] octets = field.length() < 4 ? null : TextCodec.BASE64.decode(field);
        if (octets == null) {
            return field;
        }
        String text = new String(octets, StandardCharsets.UTF_8).replaceAll("\\x00+$", "");
        boolean readable =
                text.chars()
                        .allMatch(
                                c ->
                                        c >= ' ' && c != 0xfffd
                                                || c == '\n'
                                                || c == '\r'
                                                || c == '\t');
        return readable ? text : field;
    }
}
