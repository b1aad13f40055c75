package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.bytes.Visible;
import io.hark.report.Units;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void what_does_not_show_itself_becomes_an_escape() {
        assertThat(Visible.line("a\r\n\tb\0\033[2J\u009b\u202e\u2066\ufeff\u2028"))
                .isEqualTo(
                        "a\\r\\n\\tb\\u{0}\\u{1b}[2J\\u{9b}\\u{202e}\\u{2066}\\u{feff}\\u{2028}");
        assertThat(Visible.line("Grüße, 東京 C:\\x")).isEqualTo("Grüße, 東京 C:\\x");
        assertThat(Visible.line("\ud800")).isEqualTo("\\u{d800}");
    }

    @Test
    void escaped_json_says_the_same() {
        assertThat(Visible.json("{\"a\":\"x\u202ey\u007f\"}"))
                .isEqualTo("{\"a\":\"x\\u202ey\\u007f\"}");
        assertThat(Visible.json("\ud83d\ude00\udb40\udc01"))
                .isEqualTo("\ud83d\ude00\\udb40\\udc01");
    }

    @Test
    void wide_characters_take_two_columns() {
        assertThat(Page.width("東京 a")).isEqualTo(6);
        assertThat(Page.width("e\u0301")).isEqualTo(1);
        assertThat(Page.fit("東京東京", 5)).isEqualTo("東京…");
    }

    @Test
    void long_words_are_broken_and_text_is_wrapped() {
        Page page =
                new Page(60, false)
                        .text(2, Page.Look.PLAIN, "x".repeat(130) + " and some words behind it");

        assertThat(page.toString().lines()).hasSize(3).allMatch(line -> line.length() <= 60);
    }

    @Test
    void a_table_gives_way_in_its_elastic_column() {
        List<List<String>> rows =
                List.of(List.of("n", "name"), List.of("1", "y".repeat(100)), List.of("22", "z"));

        String table = new Page(60, false).table(2, rows, List.of(0), 1).toString();

        assertThat(table.lines()).hasSize(3).allMatch(line -> line.length() <= 60);
        assertThat(table).contains("   1  yyy").contains("…").contains("  22  z");
    }

    @Test
    void a_column_without_room_stands_beneath_its_row() {
        List<List<String>> rows =
                List.of(
                        List.of("when", "who", "what", "uid"),
                        List.of("12:00:00", "y".repeat(30), "z".repeat(90), "C1"),
                        List.of("12:00:01", "x", "", "C2"));

        String table = new Page(60, false).table(2, rows, List.of(), 2).toString();

        assertThat(table.lines())
                .containsExactly(
                        "  when      who                             uid",
                        "  12:00:00  " + "y".repeat(30) + "  C1",
                        "        what  " + "z".repeat(45) + "…",
                        "  12:00:01  x                               C2");
    }

    @Test
    void columns_that_never_give_way_stand_beneath_their_row_from_the_last() {
        List<List<String>> rows =
                List.of(
                        List.of("a", "b", "c", "d"),
                        List.of("1".repeat(25), "2".repeat(25), "3", "4".repeat(10)));

        String table = new Page(60, false).table(0, rows, List.of()).toString();

        assertThat(table.lines())
                .containsExactly(
                        "a                          b                          c",
                        "1".repeat(25) + "  " + "2".repeat(25) + "  3",
                        "      d  4444444444");
    }

    @Test
    void what_stands_beneath_shares_a_line_where_it_can() {
        List<List<String>> rows =
                List.of(
                        List.of("a", "b", "c", "d"),
                        List.of("1".repeat(40), "2".repeat(20), "3".repeat(20), "4"));

        String table = new Page(60, false).table(0, rows, List.of(), 2, 1).toString();

        assertThat(table.lines())
                .containsExactly(
                        "a                                         d",
                        "1".repeat(40) + "  4",
                        "      b  " + "2".repeat(20) + "  c  " + "3".repeat(20));
    }

    @Test
    void a_heading_with_a_long_remark_is_wrapped() {
        Page page = new Page(60, false).heading("REQUESTS", "a word or two ".repeat(6).strip());

        assertThat(page.toString().lines().skip(1)).hasSize(2).allMatch(one -> one.length() <= 60);
    }

    @Test
    void numbers_read_well() {
        assertThat(Units.bytes(999)).isEqualTo("999 B");
        assertThat(Units.bytes(1000)).isEqualTo("1.0 kB");
        assertThat(Units.bytes(999_600)).isEqualTo("1.0 MB");
        assertThat(Units.bytes(Long.MAX_VALUE)).isEqualTo("9.2 EB");
        assertThat(Units.duration(59_600_000_000L)).isEqualTo("1 min");
        assertThat(Units.duration(185_000_000_000L)).isEqualTo("3 min 5 s");
        assertThat(Units.count(1, "packet")).isEqualTo("1 packet");
        assertThat(Units.count(1234, "packet")).isEqualTo("1,234 packets");
    }
}
