package io.hark.export.zeek;

import io.hark.Exporter.Plan;
import io.hark.bytes.TextBuffer;
import io.hark.event.Event;
import io.hark.event.FlowElement;
import io.hark.schema.Addr;
import io.hark.schema.Column;
import io.hark.schema.Kind;
import io.hark.schema.RecordAccess;
import io.hark.schema.Stored;
import io.hark.schema.ValueSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the rows of one of Zeek's logs, in either syntax.
///
/// *Shape*: the plan holds the octets between two values of a kind (`,"id.orig_h":`) ready made; a
/// row is those and the values.
final class ZeekPlan<E extends Event> implements Plan {

    private final String log;
    private final RecordAccess<E> access;
    private final Column[] columns;
    private final byte[] @Nullable [] prefixes;
    private final Syntax syntax;

    private ZeekPlan(Kind<E> kind, Syntax syntax) {
        this.syntax = syntax;
        log = kind.log();
        access = kind.access();
        columns = kind.columns().toArray(Column[]::new);
        prefixes = new byte[columns.length][];
        boolean first = true;
        for (int i = 0; i < columns.length; i++) {
            if (isShown(columns[i])) {
                prefixes[i] = syntax.before(columns[i], first);
                first = false;
            }
        }
    }

    /// The plan of a kind; null where Zeek's logs have no place for it.
    static @Nullable Plan of(Kind<? extends Event> kind, Syntax syntax) {
        return kind.log().equals("-") ? null : new ZeekPlan<>(kind, syntax);
    }

    /// Records in records have no place in Zeek's logs, and columns neither.
    private static boolean isShown(Column column) {
        return column.inLog() && column.type() != Column.Type.ROWS;
    }

    @Override
    public String file() {
        return log + ".log";
    }

    @Override
    public void open(long nanos, TextBuffer out) {
        List<Column> shown = new ArrayList<>(List.of(columns));
        shown.removeIf(column -> !isShown(column));
        syntax.open(log, shown, nanos, out);
    }

    @Override
    public void close(long nanos, TextBuffer out) {
        syntax.close(nanos, out);
    }

    @Override
    @SuppressWarnings("unchecked") // the plan was made for the event's kind
    public void write(Event event, long frame, TextBuffer out) {
        int start = out.size();
        access.read((E) event, new Row(this, syntax, out));
        syntax.end(start, out);
    }

    private record Row(ZeekPlan<?> plan, Syntax syntax, TextBuffer out) implements ValueSink {

        private boolean begin(int column) {
            byte[] prefix = plan.prefixes[column];
            if (prefix == null) {
                return false;
            }
            out.put(prefix);
            return true;
        }

        private void value(int column, long value) {
            switch (plan.columns[column].unit()) {
                case TIME, DURATION -> out.seconds(value);
                case MAC -> {
                    syntax.plain(out);
                    out.mac(value);
                    syntax.plain(out);
                }
                case NONE, BYTES, PACKETS, SHARE, BITS -> out.number(value);
            }
        }

        @Override
        public void number(int column, long value) {
            if (begin(column)) {
                value(column, value);
            }
        }

        @Override
        public void real(int column, double value) {
            if (begin(column)) {
                out.real(value);
            }
        }

        @Override
        public void flag(int column, boolean value) {
            if (begin(column)) {
                syntax.flag(value, out);
            }
        }

        @Override
        public void text(int column, String value) {
            if (begin(column)) {
                syntax.text(value, out);
            }
        }

        private void value(Addr value) {
            syntax.plain(out);
            out.advance(value.write(out.room(Addr.MAX_TEXT), out.size()));
            syntax.plain(out);
        }

        @Override
        public void addr(int column, Addr value) {
            if (begin(column)) {
                value(value);
            }
        }

        @Override
        public void bytes(int column, byte[] value) {
            if (begin(column)) {
                syntax.text(HexFormat.of().formatHex(value), out);
            }
        }

        @Override
        public void numbers(int column, long[] value) {
            if (begin(column)) {
                syntax.list(value.length, out);
                for (int i = 0; i < value.length; i++) {
                    between(i);
                    value(column, value[i]);
                }
                syntax.endList(out);
            }
        }

        @Override
        public void texts(int column, List<String> value) {
            if (begin(column)) {
                syntax.list(value.size(), out);
                for (int i = 0; i < value.size(); i++) {
                    between(i);
                    syntax.item(value.get(i), out);
                }
                syntax.endList(out);
            }
        }

        @Override
        public void addrs(int column, List<Addr> value) {
            if (begin(column)) {
                syntax.list(value.size(), out);
                for (int i = 0; i < value.size(); i++) {
                    between(i);
                    value(value.get(i));
                }
                syntax.endList(out);
            }
        }

        private void between(int i) {
            if (i > 0) {
                syntax.between(out);
            }
        }

        /// Not shown, but for those that are fields themselves. A record may have an element more
        /// than once (RFC 7011 §8): an object has each name once, so the second is `name_2`.
        @Override
        public <R extends Stored> void rows(int column, List<R> value, RecordAccess<R> access) {
            Map<String, Integer> times = new HashMap<>();
            for (R one : value) {
                if (one instanceof FlowElement element) {
                    int time = times.merge(element.name(), 1, Integer::sum);
                    element(time == 1 ? element.name() : element.name() + "_" + time, element);
                }
            }
        }

        private void element(String name, FlowElement element) {
            if (!syntax.beforeNamed(name, out)) {
                return;
            }
            if (element.number() != null) {
                out.number(element.number());
            } else if (element.real() != null) {
                out.real(element.real());
            } else {
                syntax.text(element.text() == null ? "" : element.text(), out);
            }
        }

        @Override
        public void absent(int column) {
            byte[] prefix = plan.prefixes[column];
            if (prefix != null) {
                syntax.absent(prefix, out);
            }
        }
    }
}
