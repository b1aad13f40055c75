package io.hark.store;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column of truth values: one bit each.
///
/// *Thread*: one owner.
final class Flags extends Leaf {

    private boolean[] values = new boolean[FIRST_ENTRIES];
    private boolean anyTrue;
    private boolean anyFalse;

    Flags(List<String> path, int mostDefined, int mostRepeated, Group group) {
        super(path, Format.BOOLEAN, mostDefined, mostRepeated, group);
    }

    void add(int repetition, boolean value) {
        present(repetition);
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = value;
    }

    @Override
    int encode(Press press) {
        int octet = 0;
        for (int i = 0; i < count; i++) {
            anyTrue |= values[i];
            anyFalse |= !values[i];
            octet |= (values[i] ? 1 : 0) << (i & 7);
            if ((i & 7) == 7 || i == count - 1) {
                press.page.put(octet);
                octet = 0;
            }
        }
        return Format.PLAIN;
    }

    @Override
    int plainEncoding() {
        return Format.PLAIN;
    }

    @Override
    int dictionarySize() {
        return 0;
    }

    @Override
    void dictionary(Octets page) {
        throw new IllegalStateException("truth values have no dictionary");
    }

    @Override
    void nextChunk() {
        anyTrue = false;
        anyFalse = false;
    }

    @Override
    byte @Nullable [][] bounds() {
        return anyTrue || anyFalse
                ? new byte[][] {{(byte) (anyFalse ? 0 : 1)}, {(byte) (anyTrue ? 1 : 0)}}
                : null;
    }

    @Override
    long valuesHeld() {
        return values.length;
    }
}
