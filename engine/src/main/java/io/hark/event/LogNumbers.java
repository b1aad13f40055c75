package io.hark.event;

import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// Numbers as lines of logs have them: decimal and hexadecimal, durations as seconds or `h:mm:ss`,
/// hardware addresses in any spelling.
final class LogNumbers {

    private static final double NANOS = 1e9;

    private LogNumbers() {}

    /// The number, or null if the text is none.
    static @Nullable Long read(Unit unit, String text) {
        if (unit == Unit.MAC) {
            return mac(text);
        }
        if (unit == Unit.DURATION) {
            return seconds(text);
        }
        long number = 0;
        boolean hex = text.startsWith("0x") && text.length() > 2;
        for (int i = hex ? 2 : 0; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), hex ? 16 : 10);
            if (digit < 0 || i > 18) { // 19 digits may not fit a long
                return null;
            }
            number = number * (hex ? 16 : 10) + digit;
        }
        return number;
    }

    /// For example, `1.5` is 1,500,000,000 and `0:01:40` is 100,000,000,000.
    private static @Nullable Long seconds(String text) {
        try {
            double all = 0;
            for (String part : text.split(":", 4)) {
                all = all * 60 + Double.parseDouble(part);
            }
            boolean fits = all >= 0 && all <= Long.MAX_VALUE / NANOS;
            return fits ? Long.valueOf(Math.round(all * NANOS)) : null;
        } catch (NumberFormatException e) {
            return null; // words: the answer to the question
        }
    }

    /// Any twelve hexadecimal digits, whatever stands between them.
    private static @Nullable Long mac(String text) {
        long bits = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit >= 0) {
                bits = bits << 4 | digit;
                digits++;
            } else if (":-. ".indexOf(text.charAt(i)) < 0) {
                return null;
            }
        }
        return digits == 12 ? bits : null;
    }
}
