package io.hark.export;

import io.hark.Exporter;
import io.hark.bytes.TextBuffer;
import io.hark.event.Event;
import io.hark.schema.Addr;
import io.hark.schema.Column;
import io.hark.schema.Kind;
import io.hark.schema.RecordAccess;
import io.hark.schema.Stored;
import io.hark.schema.ValueSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Zeek's logs in JSON: one object a line, nested records flattened with a dot, absent fields left
/// out.
///
/// *Shape*: a plan holds the octets between two values of a kind (`,"id.orig_h":`) ready made; a
/// row is those and the values. *Source*: Zeek, `LogAscii::use_json=T`.
public final class ZeekJson implements Exporter {

    @Override
    public String name() {
        return "zeek";
    }

    @Override
    public String about() {
        return "Zeek's logs, one JSON object a line: conn.log, dns.log, http.log …";
    }

    @Override
    public @Nullable Plan plan(Kind<? extends Event> kind) {
        return kind.log().equals("-") ? null : new JsonPlan<>(kind);
    }

    private static final class JsonPlan<E extends Event> implements Plan {
        private final String file;
        private final RecordAccess<E> access;
        private final Column[] columns;
        private final byte[] @Nullable [] prefixes;

        JsonPlan(Kind<E> kind) {
            file = kind.log() + ".log";
            access = kind.access();
            columns = kind.columns().toArray(Column[]::new);
            prefixes = new byte[columns.length][];
            for (int i = 0; i < columns.length; i++) {
                if (columns[i].inLog() && columns[i].type() != Column.Type.ROWS) {
                    prefixes[i] =
                            (",\"" + columns[i].name() + "\":").getBytes(StandardCharsets.UTF_8);
                }
            }
        }

        @Override
        public String file() {
            return file;
        }

        @Override
        @SuppressWarnings("unchecked") // the plan was made for the event's kind
        public void write(Event event, TextBuffer out) {
            int start = out.size();
            access.read((E) event, new JsonRow(this, out));
            out.array()[start] = '{'; // where the first field's comma stands
            out.put('}').put('\n');
        }
    }

    private record JsonRow(JsonPlan<?> plan, TextBuffer out) implements ValueSink {

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
                case MAC -> out.put('"').mac(value).put('"');
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
                out.put(value ? TRUE : FALSE);
            }
        }

        @Override
        public void text(int column, String value) {
            if (begin(column)) {
                out.json(value);
            }
        }

        private void quoted(Addr value) {
            byte[] octets = out.room(Addr.MAX_TEXT + 2);
            int at = out.size();
            octets[at++] = '"';
            at = value.write(octets, at);
            octets[at++] = '"';
            out.advance(at);
        }

        @Override
        public void addr(int column, Addr value) {
            if (begin(column)) {
                quoted(value);
            }
        }

        @Override
        public void bytes(int column, byte[] value) {
            if (begin(column)) {
                out.put('"').put(java.util.HexFormat.of().formatHex(value)).put('"');
            }
        }

        @Override
        public void numbers(int column, long[] value) {
            if (begin(column)) {
                out.put('[');
                for (int i = 0; i < value.length; i++) {
                    if (i > 0) {
                        out.put(',');
                    }
                    value(column, value[i]);
                }
                out.put(']');
            }
        }

        @Override
        public void texts(int column, List<String> value) {
            if (begin(column)) {
                out.put('[');
                for (int i = 0; i < value.size(); i++) {
                    if (i > 0) {
                        out.put(',');
                    }
                    out.json(value.get(i));
                }
                out.put(']');
            }
        }

        @Override
        public void addrs(int column, List<Addr> value) {
            if (begin(column)) {
                out.put('[');
                for (int i = 0; i < value.size(); i++) {
                    if (i > 0) {
                        out.put(',');
                    }
                    quoted(value.get(i));
                }
                out.put(']');
            }
        }

        /// Records in records have no place in Zeek's logs; their columns have no prefix.
        @Override
        public <R extends Stored> void rows(int column, List<R> value, RecordAccess<R> access) {}

        @Override
        public void absent(int column) {}

        private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    }
}
