package io.hark.intel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.UserError;
import io.hark.bytes.Csv;
import io.hark.intel.Indicator.Kind;
import io.hark.schema.Addr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntelFileTest {

    @TempDir Path dir;

    private Intel read(String text) throws IOException {
        Path file = dir.resolve("feed");
        Files.writeString(file, text);
        return IntelFile.read(List.of(file));
    }

    private static @Nullable Indicator address(Intel intel, String text) {
        return intel.address(Objects.requireNonNull(Addr.parse(text)));
    }

    @Test
    void a_domain_is_itself_and_what_lies_below() throws IOException {
        Intel intel = read("indicator,type,context\nEvil[.]Example,domain,a family\n");
        assertThat(intel.domain("evil.example")).isNotNull();
        assertThat(intel.domain("A.b.EVIL.example.")).isNotNull();
        assertThat(intel.domain("notevil.example")).isNull();
        assertThat(intel.domain("example")).isNull();
        assertThat(Objects.requireNonNull(intel.domain("evil.example")).context())
                .isEqualTo("a family");
    }

    @Test
    void networks_of_several_lengths_are_told_apart() throws IOException {
        Intel intel = read("198.51.100.0/24,ip\n203.0.113.128/25,network\n2001:db8::/32\n");
        assertThat(address(intel, "198.51.100.255")).isNotNull();
        assertThat(address(intel, "198.51.101.0")).isNull();
        assertThat(address(intel, "203.0.113.127")).isNull();
        assertThat(address(intel, "203.0.113.128")).isNotNull();
        assertThat(address(intel, "2001:db8:1::1")).isNotNull();
        assertThat(address(intel, "2001:db9::1")).isNull();
    }

    @Test
    void a_url_matches_without_scheme_and_usual_port_and_with_any_query() throws IOException {
        Intel intel = read("hxxps://Evil.example:443/Get#top,url\nevil.example/q?a=1,url\n");
        assertThat(intel.url("EVIL.example:80", "/Get")).isNotNull();
        assertThat(intel.url("evil.example", "/Get?x=1")).isNotNull();
        assertThat(intel.url(null, "http://evil.example/Get")).isNotNull();
        assertThat(intel.url("evil.example", "/get")).isNull();
        assertThat(intel.url("evil.example", "/q?a=2")).isNull();
        assertThat(intel.url("evil.example:8080", "/Get")).isNull();
        assertThat(intel.url(null, "/Get")).isNull();
    }

    @Test
    void what_a_case_wrote_is_read_back() throws IOException {
        String text =
                Csv.line(List.of("indicator", "type", "first", "last", "count", "context"))
                        + Csv.line(List.of("192.0.2.7", "ip", "", "", "3", "finding x: \"a, b\""))
                        + Csv.line(List.of("-bad.example", "domain", "", "", "1", "=1"))
                        + Csv.line(List.of("a".repeat(32), "ja3", "", "", "1", ""));
        Intel intel = read(text);
        assertThat(intel.size()).isEqualTo(3);
        assertThat(Objects.requireNonNull(address(intel, "192.0.2.7")).context())
                .isEqualTo("finding x: \"a, b\"");
        assertThat(intel.domain("-bad.example")).isNotNull();
        assertThat(intel.exact(Kind.JA3, "A".repeat(32))).isNotNull();
    }

    @Test
    void a_zeek_file_is_read() throws IOException {
        Intel intel =
                read(
                        "#separator \\x09\n#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\n"
                                + "192.0.2.9\tIntel::ADDR\tlab\tbad host\n"
                                + "192.0.2.64/26\tIntel::SUBNET\tlab\t-\n"
                                + "curl/7\tIntel::SOFTWARE\tlab\t-\n"
                                + "evil.example/a\tIntel::URL\tlab\t-\n");
        assertThat(intel.size()).isEqualTo(3);
        assertThat(Objects.requireNonNull(address(intel, "192.0.2.9")).context())
                .isEqualTo("bad host");
        assertThat(address(intel, "192.0.2.70")).isNotNull();
        assertThat(intel.url("evil.example", "/a")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    [ipv4-addr:value = '192.0.2.1']                                       | 1
                    [ipv4-addr:value='192.0.2.0/24' OR domain-name:value = 'evil.example'] | 2
                    [domain-name:value = 'a.example'] OR [url:value = 'http://b.example/'] | 2
                    [file:hashes.'SHA-256' = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'] | 1
                    [ipv4-addr:value = '192.0.2.1' AND domain-name:value = 'a.example']   | 0
                    [domain-name:value != 'a.example']                                    | 0
                    [domain-name:value LIKE '%.example']                                  | 0
                    [domain-name:value = 'a.example'] FOLLOWEDBY [url:value = 'b.example'] | 0
                    [NOT domain-name:value = 'a.example']                                 | 0
                    [process:name = 'it\\'s']                                             | 0
                    """)
    void only_equality_and_or_of_stix_are_read(String pattern, int indicators) throws IOException {
        String bundle =
                """
                {"type": "bundle", "x": {"objects": [1]}, "objects": [
                  {"type": "malware", "name": "m"},
                  {"type": "indicator", "name": "n", "pattern": "%s", "pattern_type": "stix"},
                  {"type": "indicator", "revoked": true, "pattern": "[url:value = 'c.example/']"}]}
                """
                        .formatted(pattern.replace("\\", "\\\\"));
        assertThat(read(bundle).size()).isEqualTo(indicators);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    indicator,type~192.0.2.999,ip           | :2: '192.0.2.999' is no address
                    192.0.2.1,ip~com,domain                 | :2: 'com' is no domain of two labels or more
                    abc,md5                                 | :1: 'abc' is no hash
                    what is this                            | :1: 'what is this' looks like nothing
                    "192.0.2.1,ip                           | :1: a quotation mark is not closed
                    #fields~                                | :1: no column
                    {"objects": [~{"type": "indicator"}]}   | :2: an indicator without a pattern
                    {"objects": [~~}                        | :3: no JSON
                    """)
    void an_error_says_the_line(String text, String message) {
        String lines = text.replace("#fields~", "#fields\ta\n").replace('~', '\n');
        assertThatThrownBy(() -> read(lines))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }
}
