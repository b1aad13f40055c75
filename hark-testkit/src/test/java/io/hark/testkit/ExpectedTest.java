package io.hark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExpectedTest {

    private static List<String> compare(
            String expected, Map<String, List<Map<String, Object>>> seen) {
        return Expected.parse(expected.lines().toList()).compare(seen);
    }

    private static Map<String, Object> dns(String query, Object rtt) {
        return Map.of("query", query, "rtt", rtt, "proto", "udp");
    }

    @Test
    void only_the_named_fields_are_compared() {
        assertThat(
                        compare(
                                "{\"kind\":\"dns\",\"query\":\"a.test\",\"rtt\":0.0102}",
                                Map.of("dns", List.of(dns("a.test", 0.0104)))))
                .isEmpty();
    }

    @Test
    void a_missing_row_says_where_the_nearest_differs() {
        assertThat(
                        compare(
                                "{\"kind\":\"dns\",\"query\":\"a.test\"}",
                                Map.of("dns", List.of(dns("b.test", 1)))))
                .anySatisfy(problem -> assertThat(problem).contains("a.test ≠ b.test"))
                .anySatisfy(problem -> assertThat(problem).contains("nobody expects"));
    }

    @Test
    void every_row_matches_once() {
        String twice =
                "{\"kind\":\"dns\",\"query\":\"a.test\"}\n{\"kind\":\"dns\",\"query\":\"a.test\"}";
        assertThat(compare(twice, Map.of("dns", List.of(dns("a.test", 1))))).hasSize(1);
        assertThat(compare(twice, Map.of("dns", List.of(dns("a.test", 1), dns("a.test", 2)))))
                .isEmpty();
    }

    @Test
    void kinds_that_nobody_names_may_be_there() {
        assertThat(
                        compare(
                                "{\"kind\":\"dns\",\"query\":\"a.test\"}",
                                Map.of(
                                        "dns",
                                        List.of(dns("a.test", 1)),
                                        "conn",
                                        List.of(Map.of()))))
                .isEmpty();
    }

    @Test
    void only_narrows_what_is_compared() {
        String one = "{\"@only\":{\"kind\":\"dns\",\"proto\":\"tcp\"}}";
        assertThat(compare(one, Map.of("dns", List.of(dns("a.test", 1))))).isEmpty();
        assertThat(compare(one, Map.of("dns", List.of(Map.of("proto", "tcp"))))).hasSize(1);
    }

    @Test
    void none_forbids() {
        assertThat(compare("{\"@none\":{\"kind\":\"finding\"}}", Map.of())).isEmpty();
        assertThat(
                        compare(
                                "{\"@none\":{\"kind\":\"finding\"}}",
                                Map.of("finding", List.of(Map.of()))))
                .hasSize(1);
    }

    @Test
    void same_wants_one_value_and_a_row() {
        String same = "{\"@same\":\"query\",\"kind\":\"dns\"}";
        assertThat(compare(same, Map.of("dns", List.of(dns("a.test", 1), dns("a.test", 2)))))
                .isEmpty();
        assertThat(compare(same, Map.of("dns", List.of(dns("a.test", 1), dns("b.test", 2)))))
                .hasSize(1);
        assertThat(compare(same, Map.of())).hasSize(1);
    }

    @Test
    void whole_numbers_match_exactly() {
        assertThat(
                        compare(
                                "{\"kind\":\"dns\",\"rtt\":1}",
                                Map.of("dns", List.of(dns("a.test", 2)))))
                .isNotEmpty();
    }
}
