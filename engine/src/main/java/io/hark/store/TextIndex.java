package io.hark.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Numbers the distinct texts of a column chunk, in order of appearance: the keys of a dictionary.
///
/// *Thread*: one owner.
final class TextIndex {

    /// What [#put] answers when the text is new and has no place.
    static final int FULL = NumberIndex.FULL;

    private static final int FIRST_SLOTS = 64;
    private static final int MAX_PROBES =
            48; // as in NumberIndex: String.hashCode is easy to collide on purpose

    private final int most;
    private int[] slots = new int[FIRST_SLOTS];
    private @Nullable String[] texts = new String[FIRST_SLOTS / 2];
    private int size;

    /// An index of at most `most` texts.
    TextIndex(int most) {
        this.most = most;
    }

    int size() {
        return size;
    }

    int heldBytes() {
        return slots.length * Integer.BYTES + texts.length * Long.BYTES;
    }

    void clear() {
        Arrays.fill(slots, 0);
        Arrays.fill(texts, 0, size, null);
        size = 0;
    }

    /// The text's number; `~number` if it is new; [#FULL] if it is new and cannot be taken.
    int put(String text) {
        int mask = slots.length - 1;
        int slot = hash(text) & mask;
        for (int probe = 0; probe < MAX_PROBES; probe++, slot = slot + 1 & mask) {
            int found = slots[slot] - 1;
            if (found < 0) {
                return add(text, slot);
            }
            if (text.equals(texts[found])) {
                return found;
            }
        }
        return FULL;
    }

    private int add(String text, int slot) {
        if (size == most) {
            return FULL;
        }
        if (size == texts.length) {
            texts = Arrays.copyOf(texts, size * 2);
            slots = new int[slots.length * 2];
            for (int i = 0; i < size; i++) {
                String known = texts[i];
                if (known != null) {
                    slots[free(hash(known))] = i + 1;
                }
            }
            slot = free(hash(text));
        }
        texts[size] = text;
        slots[slot] = ++size;
        return -size;
    }

    private int free(int hash) {
        int slot = hash & slots.length - 1;
        while (slots[slot] != 0) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private static int hash(String text) {
        int hash = text.hashCode() * 0x9e37_79b9;
        return hash ^ hash >>> 16;
    }
}
