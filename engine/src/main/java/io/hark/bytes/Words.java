package io.hark.bytes;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Short texts that were seen lately: one that comes again is the same string, so that a million
/// connections to one host do not keep its name a million times.
///
/// For example, `of(octets, 0, 3)` over `abc` twice answers the same object.
///
/// *Shape*: a fixed table of [#SLOTS] texts; what falls on a place that is taken takes it over.
/// *Thread*: one owner.
public final class Words {

    private static final int SLOTS = 1 << 12; // some 500 KB at most
    private static final int LONGEST = 128; // a browser's name of itself is shorter

    private final @Nullable String[] seen = new String[SLOTS];

    /// The octets as text if all of them are ASCII and there are not too many; null else.
    public @Nullable String of(byte[] octets, int from, int length) {
        if (length > LONGEST) {
            return null;
        }
        int hash = length;
        int all = 0;
        for (int i = from; i < from + length; i++) {
            hash = hash * 31 + octets[i];
            all |= octets[i];
        }
        if (all < 0) {
            return null;
        }
        int slot = (hash ^ hash >>> 15) & SLOTS - 1;
        String known = seen[slot];
        if (known == null || !is(known, octets, from, length)) {
            known = new String(octets, from, length, StandardCharsets.ISO_8859_1);
            seen[slot] = known;
        }
        return known;
    }

    private static boolean is(String text, byte[] octets, int from, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != octets[from + i]) {
                return false;
            }
        }
        return true;
    }
}
