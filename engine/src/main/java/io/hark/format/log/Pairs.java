package io.hark.format.log;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Names and values in the order they stand in a line; a name may come twice.
///
/// *Thread*: one owner while it is filled.
public final class Pairs {

    /// More than any product writes; the rest of such a line is only in its original.
    private static final int MAX_PAIRS = 512;

    private static final int MAX_NAME = 80; // a longer word before a `=` is text that has one

    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();

    // ---- forms

    /// `name=value name="a value"`: a value without quotes ends at a blank. In quotes, a backslash
    /// or a second quote makes one a part of the value. Words without a `=` are stepped over.
    ///
    /// For example, `a=1 b="x y" c` is a → 1, b → x y.
    public static Pairs spaced(String text, int from) {
        return new Pairs().read(text, from, ' ', '=', false);
    }

    /// `name=a value other=1`: a value without quotes goes on until the next word that has a `=`
    /// behind it, as in CEF. A backslash before `=` is none.
    public static Pairs loose(String text, int from) {
        return new Pairs().read(text, from, ' ', '=', true);
    }

    /// `name=value;name=value`: pairs end at `separator`, outside of quotes.
    ///
    /// @param assign what stands between name and value: `=` or `:`
    public static Pairs separated(String text, int from, char separator, char assign) {
        return new Pairs().read(text, from, separator, assign, false);
    }

    private Pairs read(String text, int from, char separator, char assign, boolean loose) {
        int at = from;
        while (at < text.length() && size() < MAX_PAIRS) {
            char c = text.charAt(at);
            if (c == separator || isBlank(c)) {
                at++;
                continue;
            }
            int nameEnd = nameEnd(text, at, separator, assign);
            if (nameEnd < 0) {
                at = separator == ' ' ? blankBehind(text, at) : behind(text, at, separator);
                continue;
            }
            int value = nameEnd + 1;
            while (separator != ' ' && value < text.length() && text.charAt(value) == ' ') {
                value++;
            }
            int end = valueEnd(text, value, separator, assign, loose);
            add(text.substring(at, nameEnd).strip(), unquoted(text, value, end));
            at = end;
        }
        return this;
    }

    /// Where the name that begins at `at` ends, at its `assign`; -1 if none does.
    private static int nameEnd(String text, int at, char separator, char assign) {
        int most = Math.min(text.length(), at + MAX_NAME);
        for (int i = at; i < most; i++) {
            char c = text.charAt(i);
            if (c == assign) {
                return i == at ? -1 : i;
            }
            if (c == separator || separator == ' ' && (isBlank(c) || c == '"')) {
                return -1;
            }
        }
        return -1;
    }

    private static int valueEnd(String text, int at, char separator, char assign, boolean loose) {
        if (at < text.length() && text.charAt(at) == '"') {
            int end = quoteEnd(text, at);
            if (end > 0) {
                return end;
            }
        }
        if (!loose) {
            return separator == ' ' ? blankBehind(text, at) : behind(text, at, separator);
        }
        int next = at;
        while (next < text.length()) { // the last blank before the next name
            int blank = blankBehind(text, next);
            int word = blank;
            while (word < text.length() && isBlank(text.charAt(word))) {
                word++;
            }
            if (word >= text.length()) {
                return text.length();
            }
            if (isName(text, word, assign)) {
                return blank;
            }
            next = word;
        }
        return text.length();
    }

    private static boolean isName(String text, int at, char assign) {
        int most = Math.min(text.length(), at + MAX_NAME);
        for (int i = at; i < most; i++) {
            char c = text.charAt(i);
            if (c == assign) {
                return i > at && text.charAt(i - 1) != '\\';
            }
            if (!Character.isLetterOrDigit(c) && "_-.[]".indexOf(c) < 0) {
                return false;
            }
        }
        return false;
    }

    /// The place behind the quote that ends what begins with one at `at`; -1 if none does.
    private static int quoteEnd(String text, int at) {
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                if (i + 1 < text.length() && text.charAt(i + 1) == '"' && i > at + 1) {
                    i++;
                } else {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    private static String unquoted(String text, int from, int to) {
        String value = text.substring(Math.min(from, to), to).strip();
        int last = value.length() - 1;
        if (last < 1 || value.charAt(0) != '"' || value.charAt(last) != '"') {
            return value;
        }
        String inner = value.substring(1, last);
        return inner.indexOf('"') < 0 ? inner : inner.replace("\\\"", "\"").replace("\"\"", "\"");
    }

    private static int blankBehind(String text, int at) {
        int end = at;
        while (end < text.length() && !isBlank(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int behind(String text, int at, char separator) {
        int end = text.indexOf(separator, at);
        return end < 0 ? text.length() : end;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    // ---- what is there

    /// Adds a pair; none where there are too many already.
    public void add(String name, String value) {
        if (size() < MAX_PAIRS) {
            names.add(name);
            values.add(value);
        }
    }

    /// How many pairs.
    public int size() {
        return names.size();
    }

    /// The name of a pair.
    public String name(int i) {
        return names.get(i);
    }

    /// The value of a pair.
    public String value(int i) {
        return values.get(i);
    }

    /// The first value of that name, or null.
    public @Nullable String get(String name) {
        int i = names.indexOf(name);
        return i < 0 ? null : values.get(i);
    }

    /// The first value of that name; empty if there is none.
    public String text(String name) {
        String value = get(name);
        return value == null ? "" : value;
    }

    /// The first value that is not empty, of the names in this order; empty if there is none.
    public String first(String... wanted) {
        for (String name : wanted) {
            if (!text(name).isEmpty()) {
                return text(name);
            }
        }
        return "";
    }

    /// Whether there is a pair of that name.
    public boolean has(String name) {
        return names.contains(name);
    }

    @Override
    public String toString() {
        return names + " = " + values;
    }
}
