package io.hark.decode.webshell;

import io.hark.bytes.Legible;
import io.hark.bytes.codec.TextCodec;
import io.hark.carry.HttpExchange;
import io.hark.format.web.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An order in the open: code in one field of a form, arguments in others, and between which marks
/// the code puts what it answers.
///
/// *Source*: published analyses of China Chopper's client; AntSwordProject/antSword
/// (`source/core/php`).
///
/// @param family whose client writes so
/// @param password the name of the field with the code, which is the shell's password
/// @param code what is run
/// @param arguments in the clear
/// @param begin stands before the answer
/// @param end stands behind it
record Order(
        String family,
        String password,
        String code,
        List<String> arguments,
        String begin,
        String end) {

    private static final int MAX_FORM = 1 << 20; // octets: an upload comes in parts
    private static final Pattern CODE =
            Pattern.compile(
                    "(?i)(?:@?eval\\s*\\(|@?assert\\s*\\(|\\bexecute(?:global)?\\s*\\(|response\\.write\\s*\\(|base64_decode\\s*\\(|@?ini_set\\s*\\()");

    /// `echo "ab"."cd"; echo` what was done `; echo "ef"."gh";` in PHP, as AntSword writes it.
    private static final Pattern MARKS =
            Pattern.compile(
                    "echo\\s*\"([0-9a-f]{2,16})\"(?:\\s*\\.\\s*\"([0-9a-f]{2,16})\")?\\s*;\\s*echo\\s*@?\\w+\\(\\$\\w+\\)\\s*;\\s*echo\\s*\"([0-9a-f]{2,16})\"(?:\\s*\\.\\s*\"([0-9a-f]{2,16})\")?\\s*;");

    /// The order in a request, or null.
    static @Nullable Order of(HttpExchange exchange) {
        List<Field> form = form(exchange);
        Field shell = shell(form);
        if (shell == null) {
            return null;
        }
        Order chopper = chopper(form, shell);
        return chopper == null ? antSword(form, shell) : chopper;
    }

    /// China Chopper's: marks are `->|` and `|<-`, arguments `z1`, `z2` … in base64 or hex, the
    /// code in its own field or in `z0`.
    private static @Nullable Order chopper(List<Field> form, Field shell) {
        String code = shell.value();
        List<String> arguments = new ArrayList<>();
        for (Field field : form) {
            if (field.name().equals("z0")) {
                code = base64(field.value(), code);
            } else if (field.name().matches("z[1-9]")) {
                arguments.add(base64(field.value(), field.value()));
            }
        }
        return code.contains("->|") && code.contains("|<-")
                ? new Order("china-chopper", shell.name(), code, arguments, "->|", "|<-")
                : null;
    }

    /// AntSword's: marks stand in the code, other for each order; arguments are base64 behind two
    /// letters of nothing; the code may be base64 in another field.
    private static @Nullable Order antSword(List<Field> form, Field shell) {
        List<String> codes = new ArrayList<>(List.of(shell.value()));
        form.forEach(field -> codes.add(base64(field.value(), "")));
        for (String code : codes) {
            Matcher marks = MARKS.matcher(code);
            if (marks.find()) {
                List<String> arguments = new ArrayList<>();
                for (Field field : form) {
                    String value = field.value();
                    String argument = value.length() > 2 ? base64(value.substring(2), "") : "";
                    if (field != shell && !argument.isEmpty() && !argument.equals(code)) {
                        arguments.add(argument);
                    }
                }
                return new Order(
                        "antsword",
                        shell.name(),
                        code,
                        arguments,
                        joined(marks, 1),
                        joined(marks, 3));
            }
        }
        return null;
    }

    private static String joined(Matcher marks, int group) {
        String second = marks.group(group + 1);
        return marks.group(group) + (second == null ? "" : second);
    }

    private static List<Field> form(HttpExchange exchange) {
        byte[] body = exchange.requestBody();
        return exchange.method().equals("POST") && body.length < MAX_FORM && holdsCall(body)
                ? Field.form(new String(body, StandardCharsets.ISO_8859_1))
                : List.of();
    }

    /// Whether a parenthesis is in it, in percent coding or not: code that does not call anything
    /// is none, and most forms hold none.
    private static boolean holdsCall(byte[] body) {
        for (int i = 0; i < body.length; i++) {
            boolean coded =
                    body[i] == '%'
                            && i + 2 < body.length
                            && body[i + 1] == '2'
                            && body[i + 2] == '8';
            if (body[i] == '(' || coded) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Field shell(List<Field> form) {
        for (Field field : form) {
            if (CODE.matcher(field.value()).find()) {
                return field;
            }
        }
        return null;
    }

    private static String base64(String value, String otherwise) {
        byte[] octets =
                value.length() < 4 ? null : TextCodec.BASE64.decode(value.replace(' ', '+'));
        String text = octets == null ? "" : new String(octets, StandardCharsets.UTF_8);
        return text.isEmpty() || !Legible.isText(text) ? otherwise : text;
    }

    /// What was answered, or null where the marks are not there.
    @Nullable String answer(HttpExchange exchange) {
        String body = new String(exchange.responseBody(), StandardCharsets.UTF_8);
        int from = body.indexOf(begin);
        int to = body.lastIndexOf(end);
        return from < 0 || to < from + begin.length()
                ? null
                : body.substring(from + begin.length(), to);
    }

    /// The order in a line: its arguments, or the code where it has none.
    String text() {
        String all = arguments.isEmpty() ? code : String.join(" ", arguments);
        return all.substring(0, Math.min(all.length(), Legible.MAX_TEXT));
    }
}
