package io.hark.bytes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a person can read of octets whose form is not known.
public final class Legible {

    /// The most characters that are made of them.
    public static final int MAX_TEXT = 1 << 14;

    private static final int MIN_RUN = 3; // characters that make a word among octets

    private Legible() {}

    /// All of it where it is text, in UTF-8 or, every other octet being zero, UTF-16; else the
    /// words among the octets, with a space between them. Zeros at the end do not count.
    ///
    /// For example, `of({0, 0, 0, 2, 'l', 's', ' ', '/', 0})` is `ls /`.
    public static String of(byte[] octets) {
        int end = octets.length;
        while (end > 0 && octets[end - 1] == 0) {
            end--;
        }
        String whole = new String(octets, 0, end, StandardCharsets.UTF_8);
        return cut(isText(whole) ? whole : String.join(" ", words(octets)));
    }

    /// Whether there is nothing in it but what a person writes.
    public static boolean isText(String text) {
        return text.chars()
                .noneMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0xfffd);
    }

    private static List<String> words(byte[] octets) {
        List<String> words = new ArrayList<>();
        int room = MAX_TEXT;
        for (int i = 0; i < octets.length && room > 0; i++) {
            int step = i + 1 < octets.length && octets[i + 1] == 0 ? 2 : 1;
            StringBuilder word = new StringBuilder();
            int at = i;
            while (at < octets.length
                    && octets[at] >= ' '
                    && octets[at] < 0x7f
                    && (step == 1 || at + 1 < octets.length && octets[at + 1] == 0)) {
                word.append((char) octets[at]);
                at += step;
            }
            if (word.length() >= MIN_RUN) {
                words.add(word.toString());
                room -= word.length();
                i = at - 1;
            }
        }
        return words;
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), MAX_TEXT));
    }
}
