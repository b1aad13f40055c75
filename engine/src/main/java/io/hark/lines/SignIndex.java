package io.hark.lines;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;

/// Finds which of many texts stand in a line, in one pass over it whatever their number.
///
/// *Source*: A. V. Aho, M. J. Corasick, Efficient String Matching, 1975, as a table of states by
/// character; characters that no sign has share one column.
///
/// *Thread*: immutable, any.
final class SignIndex {

    private static final int ASCII = 128;

    private final int[] columnOf = new int[ASCII]; // 0: in no sign
    private final int columns;
    private final int[] next; // state * columns + column → state
    private final int[][] found; // by state: signs that end there

    /// An index of these signs, which are ASCII.
    SignIndex(List<String> signs) {
        int used = 1;
        for (String sign : signs) {
            for (int i = 0; i < sign.length(); i++) {
                if (columnOf[sign.charAt(i)] == 0) {
                    columnOf[sign.charAt(i)] = used++;
                }
            }
        }
        columns = used;
        int most = 1 + signs.stream().mapToInt(String::length).sum();
        int[] table = new int[most * columns];
        List<BitSet> ends = new ArrayList<>(List.of(new BitSet()));
        for (int s = 0; s < signs.size(); s++) {
            int state = 0;
            for (char c : signs.get(s).toCharArray()) {
                int place = state * columns + columnOf[c];
                if (table[place] == 0) {
                    table[place] = ends.size();
                    ends.add(new BitSet());
                }
                state = table[place];
            }
            ends.get(state).set(s);
        }
        complete(table, ends);
        next = Arrays.copyOf(table, ends.size() * columns);
        found = ends.stream().map(end -> end.stream().toArray()).toArray(int[][]::new);
    }

    /// Gives every state a way on for every character: that of the longest end that begins a sign.
    private void complete(int[] table, List<BitSet> ends) {
        int[] back = new int[ends.size()];
        Queue<Integer> queue = new ArrayDeque<>();
        for (int column = 0; column < columns; column++) {
            if (table[column] != 0) {
                queue.add(table[column]);
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            ends.get(state).or(ends.get(back[state]));
            for (int column = 0; column < columns; column++) {
                int place = state * columns + column;
                int fallback = table[back[state] * columns + column];
                if (table[place] == 0) {
                    table[place] = fallback;
                } else {
                    back[table[place]] = fallback;
                    queue.add(table[place]);
                }
            }
        }
    }

    /// Sets in `into` the numbers of the signs that stand in `text`.
    void find(String text, BitSet into) {
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            state = next[state * columns + (c < ASCII ? columnOf[c] : 0)];
            int[] here = found[state];
            for (int sign : here) {
                into.set(sign);
            }
        }
    }
}
