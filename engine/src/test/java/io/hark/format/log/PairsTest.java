package io.hark.format.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PairsTest {

    @Test
    void a_value_in_quotes_holds_blanks_and_quotes() {
        Pairs pairs =
                Pairs.spaced(
                        "date=2023-01-02 msg=\"a \\\"b\\\" c\" note=\"x \"\"y\"\"\" word n=1", 0);
        assertThat(pairs.get("date")).isEqualTo("2023-01-02");
        assertThat(pairs.get("msg")).isEqualTo("a \"b\" c");
        assertThat(pairs.get("note")).isEqualTo("x \"y\"");
        assertThat(pairs.get("n")).isEqualTo("1");
        assertThat(pairs.size()).isEqualTo(4);
    }

    @Test
    void an_empty_value_in_quotes_ends_where_its_quotes_do() {
        Pairs pairs = Pairs.spaced("a=\"\" b=\"\"", 0);
        assertThat(pairs.get("a")).isEmpty();
        assertThat(pairs.get("b")).isEmpty();
    }

    @Test
    void a_loose_value_goes_on_to_the_next_name() {
        Pairs pairs = Pairs.loose("act=drop it cs1=a\\=b c  msg=the end ", 0);
        assertThat(pairs.get("act")).isEqualTo("drop it");
        assertThat(pairs.get("cs1")).isEqualTo("a\\=b c");
        assertThat(pairs.get("msg")).isEqualTo("the end");
    }

    @Test
    void pairs_between_separators_may_hold_blanks_in_name_and_value() {
        Pairs pairs =
                Pairs.separated("SrcIP: 192.0.2.1, User: no one, URI: http://a/", 0, ',', ':');
        assertThat(pairs.get("SrcIP")).isEqualTo("192.0.2.1");
        assertThat(pairs.get("User")).isEqualTo("no one");
        assertThat(pairs.get("URI")).isEqualTo("http://a/");
    }

    @Test
    void an_open_quote_is_a_character_like_others() {
        assertThat(Pairs.spaced("a=\"b c=d", 0).get("a")).isEqualTo("\"b");
    }
}
