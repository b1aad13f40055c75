package io.hark.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The heap parts of one worker's connections, by the number that their slots keep; 0 is none.
///
/// *Thread*: one owner, the worker.
final class Talks {

    private @Nullable Talk[] talks = new Talk[256];
    private int count = 1;
    private int[] free = new int[256];
    private int freeCount;

    /// The talk of that number, or null.
    @Nullable Talk get(int number) {
        return talks[number];
    }

    /// Keeps a talk; answers its number.
    int add(Talk talk) {
        int number = freeCount > 0 ? free[--freeCount] : count++;
        if (number == talks.length) {
            talks = Arrays.copyOf(talks, number * 2);
        }
        talks[number] = talk;
        return number;
    }

    /// Forgets the talk of that number.
    void remove(int number) {
        if (number != 0) {
            talks[number] = null;
            if (freeCount == free.length) {
                free = Arrays.copyOf(free, freeCount * 2);
            }
            free[freeCount++] = number;
        }
    }
}
