package io.hark.format.log;

import io.hark.event.LogDraft;
import io.hark.event.LogEvent;
import io.hark.schema.Column;
import io.hark.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A message as the vendor's manual prints it, with the columns of a [LogEvent] where the manual
/// has italics: `Deny {network.transport} from {source.ip}/{source.port} to …`.
///
/// - `{column}` takes what the column holds: an address or a name, a number, a hardware address, a
///   word;
/// - `{column:text}` takes words up to what follows, `{column:rest}` all that is left,
///   `{column=a|b}` one of these words;
/// - `{}`, `{:text}`, `{:rest}` and `{=a|b}` take the same and keep nothing;
/// - `{user}` takes a word that may be `DOMAIN\name`;
/// - `[…]` may be missing, `\[` is a bracket; a blank is any blanks.
///
/// A template matches from the beginning and need not reach the end. Every part is bounded, and a
/// word or text that a sign ends (`|`, a quote, a colon …) does not hold that sign, so that no text
/// makes a match slow.
///
/// *Thread*: immutable, any.
public final class Template {

    private static final String SIGNS = "|\"'<>(){};,:/=@[]";
    private static final String WORD = "[^\\s]{1,256}?";
    private static final String TEXT = ".{0,256}?";
    private static final String REST = ".{0,65536}";

    /// Behind a word that nothing has to follow: else it would be its first letter.
    private static final String WHOLE = "(?![^\\s,;:()\\]>\"'/])";

    private static final String NUMBER = "\\d{1,19}";
    private static final String MAC = "[0-9A-Fa-f]{1,4}(?:[:.-]?[0-9A-Fa-f]{2,4}){2,5}";
    private static final String ADDR =
            "(?:[0-9A-Fa-f:.]{1,44}[0-9A-Fa-f:]|[A-Za-z0-9._*%-]{1,255})";

    /// The column that names a user with a domain perhaps.
    private static final String USER = "user";

    private final Pattern pattern;
    private final List<String> columns;

    private Template(Pattern pattern, List<String> columns) {
        this.pattern = pattern;
        this.columns = List.copyOf(columns);
    }

    /// Reads a template.
    ///
    /// @throws IllegalArgumentException if it names a column that there is not: a slip
    public static Template of(String text) {
        StringBuilder regex = new StringBuilder();
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '{' -> {
                    int end = text.indexOf('}', i);
                    regex.append(part(text.substring(i + 1, end), columns, behind(text, end)));
                    i = end;
                }
                case '[' -> regex.append("(?:");
                case ']' -> regex.append(")?");
                case ' ' -> regex.append("\\s+");
                case '\\' -> regex.append(Pattern.quote(String.valueOf(text.charAt(++i))));
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return new Template(Pattern.compile(regex.toString(), Pattern.DOTALL), columns);
    }

    /// What stands behind a part that ends at `end`: a sign, a blank for letters and blanks, 0 for
    /// nothing that has to.
    private static char behind(String text, int end) {
        if (end + 1 == text.length() || "[]".indexOf(text.charAt(end + 1)) >= 0) {
            return 0;
        }
        char next = text.charAt(end + 1) == '\\' ? text.charAt(end + 2) : text.charAt(end + 1);
        return SIGNS.indexOf(next) >= 0 ? next : ' ';
    }

    private static String part(String part, List<String> columns, char behind) {
        int equals = part.indexOf('=');
        int colon = part.indexOf(':');
        int cut = equals >= 0 ? equals : colon;
        String column = cut < 0 ? part : part.substring(0, cut);
        String form = cut < 0 ? "" : part.substring(cut + 1);
        String regex =
                equals >= 0
                        ? "(?:" + form + ")"
                        : form.isEmpty() ? formOf(column, behind) : named(form, behind);
        if (column.isEmpty()) {
            return regex;
        }
        if (!column.equals(USER)) {
            LogDraft.column(column);
        }
        columns.add(column);
        return "(" + regex + ")";
    }

    private static String named(String form, char behind) {
        return switch (form) {
            case "word" -> word(behind);
            case "text" -> behind > ' ' ? "[^" + Pattern.quote("" + behind) + "]{0,256}" : TEXT;
            case "rest" -> REST;
            case "number" -> NUMBER;
            case "ip" -> ADDR;
            default -> throw new IllegalArgumentException("no form '" + form + "' in a template");
        };
    }

    /// A word holds no sign that ends it: so there is one way to take it apart, whatever it is.
    private static String word(char behind) {
        return behind > ' '
                ? "[^\\s" + Pattern.quote("" + behind) + "]{1,256}"
                : behind == 0 ? WORD + WHOLE : WORD;
    }

    private static String formOf(String column, char behind) {
        if (column.isEmpty() || column.equals(USER)) {
            return word(behind);
        }
        Column of = Kind.of(LogEvent.class).columns().get(LogDraft.column(column));
        return switch (of.type()) {
            case ADDR -> ADDR;
            case NUMBER ->
                    switch (of.unit()) {
                        case MAC -> MAC;
                        case DURATION -> "\\d{1,9}(?:[:.]\\d{1,9}){0,3}";
                        case NONE, TIME, BYTES, PACKETS, SHARE, BITS -> NUMBER;
                    };
            case TEXT, TEXTS, REAL, FLAG, BYTES, NUMBERS, ADDRS, ROWS -> word(behind);
        };
    }

    /// Puts the values into their columns, if the text begins as the template does; answers whether
    /// it does.
    public boolean read(String text, LogDraft out) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.lookingAt()) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            String value = matcher.group(i + 1);
            if (value == null) {
                continue;
            }
            if (columns.get(i).equals(USER)) {
                out.user(value);
            } else {
                out.put(columns.get(i), value);
            }
        }
        return true;
    }

    /// The first of several that the text begins with.
    public static boolean readAny(List<Template> templates, String text, LogDraft out) {
        for (Template template : templates) {
            if (template.read(text, out)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
