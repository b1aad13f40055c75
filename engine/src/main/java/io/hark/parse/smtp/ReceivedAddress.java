package io.hark.parse.smtp;

import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// Which host a Received header says a mail came from.
final class ReceivedAddress {

    private static final int MAX_WORDS = 200; // of one header

    private static final String TAG = "IPv6:"; // RFC 5321 §4.1.3

    private ReceivedAddress() {}

    /// The second address in it, or the only one; null if there is none. The first is often what
    /// the sender said of itself.
    ///
    /// For example, `from a ([10.0.0.1]) by b` is 10.0.0.1.
    static @Nullable Addr of(String value) {
        Addr first = null;
        int words = 0;
        int at = 0;
        while (at < value.length() && words < MAX_WORDS) {
            at += value.startsWith(TAG, at) ? TAG.length() : 0;
            int end = at;
            while (end < value.length() && isPart(value.charAt(end))) {
                end++;
            }
            if (end > at) {
                words++;
                Addr found = address(value.substring(at, end));
                if (found != null && first != null) {
                    return found;
                }
                first = found != null ? found : first;
            }
            at = end + 1;
        }
        return first;
    }

    private static boolean isPart(char c) {
        return c >= '0' && c <= '9'
                || c >= 'a' && c <= 'f'
                || c >= 'A' && c <= 'F'
                || c == '.'
                || c == ':';
    }

    private static @Nullable Addr address(String word) {
        int dots = 0;
        int colons = 0;
        for (int i = 0; i < word.length(); i++) {
            dots += word.charAt(i) == '.' ? 1 : 0;
            colons += word.charAt(i) == ':' ? 1 : 0;
        }
        return dots == 3 && colons == 0 || colons >= 2 && (word.contains("::") || colons == 7)
                ? Addr.parse(word)
                : null;
    }
}
