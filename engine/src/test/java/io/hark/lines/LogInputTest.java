package io.hark.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.LineParser;
import io.hark.UserError;
import io.hark.event.LogDraft;
import io.hark.event.LogEvent;
import io.hark.format.log.LogLine;
import io.hark.log.zeek.ZeekLines;
import io.hark.wire.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogInputTest {

    private static final long LATEST = 1_700_000_000_000_000_000L; // November 2023

    @TempDir Path dir;

    private final LogTally tally = new LogTally();

    /// A product whose lines are `<sign> …`.
    private record Product(String name, List<String> signs, boolean isGeneral)
            implements LineParser {

        @Override
        public String about() {
            return name;
        }

        @Override
        public boolean read(LogLine line, LogDraft out) {
            if (line.text().contains("poison")) {
                throw new IllegalStateException("poison");
            }
            out.of(name, "").put("user.name", "left over");
            return !line.text().contains("not me");
        }
    }

    private List<LogEvent> read(String text, LineParser... parsers) throws IOException {
        Path file = Files.write(dir.resolve("x.log"), text.getBytes(StandardCharsets.UTF_8));
        List<LogEvent> events = new ArrayList<>();
        try (Input input = Input.open(file)) {
            assertThat(input.isText()).isTrue();
            new LogInput(List.of(parsers), LogZones.UTC, tally).read(input, LATEST, events::add);
        }
        return events;
    }

    @Test
    void the_longest_sign_wins_and_general_parsers_come_last() throws IOException {
        LineParser any = new Product("any", List.of("CEF:0|Some Vendor|"), true);
        LineParser some = new Product("some", List.of("CEF:"), false);
        LineParser closer = new Product("closer", List.of("|Some"), false);
        List<LogEvent> events =
                read("CEF:0|Some Vendor|x\nCEF:0|\nnot me |Some\n", any, some, closer);
        assertThat(events)
                .extracting(LogEvent::module)
                .containsExactly("closer", "some", "unknown");
        assertThat(events.getLast().user()).as("what a parser put in before it said no").isNull();
    }

    @Test
    void no_line_is_lost_and_unknown_ones_are_counted_by_shape() throws IOException {
        List<LogEvent> events =
                read(
                        "link 3 of 192.0.2.1 down\r\n\nlink 14 of 192.0.2.9 down\nJan  2 03:04:05 h p: x");
        assertThat(events)
                .extracting(LogEvent::original)
                .containsExactly(
                        "link 3 of 192.0.2.1 down",
                        "link 14 of 192.0.2.9 down",
                        "Jan  2 03:04:05 h p: x");
        assertThat(events).extracting(LogEvent::line).containsExactly(1L, 3L, 4L);
        assertThat(tally.unread(5).getFirst())
                .isEqualTo(new LogTally.Unread("link # of #.#.#.# down", 2));
        assertThat(tally.counters())
                .containsEntry("log_records", 3L)
                .containsEntry("log_lines_unread", 2L)
                .containsEntry("log_lines_envelope_only", 1L);
    }

    @Test
    void a_line_without_a_time_has_that_of_the_line_before_it() throws IOException {
        List<LogEvent> events = read("x\n2023-01-02T03:04:05Z h p: x\nx\n");
        assertThat(events)
                .extracting(LogEvent::ts_source)
                .containsExactly("file", "line", "line before");
        assertThat(events.get(0).ts()).isEqualTo(LATEST);
        assertThat(events.get(2).ts()).isEqualTo(events.get(1).ts());
    }

    @Test
    void an_object_over_several_lines_is_one_record() throws IOException {
        List<LogEvent> events =
                read("{\n \"a\": \"}\",\n \"b\": {\n }\n}\nnext\n{ open\n{\"c\":1}\n");
        assertThat(events)
                .extracting(LogEvent::original)
                .containsExactly(
                        "{\n \"a\": \"}\",\n \"b\": {\n }\n}", "next", "{ open", "{\"c\":1}");
    }

    @Test
    void a_parser_that_fails_costs_its_line_only() throws IOException {
        Path file = Files.writeString(dir.resolve("x.log"), "sign poison\nsign\n");
        List<LogEvent> events = new ArrayList<>();
        LogInput reader =
                new LogInput(
                        List.of(new Product("p", List.of("sign"), false)), LogZones.UTC, tally);
        try (Input input = Input.open(file)) {
            reader.read(input, LATEST, events::add);
        }
        assertThat(events).extracting(LogEvent::module).containsExactly("unknown", "p");
        assertThat(reader.failures()).isEqualTo(1);
    }

    @Test
    void a_line_without_end_is_cut_and_counted() throws IOException {
        List<LogEvent> events = read("a".repeat(TextLines.MAX_LINE + 5) + "\nb\n");
        assertThat(events.getFirst().original()).hasSize(TextLines.MAX_LINE);
        assertThat(events.getLast().original()).isEqualTo("b");
        assertThat(tally.counters()).containsEntry("log_octets_cut", 5L);
    }

    @Test
    void a_host_may_have_a_clock_of_its_own() throws IOException {
        Path file =
                Files.writeString(
                        dir.resolve("x.log"), "Jan  2 03:00:00 a p: x\nJan  2 03:00:00 b p: x\n");
        List<LogEvent> events = new ArrayList<>();
        LogZones zones = LogZones.of(List.of("America/New_York", "b=+01:00"));
        try (Input input = Input.open(file)) {
            new LogInput(List.of(), zones, tally).read(input, LATEST, events::add);
        }
        assertThat(events)
                .extracting(event -> Instant.ofEpochSecond(event.ts() / 1_000_000_000L).toString())
                .containsExactly("2023-01-02T08:00:00Z", "2023-01-02T02:00:00Z");
        assertThatThrownBy(() -> LogZones.of(List.of("a=Atlantis")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'Atlantis'");
    }

    @Test
    void octets_that_are_no_text_are_no_log() throws IOException {
        assertThat(isText(new byte[] {'a', 0, 'b', 'c', 'd'})).isFalse();
        assertThat(isText(new byte[0])).isFalse();
        assertThat(isText(new byte[] {(byte) 0xd4, (byte) 0xc3, (byte) 0xb2, (byte) 0xa1}))
                .isFalse();
        assertThat(isText("\u001b[1mGrüße\n".getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    private boolean isText(byte[] octets) throws IOException {
        try (Input input = Input.open(Files.write(dir.resolve("y"), octets))) {
            return input.isText();
        }
    }

    @Test
    void signs_that_overlap_are_all_found() {
        SignIndex index = new SignIndex(List.of("he", "she", "hers", "his", "e"));
        BitSet found = new BitSet();
        index.find("üshers", found);
        assertThat(found.stream()).containsExactly(0, 1, 2, 4);
    }

    @Test
    void a_heading_names_the_columns_below_it_and_ends_with_the_input() throws IOException {
        String heading = "#path\tdhcp\n#fields\tts\tuids\tclient_addr\tmac\thost_name\n";
        String row = "1700000000.5\tCa1\t192.0.2.7\t02:00:00:00:00:07\tpc7\n";
        LogEvent event = read(heading + row, new ZeekLines()).getLast();
        assertThat(event.dataset()).isEqualTo("zeek.dhcp");
        assertThat(event.source().ip()).hasToString("192.0.2.7");
        assertThat(event.source().domain()).isEqualTo("pc7");
        assertThat(read(row, new ZeekLines()).getLast().module()).isNotEqualTo("zeek");
    }

    @Test
    void values_in_quotes_go_on_over_several_lines_and_end_with_their_quote() throws IOException {
        LineParser any = new Product("any", List.of("\","), false);
        List<LogEvent> events = read("\"a\",\"b\nc,\"\"d\"\"\n e\",\"f\"\n\"g\",\"h\"\n", any);
        assertThat(events)
                .extracting(LogEvent::original)
                .containsExactly("\"a\",\"b\nc,\"\"d\"\"\n e\",\"f\"", "\"g\",\"h\"");
    }

    @Test
    void a_quote_that_nobody_ends_takes_no_whole_record_along() throws IOException {
        LineParser any = new Product("any", List.of("\","), false);
        assertThat(read("\"a\",\"b\n\"c\",\"d\"\n", any)).hasSize(2);
    }
}
