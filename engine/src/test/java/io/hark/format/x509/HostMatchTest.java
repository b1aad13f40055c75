package io.hark.format.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names and wildcards; each row was put to `openssl x509 -checkhost`.
class HostMatchTest {

    private static Certificate certificate(List<String> dns, List<String> commonNames) {
        return new Certificate(
                3,
                "01",
                "",
                "",
                commonNames,
                null,
                null,
                "",
                "",
                null,
                null,
                null,
                null,
                new Extensions(dns, List.of(), List.of(), List.of(), null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.org, www.example.org, true",
        "www.example.org, WWW.Example.ORG, true",
        "www.example.org, example.org, false",
        "*.example.org, www.example.org, true",
        "*.example.org, a.www.example.org, false",
        "*.example.org, example.org, false",
        "*.org, example.org, false",
        "w*.example.org, www.example.org, true",
        "*w.example.org, www.example.org, true",
        "w*w.example.org, www.example.org, false",
        "x*.example.org, www.example.org, false",
        "www.*.org, www.example.org, false",
        "*.*.org, www.example.org, false",
        "*, example, false",
    })
    void patterns(String pattern, String host, boolean expected) {
        assertThat(HostMatch.matches(certificate(List.of(pattern), List.of()), host))
                .isEqualTo(expected);
    }

    @Test
    void common_names_count_only_without_dns_names() {
        assertThat(
                        HostMatch.matches(
                                certificate(List.of(), List.of("a.example", "b.example")),
                                "b.example"))
                .isTrue();
        assertThat(
                        HostMatch.matches(
                                certificate(List.of("c.example"), List.of("b.example")),
                                "b.example"))
                .isFalse();
    }
}
