package io.hark.format.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line in the Log Event Extended Format.
///
/// *Source*: IBM QRadar, LEEF 1.0 and 2.0: `LEEF:1.0|Vendor|Product|Version|EventID|` and pairs
/// between tabs; in 2.0 a further part of the head names another separator, as itself or in
/// hexadecimal (`x5E`, `0x7C`).
///
/// @param vendor who made the device
/// @param product what it is
/// @param version its version
/// @param id the product's number or name for such a line
/// @param pairs the attributes
public record Leef(String vendor, String product, String version, String id, Pairs pairs) {

    private static final String MARK = "LEEF:";
    private static final int HEAD = 5; // version and what is in the record

    /// The LEEF that begins anywhere in `text`, or null.
    public static @Nullable Leef read(String text) {
        int mark = text.indexOf(MARK);
        return mark < 0 ? null : readHead(text, mark + MARK.length());
    }

    /// The same, behind the mark: some senders cut it off.
    public static @Nullable Leef readHead(String text, int from) {
        int[] end = new int[1];
        List<String> head = Cef.head(text, from, HEAD, end);
        if (head.size() < HEAD || end[0] > text.length()) {
            return null;
        }
        int at = end[0];
        char separator = '\t';
        int bar = text.indexOf('|', at);
        if (head.getFirst().startsWith("2") && bar >= at && bar - at <= 5) {
            separator = separator(text.substring(at, bar));
            at = bar + 1;
        }
        if (separator == '\t' && text.indexOf('\t', at) < 0) {
            String rest = text.substring(at);
            if (rest.contains("#011")) { // how rsyslog writes a tab
                return made(head, Pairs.separated(rest.replace("#011", "\t"), 0, '\t', '='));
            }
            return made(head, Pairs.loose(text, at)); // tabs that became blanks on the way
        }
        return made(head, Pairs.separated(text, at, separator, '='));
    }

    private static Leef made(List<String> head, Pairs pairs) {
        return new Leef(head.get(1), head.get(2), head.get(3), head.get(4), pairs);
    }

    private static char separator(String told) {
        String hex =
                told.startsWith("0x")
                        ? told.substring(2)
                        : told.startsWith("x") ? told.substring(1) : "";
        if (hex.isEmpty()) {
            return told.isEmpty() ? '\t' : told.charAt(0);
        }
        try {
            return (char) Integer.parseInt(hex, 16);
        } catch (NumberFormatException e) {
            return told.charAt(0); // no number: it is meant as it stands
        }
    }
}
