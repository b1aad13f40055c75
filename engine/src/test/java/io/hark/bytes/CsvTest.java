package io.hark.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=cmd|' /C calc'!A0",
                "+1",
                "-1+1",
                "-",
                "@SUM(A1)",
                " =1+1",
                "\t=1",
                "\r=1",
                "\uff1d1+1",
                "|calc",
                "%0A=1"
            })
    void a_formula_is_none(String cell) {
        assertThat(Csv.line(List.of(cell)).replaceFirst("^\"", "")).matches("(?s)['\\\\].*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "-1.5", "12.25e-3"})
    void a_number_is_itself(String cell) {
        assertThat(Csv.line(List.of(cell))).isEqualTo(cell + "\r\n");
    }

    @Test
    void separators_and_quotes_stand_in_quotes() {
        assertThat(Csv.line(List.of("a", "b,c", "say \"x\"", "", " d")))
                .isEqualTo("a,\"b,c\",\"say \"\"x\"\"\",\"\",\" d\"\r\n");
    }

    @Test
    void nothing_moves_a_cursor() {
        assertThat(Csv.line(List.of("a\u001b[2Jb\nc"))).isEqualTo("a\\u{1b}[2Jb\\nc\r\n");
    }
}
