package io.hark.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Columns side by side, numbers to the right. The first rows decide how wide a column is; a later
/// value that is wider pushes its row apart, so that a result of any length streams.
///
/// *Thread*: one owner.
final class TableRows implements Rows {

    private static final int MEASURED = 500;
    private static final int WIDEST = 60; // room a value gets before it pushes; nothing is cut off

    private final List<String> names = new ArrayList<>();
    private final Appendable out;
    private final List<String[]> first = new ArrayList<>();
    private final boolean[] right;
    private int @Nullable [] widths;

    TableRows(List<String> names, Appendable out) {
        for (String name : names) {
            this.names.add(Text.line(name));
        }
        this.out = out;
        this.right = new boolean[names.size()];
        Arrays.fill(right, true);
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        String[] cells = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            Object value = Text.plain(values[i]);
            right[i] &= widths != null || value == null || value instanceof Number;
            cells[i] = cell(value);
        }
        if (widths != null) {
            line(cells, widths);
            return;
        }
        first.add(cells);
        if (first.size() == MEASURED) {
            measured();
        }
    }

    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "-";
            case String text -> Text.line(text);
            case List<?> list -> {
                StringBuilder out = new StringBuilder();
                JsonRows.value(list, out);
                yield out.toString();
            }
            case Map<?, ?> map -> {
                StringBuilder out = new StringBuilder();
                JsonRows.value(map, out);
                yield out.toString();
            }
            default -> value.toString();
        };
    }

    private void measured() throws IOException {
        int[] widest = new int[names.size()];
        for (int i = 0; i < widest.length; i++) {
            widest[i] = names.get(i).length();
            for (String[] cells : first) {
                widest[i] = Math.max(widest[i], Math.min(WIDEST, cells[i].length()));
            }
        }
        widths = widest;
        line(names.toArray(String[]::new), widest);
        for (String[] cells : first) {
            line(cells, widest);
        }
        first.clear();
    }

    private void line(String[] cells, int[] widest) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            String padding = " ".repeat(Math.max(0, widest[i] - cells[i].length()));
            line.append(i == 0 ? "" : "  ");
            line.append(right[i] ? padding + cells[i] : cells[i] + padding);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    @Override
    public void end() throws IOException {
        if (widths == null) {
            measured();
        }
    }
}
