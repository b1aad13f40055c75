package io.hark.format;

import org.jspecify.annotations.Nullable;

/// A program's name and version, out of how it introduces itself.
///
/// ```
/// curl/7.88.1                        product tokens: the first one
/// Mozilla/5.0 (…) … Firefox/128.0    browsers all claim to be Mozilla: the one that it is
/// SSH-2.0-OpenSSH_9.2p1 Debian-2     behind the protocol's version
/// ```
///
/// *Source*: RFC 9110 §10.1.5, §10.2.4 (products), RFC 4253 §4.2 (SSH).
///
/// @param name the program
/// @param numbers up to four numbers of its version
/// @param addl what stands directly behind the numbers: `p1`, `-rc2`
public record SoftwareName(String name, int[] numbers, @Nullable String addl) {

    private static final int MAX_TEXT = 512; // characters that are looked at
    private static final int MAX_NUMBERS = 4;
    private static final int MAX_DIGITS = 9; // of a number: what an int holds

    /// What browsers put where their own name is, the more special ones first: Edge and Opera say
    /// Chrome too, and all of them Safari.
    private static final String[][] BROWSERS = {
        {"Edg/", "Edge"},
        {"Edge/", "Edge"},
        {"OPR/", "Opera"},
        {"Firefox/", "Firefox"},
        {"Chrome/", "Chrome"},
        {"MSIE ", "MSIE"},
        {"rv:11.0) like Gecko", "MSIE"},
        {"Thunderbird/", "Thunderbird"},
        {"Version/", "Safari"}
    };

    /// Reads a banner of SSH, or a list of products, as in User-Agent and Server.
    ///
    /// For example, `nginx/1.22.1 (Ubuntu)` is nginx, 1, 22, 1.
    public static SoftwareName of(String claim) {
        String text = claim.substring(0, Math.min(claim.length(), MAX_TEXT)).strip();
        int dash = text.startsWith("SSH-") ? text.indexOf('-', 4) : -1;
        return dash < 0 ? product(text) : banner(text.substring(dash + 1));
    }

    private static SoftwareName product(String text) {
        if (text.startsWith("Mozilla/")) {
            for (String[] browser : BROWSERS) {
                int at = text.indexOf(browser[0]);
                if (at > 0) {
                    boolean named = browser[0].startsWith("rv:");
                    return version(browser[1], text, named ? at + 3 : at + browser[0].length());
                }
            }
        }
        int end = 0;
        while (end < text.length() && "/ ;,(".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        boolean versioned = end < text.length() && text.charAt(end) == '/';
        return version(text.substring(0, end), text, versioned ? end + 1 : text.length());
    }

    private static SoftwareName banner(String text) {
        int space = text.indexOf(' ');
        String word = space < 0 ? text : text.substring(0, space);
        int at = 1; // of the first digit behind a mark: names may have digits, too
        while (at < word.length() && !(isMark(word.charAt(at - 1)) && isDigit(word.charAt(at)))) {
            at++;
        }
        int nameTo = at;
        while (nameTo > 0 && nameTo < word.length() && isMark(word.charAt(nameTo - 1))) {
            nameTo--;
        }
        return version(word.substring(0, Math.min(nameTo, word.length())), word, at);
    }

    private static SoftwareName version(String name, String text, int from) {
        int[] numbers = new int[MAX_NUMBERS];
        int count = 0;
        int at = from;
        while (count < MAX_NUMBERS && at < text.length() && isDigit(text.charAt(at))) {
            int digits = at;
            while (at < text.length() && isDigit(text.charAt(at)) && at - digits < MAX_DIGITS) {
                at++;
            }
            numbers[count++] = Integer.parseInt(text, digits, at, 10);
            boolean more =
                    at + 1 < text.length()
                            && text.charAt(at) == '.'
                            && isDigit(text.charAt(at + 1));
            if (!more) {
                break;
            }
            at++;
        }
        int end = at;
        while (end < text.length() && " ;,()".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return new SoftwareName(
                name,
                java.util.Arrays.copyOf(numbers, count),
                end > at ? text.substring(at, end) : null);
    }

    private static boolean isMark(char c) {
        return c == '_' || c == '-' || c == '/';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// The number at `place` of the version, from 0; null where it has fewer.
    public @Nullable Integer number(int place) {
        return place < numbers.length ? numbers[place] : null;
    }
}
