package io.hark.format;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The signs of attack in texts, remembered for texts that come again: agents, referrers and
/// targets of a day are few, and looking at one costs as much as reading a request.
///
/// A memory, no state: what it answers does not depend on what came before. Each text has one place
/// that it shares with others; the last one stays.
///
/// *Thread*: one owner.
public final class KnownTexts {

    private static final int PLACES = 1 << 11;
    private static final int MAX_TEXT = 512; // longer ones seldom come again

    private record Known(String text, Set<AttackSign> signs) {}

    private final @Nullable Known[] places = new Known[PLACES];

    /// The signs in `text`, as [AttackSign#in] has them. The set is not to be changed.
    public Set<AttackSign> signs(String text) {
        if (text.length() > MAX_TEXT) {
            return AttackSign.in(text);
        }
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        Known known = places[place];
        if (known == null || !known.text.equals(text)) {
            Set<AttackSign> found = AttackSign.in(text);
            known = new Known(text, found.isEmpty() ? Set.of() : found);
            places[place] = known;
        }
        return known.signs;
    }
}
