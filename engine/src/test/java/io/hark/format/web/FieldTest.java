package io.hark.format.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldTest {

    @Test
    void a_form_is_names_and_values() {
        assertThat(Field.form("a=1+2&b=%7e&c&=d&&e=%zz%4"))
                .containsExactly(
                        new Field("a", "1 2"),
                        new Field("b", "~"),
                        new Field("c", ""),
                        new Field("", "d"),
                        new Field("e", "%zz%4"));
        assertThat(Field.query("/x?y=1")).containsExactly(new Field("y", "1"));
        assertThat(Field.query("/x")).isEmpty();
    }

    @Test
    void cookies_keep_what_they_hold() {
        assertThat(Field.cookies("a=b==; c=d+e%20"))
                .containsExactly(new Field("a", "b=="), new Field("c", "d+e%20"));
    }

    @Test
    void there_is_a_limit_to_fields() {
        assertThat(Field.form("a&".repeat(1000))).hasSize(Field.MAX_FIELDS);
    }
}
