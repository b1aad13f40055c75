package io.hark.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the build writes for a record: every type of component, there and absent, in the order of
/// the columns.
class RecordAccessTest {

    enum Colour {
        RED {
            @Override
            boolean isWarm() {
                return true;
            }
        },
        BLUE;

        boolean isWarm() {
            return false;
        }
    }

    record Ends(@Nullable Addr from, int port) implements Stored {}

    record Inner(short small, Ends ends, byte tiny) implements Stored {}

    record Part(String name, @Nullable Long size) implements Stored {}

    record Everything(
            long aLong,
            int anInt,
            double aDouble,
            boolean aBoolean,
            Inner inner,
            @Nullable Long boxedLong,
            @Nullable Integer boxedInt,
            @Nullable Double boxedDouble,
            @Nullable Boolean boxedBoolean,
            @Nullable String text,
            @Nullable Colour colour,
            @Nullable Addr addr,
            byte @Nullable [] bytes,
            long @Nullable [] numbers,
            @Nullable List<String> texts,
            @Nullable List<Addr> addrs,
            @Nullable List<Part> parts,
            @Nullable List<Everything> more)
            implements Stored {}

    private static final Everything FULL =
            new Everything(
                    Long.MIN_VALUE,
                    Integer.MIN_VALUE,
                    -0.5,
                    true,
                    new Inner(Short.MIN_VALUE, new Ends(Addr.v4(1), 65535), Byte.MIN_VALUE),
                    Long.MAX_VALUE,
                    Integer.MAX_VALUE,
                    1e300,
                    false,
                    "text",
                    Colour.RED,
                    Addr.v4(2),
                    new byte[] {1, 2},
                    new long[] {3, 4},
                    List.of("a", "b"),
                    List.of(Addr.v4(5)),
                    List.of(new Part("one", 1L), new Part("two", null)),
                    List.of(empty()));

    private static Everything empty() {
        return new Everything(
                0,
                0,
                0,
                false,
                new Inner((short) 0, new Ends(null, 0), (byte) 0),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    @Test
    void a_row_comes_back_as_it_was() {
        assertThat(copy(FULL)).usingRecursiveComparison().isEqualTo(FULL);
    }

    @Test
    void what_is_absent_comes_back_as_null() {
        assertThat(copy(empty())).usingRecursiveComparison().isEqualTo(empty());
    }

    @Test
    void a_record_in_a_record_takes_columns_in_its_place() {
        assertThat(Kind.of(Everything.class).columns().stream().map(Column::name))
                .containsSubsequence(
                        "aBoolean",
                        "inner.small",
                        "inner.ends.from",
                        "inner.ends.port",
                        "inner.tiny",
                        "boxedLong")
                .hasSize(21);
    }

    @Test
    void columns_are_read_in_order_each_once() {
        for (var row : List.of(FULL, empty())) {
            var columns = new ArrayList<Integer>();
            Kind.of(Everything.class).access().read(row, new Columns(columns));
            assertThat(columns).hasSize(21).isSorted().doesNotHaveDuplicates();
        }
    }

    private static Everything copy(Everything row) {
        var kind = Kind.of(Everything.class);
        return Codec.read(kind, Codec.write(kind, row));
    }

    /// Notes the columns it is given.
    private record Columns(List<Integer> columns) implements ValueSink {
        @Override
        public void number(int column, long value) {
            columns.add(column);
        }

        @Override
        public void real(int column, double value) {
            columns.add(column);
        }

        @Override
        public void flag(int column, boolean value) {
            columns.add(column);
        }

        @Override
        public void text(int column, String value) {
            columns.add(column);
        }

        @Override
        public void addr(int column, Addr value) {
            columns.add(column);
        }

        @Override
        public void bytes(int column, byte[] value) {
            columns.add(column);
        }

        @Override
        public void numbers(int column, long[] value) {
            columns.add(column);
        }

        @Override
        public void texts(int column, List<String> value) {
            columns.add(column);
        }

        @Override
        public void addrs(int column, List<Addr> value) {
            columns.add(column);
        }

        @Override
        public <R extends Stored> void rows(int column, List<R> value, RecordAccess<R> access) {
            columns.add(column);
        }

        @Override
        public void absent(int column) {
            columns.add(column);
        }
    }
}
