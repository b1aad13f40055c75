package io.hark.cli;

import io.hark.bytes.Visible;
import java.util.ArrayList;
import java.util.List;

/// Lines for a person: headings, wrapped text, tables that fit the width.
///
/// All text goes in as it is and comes out harmless ([Visible]); colours are the page's own.
///
/// *Thread*: one owner.
final class Page {

    /// How a piece of text looks, where the terminal shows colours.
    enum Look {
        /// As the rest.
        PLAIN(""),
        /// A heading.
        STRONG("1"),
        /// Less important.
        FAINT("2"),
        /// Bad.
        RED("1;31"),
        /// Not good.
        YELLOW("33"),
        /// A name to remember.
        CYAN("36"),
        /// Fine.
        GREEN("32");

        private final String code;

        Look(String code) {
            this.code = code;
        }
    }

    private static final String GAP = "  ";
    private static final char CUT = '…';
    private static final int UNDER = 6; // columns that what stands beneath a row is further right

    private final StringBuilder text = new StringBuilder();
    private final int columns;
    private final boolean coloured;

    Page(int columns, boolean coloured) {
        this.columns = columns;
        this.coloured = coloured;
    }

    /// How wide it is.
    int columns() {
        return columns;
    }

    /// An empty line and a heading.
    Page heading(String heading, String remark) {
        text.append('\n');
        return remark.isEmpty()
                ? text(0, Look.STRONG, heading)
                : labelled(0, Look.STRONG, heading + GAP, Look.FAINT, remark);
    }

    /// Text, wrapped between words; each line `indent` from the left.
    Page text(int indent, Look look, String words) {
        return labelled(indent, Look.PLAIN, "", look, words);
    }

    /// Text behind a label in its own look; further lines stand under the text.
    Page labelled(int indent, Look labelLook, String label, Look look, String words) {
        String shown = Visible.line(label);
        int hang = indent + width(shown);
        List<String> lines = wrap(Visible.line(words), columns - hang);
        text.repeat(' ', indent);
        put(labelLook, shown);
        put(look, lines.getFirst());
        end();
        for (String line : lines.subList(1, lines.size())) {
            text.repeat(' ', hang);
            put(look, line);
            end();
        }
        return this;
    }

    /// One line that may be wider than the page, as commands are: broken, nobody could copy it.
    Page whole(int indent, Look look, String line) {
        text.repeat(' ', indent);
        put(look, Visible.line(line));
        return end();
    }

    /// A label in its look and words behind it, one line cut at the page's edge.
    Page cut(int indent, Look labelLook, String label, String words) {
        text.repeat(' ', indent);
        put(labelLook, label);
        text.append(fit(Visible.line(words), columns - indent - width(label)));
        return end();
    }

    /// Adds what is no text of a stranger's, as it is.
    Page append(String own) {
        text.append(own);
        return this;
    }

    private void put(Look look, String shown) {
        boolean plain = !coloured || look == Look.PLAIN || shown.isEmpty();
        text.append(plain ? "" : "\033[" + look.code + "m");
        text.append(shown);
        text.append(plain ? "" : "\033[0m");
    }

    private Page end() {
        text.append('\n');
        return this;
    }

    /// A table: the first row is its head, columns named in `right` end on one line, the columns
    /// `elastic` give way where the page is too narrow, one after the other; what would be cut
    /// beyond recognition stands beneath its row.
    Page table(int indent, List<List<String>> rows, List<Integer> right, int... elastic) {
        List<List<String>> shown =
                rows.stream().map(row -> row.stream().map(Visible::line).toList()).toList();
        List<String> head = shown.getFirst();
        TableLayout layout = TableLayout.of(shown, columns - indent, elastic);
        for (int r = 0; r < shown.size(); r++) {
            boolean isHead = r == 0;
            List<String> row = shown.get(r);
            StringBuilder line = new StringBuilder();
            for (int column : layout.beside()) {
                String cell = fit(row.get(column), layout.widths()[column]);
                int padding = layout.widths()[column] - width(cell);
                boolean isRight = right.contains(column);
                line.append(column == layout.beside().getFirst() ? "" : TableLayout.GAP);
                line.repeat(' ', isRight ? padding : 0).append(cell);
                line.repeat(' ', isRight ? 0 : padding);
            }
            text.repeat(' ', indent);
            put(
                    isHead ? Look.FAINT : Look.PLAIN,
                    fit(line.toString().stripTrailing(), columns - indent));
            end();
            if (!isHead) {
                beneath(indent + UNDER, head, row, layout.under());
            }
        }
        return this;
    }

    /// Cells behind their heads, on one line or, where that is too long, on one each.
    private void beneath(int indent, List<String> head, List<String> row, List<Integer> under) {
        List<Integer> told = under.stream().filter(column -> !row.get(column).isEmpty()).toList();
        int all =
                told.stream()
                        .mapToInt(column -> width(head.get(column)) + width(row.get(column)))
                        .sum();
        boolean isLong = indent + all + (2 * told.size() - 1) * GAP.length() > columns;
        for (int i = 0; i < told.size(); i++) {
            int column = told.get(i);
            if (isLong) {
                cut(indent, Look.FAINT, head.get(column) + GAP, row.get(column));
                continue;
            }
            text.repeat(' ', i == 0 ? indent : GAP.length());
            put(Look.FAINT, head.get(column));
            text.append(GAP).append(row.get(column));
        }
        if (!isLong && !told.isEmpty()) {
            end();
        }
    }

    private static List<String> wrap(String words, int room) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words.split(" ", -1)) {
            String rest = word;
            if (!line.isEmpty() && width(line.toString()) + 1 + width(rest) > room) {
                lines.add(line.toString());
                line.setLength(0);
            } else if (!line.isEmpty()) {
                line.append(' ');
            }
            while (width(rest) > room) { // a word longer than a line
                int end = end(rest, room);
                lines.add(rest.substring(0, end));
                rest = rest.substring(end);
            }
            line.append(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    /// The text, or as much of its beginning as has room.
    static String fit(String shown, int room) {
        return width(shown) <= room
                ? shown
                : shown.substring(0, end(shown, Math.max(0, room - 1))) + CUT;
    }

    /// Where the text has taken `room` columns.
    private static int end(String shown, int room) {
        int taken = 0;
        int at = 0;
        while (at < shown.length()) {
            int point = shown.codePointAt(at);
            taken += width(point);
            if (taken > room) {
                break;
            }
            at += Character.charCount(point);
        }
        return Math.max(at, room > 1 ? 1 : 0); // always some progress
    }

    /// How many columns a text takes.
    static int width(String shown) {
        return shown.codePoints().map(Page::width).sum();
    }

    private static int width(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(point) ? 2 : 1;
    }

    /// The wide and full-width blocks of Unicode's annex 11, coarsely.
    private static boolean isWide(int point) {
        return point >= 0x1100 && point <= 0x115f
                || point >= 0x2e80 && point <= 0xa4cf
                || point >= 0xac00 && point <= 0xd7a3
                || point >= 0xf900 && point <= 0xfaff
                || point >= 0xfe30 && point <= 0xfe6f
                || point >= 0xff00 && point <= 0xff60
                || point >= 0x1f300 && point <= 0x1faff
                || point >= 0x20000 && point <= 0x3fffd;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
