package io.hark.export.zeek;

import io.hark.bytes.TextBuffer;
import io.hark.schema.Column;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// Columns between tabs. What is absent is `-`, what is empty `(empty)`, lists are joined by
/// commas; octets that would be taken for one of these, or are no text, are written `\xhh`.
///
/// *Source*: Zeek's documentation of log formats; a text that looks like a mark has its first octet
/// escaped, as Zeek does.
record TsvSyntax() implements Syntax {

    private static final byte[] FIRST = {};
    private static final byte[] LATER = {'\t'};
    private static final String UNSET = "-";
    private static final String EMPTY = "(empty)";

    @Override
    public byte[] before(Column column, boolean first) {
        return first ? FIRST : LATER;
    }

    @Override
    public boolean beforeNamed(String name, TextBuffer out) {
        return false;
    }

    @Override
    public void end(int start, TextBuffer out) {
        out.put('\n');
    }

    @Override
    public void absent(byte[] before, TextBuffer out) {
        out.put(before).put('-');
    }

    @Override
    public void text(String value, TextBuffer out) {
        text(value, false, out);
    }

    private static void text(String value, boolean inList, TextBuffer out) {
        if (value.isEmpty()) {
            out.put(EMPTY);
            return;
        }
        int from = 0;
        if (value.equals(UNSET) || value.equals(EMPTY)) {
            out.escaped(value.charAt(0));
            from = 1;
        }
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                if (c == '\\' || inList && c == ',') {
                    out.escaped(c);
                } else {
                    out.put(c);
                }
            } else if (c < 0xa0) {
                if (c >= 0x80) { // a control character, in UTF-8
                    out.escaped(0xc2);
                }
                out.escaped(c);
            } else {
                int point = value.codePointAt(i);
                out.point(point);
                i += Character.charCount(point) - 1;
            }
        }
    }

    @Override
    public void plain(TextBuffer out) {}

    @Override
    public void flag(boolean value, TextBuffer out) {
        out.put(value ? 'T' : 'F');
    }

    @Override
    public void list(int size, TextBuffer out) {
        if (size == 0) {
            out.put(EMPTY);
        }
    }

    @Override
    public void between(TextBuffer out) {
        out.put(',');
    }

    @Override
    public void item(String value, TextBuffer out) {
        text(value, true, out);
    }

    @Override
    public void endList(TextBuffer out) {}

    @Override
    public void open(String log, List<Column> columns, long nanos, TextBuffer out) {
        String names = columns.stream().map(Column::name).collect(Collectors.joining("\t"));
        String types = columns.stream().map(ZeekType::of).collect(Collectors.joining("\t"));
        out.put("#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n");
        out.put("#path\t").put(log).put('\n');
        time("#open\t", nanos, out);
        out.put("#fields\t").put(names).put('\n');
        out.put("#types\t").put(types.getBytes(StandardCharsets.UTF_8)).put('\n');
    }

    @Override
    public void close(long nanos, TextBuffer out) {
        time("#close\t", nanos, out);
    }

    /// `2026-07-21-14-03-59`, UTC.
    private static void time(String tag, long nanos, TextBuffer out) {
        int start = out.put(tag).size();
        out.time(nanos);
        byte[] octets = out.array();
        octets[start + 10] = '-';
        octets[start + 13] = '-';
        octets[start + 16] = '-';
        out.advance(start + 19); // without the fraction
        out.put('\n');
    }
}
