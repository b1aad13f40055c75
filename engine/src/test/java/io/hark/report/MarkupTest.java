package io.hark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkupTest {

    private static final int MAX_TEXT = Markup.MAX_TEXT;

    private static String text(String text) {
        String page = new Markup().open("p").text(text).close("p").toString();
        return page.substring(page.indexOf("<p>") + 3, page.indexOf("</p>"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<script>alert(1)</script>|&lt;script&gt;alert(1)&lt;/script&gt;",
                "a & b|a &amp; b",
                "\" onload='x|&quot; onload=&#39;x",
                "&lt;|&amp;lt;",
            })
    void what_could_become_markup_is_text(String hostile, String shown) {
        assertThat(text(hostile)).isEqualTo(shown);
    }

    @Test
    void characters_that_hide_or_turn_text_are_shown_as_escapes() {
        assertThat(text("a\u202eb\u200b\u0000\u001b\ud800\n"))
                .isEqualTo("a\\u{202e}b\\u{200b}\\u{0}\\u{1b}\\u{d800}\\n");
    }

    @Test
    void marks_do_not_pile_up() {
        assertThat(text("e" + "\u0301".repeat(500))).hasSizeLessThan(6);
    }

    @Test
    void a_text_of_megabytes_is_cut_and_says_so() {
        assertThat(text("x".repeat(5_000_000)))
                .hasSizeLessThan(MAX_TEXT + 60)
                .endsWith("(4,998,000 characters more)");
    }

    @Test
    void texts_of_a_full_page_are_short() {
        Markup out = new Markup();
        while (out.length() < Markup.FULL) {
            out.with("p", "\u202e".repeat(MAX_TEXT));
        }
        long full = out.length();

        out.with("p", "\u202e".repeat(MAX_TEXT)).with("p", "\u4e00".repeat(MAX_TEXT));

        assertThat(out.length() - full).isLessThan(1_000);
    }

    @Test
    void attributes_are_escaped_too() {
        assertThat(new Markup().empty("i", "class", "\"><b a='").toString())
                .endsWith("<i class=\"&quot;&gt;&lt;b a=&#39;\"/>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"onclick", "style", "src"})
    void attributes_that_run_or_load_are_refused(String name) {
        assertThatThrownBy(() -> new Markup().empty("i", name, "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.test/",
                "//evil.test",
                "javascript:x",
                "../../etc/passwd",
                "a/../b"
            })
    void links_stay_in_the_case(String link) {
        assertThatThrownBy(() -> new Markup().empty("a", "href", link))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"b>", "b c", "", "b/"})
    void names_are_plain_words(String name) {
        assertThatThrownBy(() -> new Markup().open(name).close(name))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void elements_close_in_order() {
        assertThatThrownBy(() -> new Markup().open("p").open("b").close("p"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Markup().open("p").toString())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void numbers_of_pictures_have_one_decimal_at_most() {
        assertThat(Markup.n(1.25)).isEqualTo("1.3");
        assertThat(Markup.n(-0.26)).isEqualTo("-0.3");
        assertThat(Markup.n(7)).isEqualTo("7");
    }
}
