package io.hark.export.zeek;

import io.hark.bytes.TextBuffer;
import io.hark.schema.Column;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// An object a line; what is absent is left out.
record JsonSyntax() implements Syntax {

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    @Override
    public byte[] before(Column column, boolean first) {
        return (",\"" + column.name() + "\":").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean beforeNamed(String name, TextBuffer out) {
        out.put(',').json(name).put(':');
        return true;
    }

    @Override
    public void end(int start, TextBuffer out) {
        if (out.size() == start) {
            out.put('{');
        }
        out.array()[start] = '{'; // where the first field's comma stands
        out.put('}').put('\n');
    }

    @Override
    public void absent(byte[] before, TextBuffer out) {}

    @Override
    public void text(String value, TextBuffer out) {
        out.json(value);
    }

    @Override
    public void plain(TextBuffer out) {
        out.put('"');
    }

    @Override
    public void flag(boolean value, TextBuffer out) {
        out.put(value ? TRUE : FALSE);
    }

    @Override
    public void list(int size, TextBuffer out) {
        out.put('[');
    }

    @Override
    public void between(TextBuffer out) {
        out.put(',');
    }

    @Override
    public void item(String value, TextBuffer out) {
        out.json(value);
    }

    @Override
    public void endList(TextBuffer out) {
        out.put(']');
    }

    @Override
    public void open(String log, List<Column> columns, long nanos, TextBuffer out) {}

    @Override
    public void close(long nanos, TextBuffer out) {}
}
