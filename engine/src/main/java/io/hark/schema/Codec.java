package io.hark.schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The one binary form of stored records: detector state, carried pieces, spool, journal, Kafka.
///
/// *Shape*: a row is `varint n`, then n fields; a field is its column's id (4 octets, little
/// endian), a type octet and the value. Absent columns are left out. Fields may come in any order;
/// a reader skips ids it does not know, and reads ids that are missing as absent, so that both
/// sides may be upgraded apart. Numbers are zigzag varints, texts and bytes have a varint length,
/// lists a varint count.
///
/// *Errors*: bytes that are no such row throw [IllegalArgumentException]: they come from our own
/// disk, not the network.
///
/// *Thread*: stateless.
public final class Codec {

    private static final int MAX_DEPTH =
            8; // records in records: none of ours nests deeper than two

    private Codec() {}

    /// Writes one row.
    public static <R extends Stored> byte[] write(Kind<R> kind, R row) {
        Writer writer = new Writer(kind.columns());
        kind.access().read(row, writer);
        return writer.finish();
    }

    /// Reads one row.
    public static <R extends Stored> R read(Kind<R> kind, byte[] row) {
        return new Reader(row, false).row(kind.columns(), kind.access(), 0);
    }

    /// Reads a row that comes from another machine, in which one number becomes another: what no
    /// row of the kind lacks may not be missing.
    ///
    /// @param column which number; below 0 for none
    public static <R extends Stored> R readWhole(
            Kind<R> kind, byte[] row, int column, long number) {
        Object[] values = new Reader(row, true).values(kind.columns(), 0);
        if (column >= 0) {
            values[column] = number;
        }
        return kind.access().make(new Values(values, 0, true));
    }

    private static final class Out extends ByteArrayOutputStream {
        void varint(long value) {
            while ((value & ~0x7fL) != 0) {
                write((int) (value & 0x7f | 0x80));
                value >>>= 7;
            }
            write((int) value);
        }

        void int32(int value) {
            for (int shift = 0; shift < 32; shift += 8) {
                write(value >>> shift);
            }
        }

        void int64(long value) {
            int32((int) value);
            int32((int) (value >>> 32));
        }

        void lengthAnd(byte[] octets) {
            varint(octets.length);
            writeBytes(octets);
        }
    }

    private static final class Writer implements ValueSink {
        private final List<Column> columns;
        private final Out out = new Out();
        private int fields;

        Writer(List<Column> columns) {
            this.columns = columns;
        }

        byte[] finish() {
            Out whole = new Out();
            whole.varint(fields);
            whole.writeBytes(out.toByteArray());
            return whole.toByteArray();
        }

        private void field(int column, Column.Type type) {
            fields++;
            out.int32(columns.get(column).id());
            out.write(type.ordinal());
        }

        @Override
        public void number(int column, long value) {
            field(column, Column.Type.NUMBER);
            out.varint(value << 1 ^ value >> 63);
        }

        @Override
        public void real(int column, double value) {
            field(column, Column.Type.REAL);
            out.int64(Double.doubleToRawLongBits(value));
        }

        @Override
        public void flag(int column, boolean value) {
            field(column, Column.Type.FLAG);
            out.write(value ? 1 : 0);
        }

