package io.hark.bytes;

/// Makes text that a stranger chose safe to show: what would move a cursor, sound a bell, change
/// colours, turn the direction of writing or stay unseen becomes an escape that can be read.
public final class Visible {

    private Visible() {}

    /// The text on one line: a line end becomes `\n`, other characters that do not show themselves
    /// become their code point in braces. A backslash stays as it is, so that paths can be read and
    /// copied; what looks like an escape may be one, or may be what the stranger wrote.
    public static String line(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> put(point, out));
        return out.toString();
    }

    private static void put(int point, StringBuilder out) {
        if (isVisible(point)) {
            out.appendCodePoint(point);
        } else {
            switch (point) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append("\\u{").append(Integer.toHexString(point)).append('}');
            }
        }
    }

    /// JSON text in which every character shows itself: the others, all of them inside strings,
    /// become escapes of RFC 8259, which say the same.
    public static String json(String json) {
        StringBuilder out = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); ) {
            int point = json.codePointAt(i);
            int units = Character.charCount(point);
            if (isVisible(point)) {
                out.appendCodePoint(point);
            } else {
                for (int unit = i; unit < i + units; unit++) {
                    out.append("\\u%04x".formatted((int) json.charAt(unit)));
                }
            }
            i += units;
        }
        return out.toString();
    }

    /// Whether a character does nothing but show itself.
    public static boolean isVisible(int point) {
        if (point >= 0x20 && point < 0x7f) {
            return true;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
