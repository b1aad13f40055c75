package io.hark.parse.http;

import io.hark.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads the header lines of a head that was kept: one by its name, or all of them as text.
///
/// *Thread*: one owner, the worker, for all its connections: its cursor is large.
final class HeaderText {

    private static final int SPACE = 1; // between colon and value, where there was none

    private final Head cursor = new Head();

    /// The value of the first header of that name in a head, or empty.
    String value(byte[] head, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        cursor.over(Bytes.of(head));
        while (cursor.next()) {
            if (cursor.isCalledLoosely(lower)) {
                return cursor.value().strip();
            }
        }
        return "";
    }

    /// How long the longest line of a head is, or a little more.
    int longest(byte[] head) {
        int longest = 0;
        cursor.over(Bytes.of(head));
        while (cursor.next()) {
            longest = Math.max(longest, cursor.lineTo - cursor.lineFrom);
        }
        return longest + SPACE;
    }

    /// The lines of a head from its first header on, as `Name: value`.
    List<String> lines(byte[] head) {
        List<String> cut = new ArrayList<>();
        cursor.over(Bytes.of(head));
        while (cursor.next()) {
            cut.add(cursor.name() + ": " + cursor.value());
        }
        return cut;
    }
}
