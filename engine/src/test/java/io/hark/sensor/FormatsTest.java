package io.hark.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.Exporter;
import io.hark.UserError;
import io.hark.bytes.TextBuffer;
import io.hark.event.DnsDetail;
import io.hark.event.Event;
import io.hark.event.MqttDetail;
import io.hark.schema.Addr;
import io.hark.schema.Column;
import io.hark.schema.Kind;
import io.hark.schema.RecordAccess;
import io.hark.schema.Stored;
import io.hark.schema.ValueSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/// Every kind of event in every dialect, with texts that are meant to break out of it.
final class FormatsTest {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final List<String> HOSTILE =
            List.of(
                    "",
                    "-",
                    "(empty)",
                    "\"},{\"",
                    "\\",
                    "\\\"",
                    "a\nb\tc\rd\0e",
                    "\u001b[2J\u009b2J",
                    "\ud800 lone \udc00",
                    "\u2028\ud83d\ude00",
                    "HTTP",
                    "CN=a\\",
                    "://?",
                    "host:99999",
                    "#close\t",
                    ",");

    private record Dialect(Exporter exporter, Kind<? extends Event> kind) {}

    @TestFactory
    Stream<DynamicTest> hostile_texts_stay_inside_their_values() {
        List<Dialect> all = new ArrayList<>();
        for (Exporter exporter : Analysis.all(Exporter.class)) {
            kinds().forEach(kind -> all.add(new Dialect(exporter, kind)));
        }
        return all.stream()
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.exporter.name() + " " + one.kind,
                                        () -> wellFormed(one.exporter, one.kind)));
    }

    private static Stream<Kind<? extends Event>> kinds() {
        return Stream.concat(Wanted.all().stream(), Wanted.details().stream())
                .map(FormatsTest::kindOf);
    }

    private static Kind<? extends Event> kindOf(Class<? extends Event> type) {
        return Kind.of(type);
    }

    private static void wellFormed(Exporter exporter, Kind<? extends Event> kind) {
        Exporter.Plan plan = exporter.plan(kind);
        if (plan == null) {
            return;
        }
        for (String text : HOSTILE) {
            for (int size = 0; size < 3; size++) {
                TextBuffer out = new TextBuffer(1);
                plan.write(kind.access().make(new Hostile(kind, text, size)), 7, out);
                String written = out.toString();
                assertThat(written.isEmpty() || written.endsWith("\n")).isTrue();
                assertThat(written.chars().filter(c -> c < ' ' && c != '\n' && c != '\t').count())
                        .isZero();
                if (exporter.name().equals("zeek-tsv")) {
                    assertThat(written.split("\t", -1)).hasSize(columns(kind));
                    assertThat(written.lines()).hasSize(1);
                } else {
                    written.lines().forEach(line -> assertThat(JSON.readTree(line)).isNotEmpty());
                }
            }
        }
    }

    private static int columns(Kind<?> kind) {
        return (int)
                kind.columns().stream()
                        .filter(column -> column.inLog() && column.type() != Column.Type.ROWS)
                        .count();
    }

    @Test
    void two_dialects_with_the_same_files_are_refused() {
        List<Exporter> zeek =
                Analysis.all(Exporter.class).stream()
                        .filter(e -> e.name().startsWith("zeek"))
                        .toList();
        assertThat(zeek).hasSize(2);
        assertThatThrownBy(() -> new Formats(zeek, Wanted.ALL))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("both write");
    }

    @Test
    void details_are_made_only_for_dialects_that_write_them() {
        List<Exporter> eve = named("eve");
        assertThat(new Formats(eve, Wanted.ALL).details())
                .contains(DnsDetail.class, MqttDetail.class);
        assertThat(new Formats(named("zeek"), Wanted.ALL).details()).isEmpty();
        assertThat(new Formats(eve, Wanted.of(List.of("dns"))).details()).hasSize(1);
        assertThat(new Formats(eve, Wanted.of(List.of("conn"))).details()).isEmpty();
    }

    private static List<Exporter> named(String name) {
        return Analysis.all(Exporter.class).stream().filter(e -> e.name().equals(name)).toList();
    }

    /// A row whose texts are all the same, whose lists have that many elements, and whose numbers
    /// are as far out as they go.
    private record Hostile(Kind<?> kind, String text, int size) implements ValueSource {

        @Override
        public boolean isAbsent(int column) {
            return size == 0 && kind.columns().get(column).optional();
        }

        @Override
        public long number(int column) {
            return size == 0 ? 0 : size == 1 ? Integer.MAX_VALUE : 1_790_000_000_123_456_789L;
        }

        @Override
        public double real(int column) {
            return size == 0 ? Double.NaN : -1.5e300;
        }

        @Override
        public boolean flag(int column) {
            return size > 0;
        }

        /// Enums are made of their own names.
        @Override
        public String text(int column) {
            return switch (kind.columns().get(column).name()) {
                case "severity" -> "HIGH";
                case "side" -> "UNKNOWN";
                case "operator" -> "ORIGINATOR";
                case "section" -> "ANSWER";
                default -> text;
            };
        }

        @Override
        public Addr addr(int column) {
            return size == 0 ? Addr.v4(-1) : new Addr(-1, -1);
        }

        @Override
        public byte[] bytes(int column) {
            return new byte[size * 3];
        }

        @Override
        public long[] numbers(int column) {
            return new long[size];
        }

        @Override
        public List<String> texts(int column) {
            return Collections.nCopies(size, text);
        }

        @Override
        public List<Addr> addrs(int column) {
            return Collections.nCopies(size, addr(column));
        }

        @Override
        public <R extends Stored> List<R> rows(int column, RecordAccess<R> access) {
            Kind<?> rows = kind.rowsOf(column);
            return Collections.nCopies(size, access.make(new Hostile(rows, text, size)));
        }
    }
}
