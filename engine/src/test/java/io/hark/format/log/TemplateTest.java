package io.hark.format.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.event.LogDraft;
import org.junit.jupiter.api.Test;

class TemplateTest {

    private final LogDraft draft = new LogDraft();

    private boolean read(String template, String text) {
        draft.clear();
        return Template.of(template).read(text, draft);
    }

    @Test
    void columns_take_what_they_hold() {
        assertThat(
                        read(
                                "Deny {network.transport} from {source.ip}/{source.port} on {rule.name:text} by {user}",
                                "Deny tcp from 2001:db8::1/80 on a b by EX\\alice."))
                .isTrue();
        assertThat(draft.text("source.ip")).isEqualTo("2001:db8::1");
        assertThat(draft.text("source.port")).isEqualTo("80");
        assertThat(draft.text("rule.name")).isEqualTo("a b");
        assertThat(draft.text("user.domain")).isEqualTo("EX");
    }

    @Test
    void a_name_may_stand_where_an_address_is_due() {
        assertThat(read("from {source.ip}:{source.port}", "from host.example:22")).isTrue();
        assertThat(draft.text("source.domain")).isEqualTo("host.example");
    }

    @Test
    void what_stands_in_brackets_may_be_missing() {
        String template = "user {user}[ from {source.ip}] \\[{event.code}\\]";
        assertThat(read(template, "user alice from 192.0.2.1 [7]")).isTrue();
        assertThat(draft.text("source.ip")).isEqualTo("192.0.2.1");
        assertThat(read(template, "user alice [7]")).isTrue();
        assertThat(draft.text("user.name")).isEqualTo("alice");
        assertThat(draft.text("event.code")).isEqualTo("7");
    }

    @Test
    void a_last_word_is_whole() {
        assertThat(read("user {user}", "user john.doe, then")).isTrue();
        assertThat(draft.text("user.name")).isEqualTo("john.doe");
    }

    @Test
    void one_of_several_words_is_taken() {
        assertThat(read("{event.action=permit|deny} it", "deny it")).isTrue();
        assertThat(read("{event.action=permit|deny} it", "drop it")).isFalse();
    }

    @Test
    void a_column_that_there_is_not_is_a_slip() {
        assertThatThrownBy(() -> Template.of("{sourceip}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// With backtracking over the bars there are two to the twentieth ways to fail.
    @Test
    void a_text_of_nothing_but_signs_is_given_up_at_once() {
        String columns = "{rule.name:text}|".repeat(20);
        assertThat(read(columns + "!", "|".repeat(5000))).isFalse();
        assertThat(
                        read(
                                "a {rule.name}:{source.ip} b " + "{:word}:".repeat(12),
                                "a " + ":".repeat(5000)))
                .isFalse();
    }
}
