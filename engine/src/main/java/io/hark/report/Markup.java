package io.hark.report;

import io.hark.bytes.Visible;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes HTML with SVG in it. The only way text gets into a page: there is no method that takes
/// markup, so what a stranger wrote cannot become any.
///
/// *Shape*: elements are opened and closed in pairs, the innermost first; names of elements and
/// attributes are words of this program and checked to be plain. Attributes that could load or run
/// something (`on…`, `style`, `src`) are refused; `href` takes only a place in the page or a file
/// of the case.
///
/// *Text*: `&`, `<`, `>` and quotes become references; characters that move, turn or hide text
/// become escapes that can be read ([Visible]); marks that pile up on one letter are cut off; text
/// longer than [#MAX_TEXT] is cut, saying so.
///
/// *Thread*: one owner.
final class Markup {

    /// Characters of one text: more is for the case's own files.
    static final int MAX_TEXT = 2_000;

    /// Octets behind which texts are cut to [#SHORT]: a page stays near it, whatever it is filled
    /// with.
    static final int FULL = 600_000;

    private static final int SHORT = 60;

    private static final int MAX_ATTRIBUTE = 1 << 16; // the way of a line in a picture: our own

    private static final int MAX_MARKS = 3; // that stand on one letter, as in Vietnamese or Thai

    private final StringBuilder out = new StringBuilder(1 << 16);
    private long wide; // octets of UTF-8 beyond one a character, about
    private final Deque<String> open = new ArrayDeque<>();

    Markup() {
        out.append("<!DOCTYPE html>\n");
    }

    /// Opens an element.
    ///
    /// @param attributes names and values by turns; those without a value are left out
    Markup open(String element, @Nullable String... attributes) {
        tag(element, attributes);
        out.append('>');
        open.push(element);
        return this;
    }

    /// An element without content: of HTML one that never has any, or any of SVG.
    Markup empty(String element, @Nullable String... attributes) {
        tag(element, attributes);
        out.append("/>");
        return this;
    }

    /// An element with text only.
    Markup with(String element, String text, @Nullable String... attributes) {
        return open(element, attributes).text(text).close(element);
    }

    private void tag(String element, @Nullable String... attributes) {
        out.append('<').append(word(element));
        for (int i = 0; i < attributes.length; i += 2) {
            String value = attributes[i + 1];
            if (value != null) {
                attribute(word(String.valueOf(attributes[i])), value);
            }
        }
    }

    private void attribute(String name, String value) {
        if (name.startsWith("on") || name.equals("style") || name.endsWith("src")) {
            throw new IllegalArgumentException("the attribute " + name + " could run something");
        }
        if (name.endsWith("href") && !isInside(value)) {
            throw new IllegalArgumentException("a link out of the case: " + value);
        }
        out.append(' ').append(name).append("=\"");
        put(value, MAX_ATTRIBUTE, false);
        out.append('"');
    }

    private static boolean isInside(String link) {
        return link.matches("#[a-z0-9-]+")
                || link.matches("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)?");
    }

    private static String word(String word) {
        if (word.isEmpty()) {
            throw new IllegalArgumentException("an element or attribute without a name");
        }
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && c != '-') {
                throw new IllegalArgumentException(word + " is no name of an element or attribute");
            }
        }
        return word;
    }

    /// Closes the innermost element, which has to be this one.
    Markup close(String element) {
        if (open.isEmpty() || !open.peek().equals(element)) {
            throw new IllegalStateException(element + " is closed, " + open.peek() + " is open");
        }
        open.pop();
        out.append("</").append(element).append('>');
        if (BLOCKS.contains(' ' + element + ' ')) {
            out.append('\n');
        }
        return this;
    }

    /// Elements after which the source gets a line end, for those who compare two pages.
    private static final String BLOCKS =
            " title style script head p h1 h2 h3 section tr li div dl dd table svg nav header footer ";

    /// Text of ours or of a stranger, on one line.
    Markup text(String text) {
        put(text, most(), false);
        return this;
    }

    /// Text of a stranger: shows on one line, by itself whatever its direction of writing, and cut
    /// to so many characters.
    Markup strange(String text, int most) {
        return with("bdi", cut(text, most));
    }

    /// Text whose line ends and tabs count.
    Markup lines(String text) {
        put(text, most(), true);
        return this;
    }

    private int most() {
        return length() < FULL ? MAX_TEXT : SHORT;
    }

    /// The style of the page, which is ours.
    Markup style(String css) {
        return constant("style", css);
    }

    /// The script of the page, which is ours.
    Markup script(String js) {
        return constant("script", js);
    }

    private Markup constant(String element, String content) {
        if (content.toLowerCase(Locale.ROOT).contains("</") || content.contains("<!--")) {
            throw new IllegalArgumentException("it would end " + element);
        }
        open(element);
        out.append(content);
        return close(element);
    }

    /// The first so many characters, and an ellipsis where there are more.
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }

    private void put(String text, int most, boolean keepsLines) {
        int end = Math.min(text.length(), most);
        int marks = 0;
        for (int i = 0; i < end; ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            marks = isMark(point) ? marks + 1 : 0;
            if (marks <= MAX_MARKS) {
                put(point, keepsLines);
            }
        }
        if (end < text.length()) {
            out.append(String.format(Locale.ROOT, "… (%,d characters more)", text.length() - end));
        }
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    private void put(int point, boolean keepsLines) {
        switch (point) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> {
                if (point >= 0x20 && point < 0x7f
                        || keepsLines && (point == '\n' || point == '\t')) {
                    out.append((char) point);
                } else {
                    wide += 2;
                    out.append(Visible.line(Character.toString(point)));
                }
            }
        }
    }

    /// A number for a picture: one decimal at most.
    static String n(double number) {
        long tenths = Math.round(number * 10);
        return tenths % 10 == 0
                ? Long.toString(tenths / 10)
                : (tenths < 0 ? "-" : "") + Math.abs(tenths / 10) + "." + Math.abs(tenths % 10);
    }

    /// How many octets were written, about.
    long length() {
        return out.length() + wide;
    }

    /// The page, all of whose elements are closed.
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException(open.peek() + " is not closed");
        }
        return out.toString();
    }
}
