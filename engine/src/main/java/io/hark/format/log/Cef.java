package io.hark.format.log;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line in the Common Event Format.
///
/// *Source*: ArcSight, Common Event Format, version 26: `CEF:Version|Device Vendor|Device
/// Product|Device Version|Device Event Class ID|Name|Severity|Extension`; in the head a backslash
/// makes `|` and `\` plain, in the extension `=` and `\` and `\n`.
///
/// @param vendor who made the device
/// @param product what it is
/// @param version its version
/// @param id the product's number for such a line
/// @param name what happened, for a person
/// @param severity a number from 0 to 10, or a word
/// @param pairs the extension; a value whose name has a label (`cs1`, `cs1Label`) stands there a
///   second time, under its label
public record Cef(
        String vendor,
        String product,
        String version,
        String id,
        String name,
        String severity,
        Pairs pairs) {

    private static final String MARK = "CEF:";
    private static final int HEAD = 7; // version and what is in the record
    private static final String LABEL = "Label";

    /// The CEF that begins anywhere in `text`, or at its beginning without the mark, as some relays
    /// leave it; null if there is none.
    public static @Nullable Cef read(String text) {
        int mark = text.indexOf(MARK);
        boolean cut = mark < 0 && text.length() > 2 && text.charAt(1) == '|'; // only the version
        if (mark < 0 && !(cut && Character.isDigit(text.charAt(0)))) {
            return null;
        }
        int[] end = new int[1];
        List<String> head = head(text, cut ? 0 : mark + MARK.length(), HEAD, end);
        if (head.size() < HEAD) {
            return null;
        }
        Pairs raw = Pairs.loose(text, end[0]);
        Pairs pairs = new Pairs();
        for (int i = 0; i < raw.size(); i++) {
            String name = raw.name(i);
            String label = name.endsWith(LABEL) ? null : raw.get(name + LABEL);
            if (label != null) {
                pairs.add(plain(label), plain(raw.value(i)));
            }
            pairs.add(name, plain(raw.value(i)));
        }
        return new Cef(
                head.get(1),
                head.get(2),
                head.get(3),
                head.get(4),
                head.get(5),
                head.get(6),
                pairs);
    }

    /// The `n` parts that end with a `|` each, the last one perhaps with the text.
    static List<String> head(String text, int from, int n, int[] end) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int at = from;
        for (; at < text.length() && parts.size() < n; at++) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length() && "|\\".indexOf(text.charAt(at + 1)) >= 0) {
                part.append(text.charAt(++at));
            } else if (c == '|') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        if (parts.size() == n - 1) {
            parts.add(part.toString());
        }
        end[0] = at;
        return parts;
    }

    private static String plain(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            char next = i + 1 < value.length() ? value.charAt(i + 1) : 0;
            if (c == '\\' && (next == '=' || next == '\\')) {
                plain.append(next);
                i++;
            } else if (c == '\\' && (next == 'n' || next == 'r')) {
                plain.append('\n');
                i++;
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