        @Override
        public void text(int column, String value) {
            field(column, Column.Type.TEXT);
            out.lengthAnd(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void addr(int column, Addr value) {
            field(column, Column.Type.ADDR);
            out.int64(value.hi());
            out.int64(value.lo());
        }

        @Override
        public void bytes(int column, byte[] value) {
            field(column, Column.Type.BYTES);
            out.lengthAnd(value);
        }

        @Override
        public void numbers(int column, long[] value) {
            field(column, Column.Type.NUMBERS);
            out.varint(value.length);
            for (long v : value) {
                out.varint(v << 1 ^ v >> 63);
            }
        }

        @Override
        public void texts(int column, List<String> value) {
            field(column, Column.Type.TEXTS);
            out.varint(value.size());
            for (String v : value) {
                out.lengthAnd(v.getBytes(StandardCharsets.UTF_8));
            }
        }

        @Override
        public void addrs(int column, List<Addr> value) {
            field(column, Column.Type.ADDRS);
            out.varint(value.size());
            for (Addr v : value) {
                out.int64(v.hi());
                out.int64(v.lo());
            }
        }

        @Override
        public <R extends Stored> void rows(int column, List<R> value, RecordAccess<R> access) {
            field(column, Column.Type.ROWS);
            out.varint(value.size());
            for (R v : value) {
                Writer inner = new Writer(Kind.of(v).columns());
                access.read(v, inner);
                out.lengthAnd(inner.finish());
            }
        }

        @Override
        public void absent(int column) {}
    }

    private static final class Reader {
        private final byte[] in;
        private final boolean isWhole; // whether what has to be there is
        private int at;

        Reader(byte[] in, boolean isWhole) {
            this.in = in;
            this.isWhole = isWhole;
        }

        <R extends Stored> R row(List<Column> columns, RecordAccess<R> access, int depth) {
            return access.make(new Values(values(columns, depth), depth, isWhole));
        }

        private Object[] values(List<Column> columns, int depth) {
            if (depth > MAX_DEPTH) {
                throw new IllegalArgumentException(
                        "stored records nested deeper than " + MAX_DEPTH);
            }
            Object[] values = new Object[columns.size()];
            int fields = length();
            int guess = 0;
            for (int i = 0; i < fields; i++) {
                int id = int32();
                Column.Type type = type(octet());
                int column = find(columns, id, guess);
                Object value = value(type);
                if (column >= 0 && columns.get(column).type() == type) {
                    values[column] = value;
                    guess = column + 1;
                }
            }
            if (isWhole) {
                requireWhole(columns, values);
            }
            return values;
        }

        private static void requireWhole(List<Column> columns, Object[] values) {
            for (int i = 0; i < values.length; i++) {
                if (values[i] == null && !columns.get(i).optional()) {
                    throw new IllegalArgumentException("a row lacks its " + columns.get(i).name());
                }
            }
        }

        private static int find(List<Column> columns, int id, int guess) {
            for (int i = 0; i < columns.size(); i++) {
                int column = (guess + i) % columns.size();
                if (columns.get(column).id() == id) {
                    return column;
                }
            }
            return -1;
        }

        private static Column.Type type(int ordinal) {
            Column.Type[] types = Column.Type.values();
            if (ordinal >= types.length) {
                throw new IllegalArgumentException("no stored type " + ordinal);
            }
            return types[ordinal];
        }

        private Object value(Column.Type type) {
            return switch (type) {
                case NUMBER -> zigzag();
                case REAL -> Double.longBitsToDouble(int64());
                case FLAG -> octet() != 0;
                case TEXT -> new String(take(length()), StandardCharsets.UTF_8);
                case ADDR -> new Addr(int64(), int64());
                case BYTES -> take(length());
                case NUMBERS -> {
                    long[] numbers = new long[length()];
                    Arrays.setAll(numbers, i -> zigzag());
                    yield numbers;
                }
                case TEXTS -> {
                    List<String> texts = new ArrayList<>();
                    for (int n = length(); n > 0; n--) {
                        texts.add(new String(take(length()), StandardCharsets.UTF_8));
                    }
                    yield List.copyOf(texts);
                }
                case ADDRS -> {
                    List<Addr> addrs = new ArrayList<>();
                    for (int n = length(); n > 0; n--) {
                        addrs.add(new Addr(int64(), int64()));
                    }
                    yield List.copyOf(addrs);
                }
                case ROWS -> {
                    List<byte[]> rows = new ArrayList<>();
                    for (int n = length(); n > 0; n--) {
                        rows.add(take(length()));
                    }
                    yield rows;
                }
            };
        }

        private int octet() {
            if (at >= in.length) {
                throw new IllegalArgumentException("a stored row ends early");
            }
            return in[at++] & 0xff;
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                int b = octet();
                value |= (long) (b & 0x7f) << shift;
                if (b < 0x80) {
                    return value;
                }
            }
            throw new IllegalArgumentException("a stored number is too long");
        }

        private long zigzag() {
            long value = varint();
            return value >>> 1 ^ -(value & 1);
        }

        /// A length or count: never more than the octets that are left, so that it may size an
        /// array.
        private int length() {
            long value = varint();
            if (value < 0 || value > in.length - at) {
                throw new IllegalArgumentException("a stored length runs past the row");
            }
            return (int) value;
        }

        private int int32() {
            int value = 0;
            for (int shift = 0; shift < 32; shift += 8) {
                value |= octet() << shift;
            }
            return value;
        }

        private long int64() {
            return int32() & 0xffff_ffffL | (long) int32() << 32;
        }

        private byte[] take(int length) {
            at += length;
            return Arrays.copyOfRange(in, at - length, at);
        }
    }

    @SuppressWarnings("unchecked") // the types were checked against the columns when they were read
    private record Values(Object[] values, int depth, boolean isWhole) implements ValueSource {
        @Override
        public boolean isAbsent(int column) {
            return values[column] == null;
        }

        @Override
        public long number(int column) {
            return values[column] == null ? 0 : (long) values[column];
        }

        @Override
        public double real(int column) {
            return values[column] == null ? 0 : (double) values[column];
        }

        @Override
        public boolean flag(int column) {
            return values[column] != null && (boolean) values[column];
        }

        @Override
        public String text(int column) {
            return values[column] == null ? "" : (String) values[column];
        }

        @Override
        public Addr addr(int column) {
            return values[column] == null ? new Addr(0, 0) : (Addr) values[column];
        }

        @Override
        public byte[] bytes(int column) {
            return values[column] == null ? new byte[0] : (byte[]) values[column];
        }

        @Override
        public long[] numbers(int column) {
            return values[column] == null ? new long[0] : (long[]) values[column];
        }

        @Override
        public List<String> texts(int column) {
            return values[column] == null ? List.of() : (List<String>) values[column];
        }

        @Override
        public List<Addr> addrs(int column) {
            return values[column] == null ? List.of() : (List<Addr>) values[column];
        }

        @Override
        public <R extends Stored> List<R> rows(int column, RecordAccess<R> access) {
            if (values[column] == null) {
                return List.of();
            }
            List<R> rows = new ArrayList<>();
            for (byte[] row : (List<byte[]>) values[column]) {
                List<Column> columns = Kind.columnsOf(access);
                rows.add(new Reader(row, isWhole).row(columns, access, depth + 1));
            }
            return List.copyOf(rows);
        }
    }
}
