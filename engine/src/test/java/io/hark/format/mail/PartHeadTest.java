package io.hark.format.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartHeadTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attachment; filename=a.txt                                     | a.txt",
                "attachment; filename*=utf-8'en'a%20b.txt                       | a b.txt",
                "attachment; filename*0=one-; filename*1=two.zip                | one-two.zip",
                "attachment; filename*0*=us-ascii'en'a%20; filename*1*=b; filename*2=.zip | a b.zip",
                "attachment; filename*0=one; filename*2=three                   | one",
                "attachment; filename*1=two                                     |",
                "attachment; filename*0=one; filename=whole.txt                 | whole.txt",
            })
    void a_name_may_come_in_pieces(String value, String expected) {
        assertThat(PartHead.parameter(value, "filename")).isEqualTo(expected);
    }
}
