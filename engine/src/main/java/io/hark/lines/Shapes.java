package io.hark.lines;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lines that nobody reads, counted by shape: the line with what differs from one to the next taken
/// out, so that a thousand of one program are one row.
///
/// For example, `link eth3 down after 12 s` is `link eth# down after # s`.
///
/// *Thread*: one owner.
final class Shapes {

    /// Shapes told apart; a log of free text has no end of them.
    private static final int MAX_SHAPES = 1 << 10;

    private static final int MAX_SHAPE = 96; // characters: enough to know it again
    private static final String OTHERS = "others";

    private final Map<String, Long> counts = new HashMap<>();

    void add(String line) {
        String shape = of(line);
        boolean isKnown = counts.containsKey(shape) || counts.size() < MAX_SHAPES;
        counts.merge(isKnown ? shape : OTHERS, 1L, Long::sum);
    }

    /// The most frequent, at most so many.
    List<LogTally.Unread> top(int most) {
        return counts.entrySet().stream()
                .map(entry -> new LogTally.Unread(entry.getKey(), entry.getValue()))
                .sorted(
                        Comparator.comparingLong(LogTally.Unread::lines)
                                .reversed()
                                .thenComparing(LogTally.Unread::shape))
                .limit(most)
                .toList();
    }

    /// The line without its numbers, addresses and quoted texts.
    static String of(String line) {
        StringBuilder shape = new StringBuilder();
        for (int i = 0; i < line.length() && shape.length() < MAX_SHAPE; i++) {
            char c = line.charAt(i);
            int end = c == '"' ? line.indexOf('"', i + 1) : -1;
            if (end > 0) {
                shape.append("\"…\"");
                i = end;
            } else if (!isNumber(c)) {
                shape.append(c);
            } else if (shape.isEmpty() || shape.charAt(shape.length() - 1) != '#') {
                shape.append('#');
            }
        }
        return shape.toString();
    }

    private static boolean isNumber(char c) {
        return c >= '0' && c <= '9';
    }
}
