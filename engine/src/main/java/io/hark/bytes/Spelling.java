package io.hark.bytes;

import java.util.Collection;

/// What a mistyped word may have meant.
public final class Spelling {

    private Spelling() {}

    /// The known word that takes the fewest changes of a letter, whatever their number; the first
    /// of equals.
    ///
    /// For example, `nearest("knid", List.of("name", "kind"))` is `kind`.
    ///
    /// @param known at least one word
    public static String nearest(String word, Collection<String> known) {
        String best = known.iterator().next();
        int least = Integer.MAX_VALUE;
        for (String one : known) {
            int changes = changes(word, one);
            if (changes < least) {
                least = changes;
                best = one;
            }
        }
        return best;
    }

    /// How many letters are put in, taken out or replaced on the way from one word to the other
    /// (Levenshtein's distance).
    private static int changes(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
