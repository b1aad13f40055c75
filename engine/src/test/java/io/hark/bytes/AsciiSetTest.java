package io.hark.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AsciiSetTest {

    @Test
    void a_text_that_lacks_a_letter_lacks_the_word() {
        AsciiSet has = AsciiSet.of("select 1");
        assertThat(has.holdsAll(AsciiSet.of("let"))).isTrue();
        assertThat(has.holdsAll(AsciiSet.of("="))).isFalse();
        assertThat(has.holdsAll(AsciiSet.of("let me"))).isFalse();
    }

    @Test
    void what_is_no_ascii_is_not_in_it() {
        assertThat(AsciiSet.of("\u00e9\u212a")).isEqualTo(AsciiSet.of(""));
    }

    @Test
    void white_space_is_what_patterns_take_for_it() {
        for (char c = 0; c < 128; c++) {
            String text = String.valueOf(c);
            assertThat(AsciiSet.of(text).holdsSpace())
                    .as("%d", (int) c)
                    .isEqualTo(text.matches("\\s"));
        }
    }
}
