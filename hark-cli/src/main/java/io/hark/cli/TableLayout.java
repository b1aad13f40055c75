package io.hark.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// How wide the columns of a table are on a page, and which of them have no room beside the others:
/// those stand beneath their row, as what is cut to a few letters says nothing.
///
/// @param widths of each column
/// @param beside columns that stand beside each other, in their order
/// @param under columns that stand beneath
record TableLayout(int[] widths, List<Integer> beside, List<Integer> under) {

    /// What stands between two columns.
    static final String GAP = "  ";

    private static final int LEGIBLE =
            24; // columns: most names and requests can be told by so many

    /// Finds room.
    ///
    /// @param rows the first is the head; all as they are shown
    /// @param room columns that the page has for it
    /// @param elastic columns that may be cut, the first of them first
    static TableLayout of(List<List<String>> rows, int room, int... elastic) {
        int n = rows.getFirst().size();
        int[] natural = new int[n];
        for (List<String> row : rows) {
            for (int i = 0; i < n; i++) {
                natural[i] = Math.max(natural[i], Page.width(row.get(i)));
            }
        }
        List<Integer> beside = new ArrayList<>(IntStream.range(0, n).boxed().toList());
        List<Integer> under = new ArrayList<>();
        int[] widths = shrunk(natural, beside, room, elastic);
        while (isTooWide(widths, beside, room) && beside.size() > 2) {
            Integer next = next(beside, elastic);
            beside.remove(next);
            under.add(next);
            widths = shrunk(natural, beside, room, elastic);
        }
        under.sort(null);
        return new TableLayout(widths, List.copyOf(beside), List.copyOf(under));
    }

    /// The first column that may give way, else the last.
    private static Integer next(List<Integer> beside, int... elastic) {
        return Arrays.stream(elastic)
                .boxed()
                .filter(beside::contains)
                .findFirst()
                .orElse(beside.getLast());
    }

    private static int[] shrunk(int[] natural, List<Integer> beside, int room, int... elastic) {
        int[] widths = natural.clone();
        for (int column : elastic) {
            if (beside.contains(column)) {
                int given = Math.min(over(widths, beside, room), widths[column] - LEGIBLE);
                widths[column] -= Math.max(0, given);
            }
        }
        return widths;
    }

    private static boolean isTooWide(int[] widths, List<Integer> beside, int room) {
        return over(widths, beside, room) > 0;
    }

    private static int over(int[] widths, List<Integer> beside, int room) {
        int all = beside.stream().mapToInt(column -> widths[column]).sum();
        return Math.max(0, all + GAP.length() * (beside.size() - 1) - room);
    }
}
