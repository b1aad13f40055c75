package io.hark.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.UserError;
import io.hark.event.Anomaly;
import io.hark.event.Dns;
import io.hark.event.Endpoints;
import io.hark.schema.Addr;
import io.hark.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {

    private static final long NOON = 1_767_268_800_000_000_000L; // 2026-01-01T12:00:00Z
    private static final long SECOND = 1_000_000_000L;

    @TempDir Path dir;

    @BeforeEach
    void fill() throws IOException {
        try (Store store = new Store(dir)) {
            store.accept(dns(0, "C1", "10.0.0.1", "www.example.com", 20_000_000L, "192.0.2.7"));
            store.accept(dns(60, "C2", "10.0.0.200", "EVIL_1.example", 3 * SECOND, "198.51.100.9"));
            store.accept(dns(3600, "C3", "10.0.1.1", "100%.example", null, null));
            store.accept(dns(7200, "C4", "2001:db8::1:5", "it's \"quoted\"", null, "2001:db8::9"));
            store.accept(
                    new Anomaly(
                            NOON + 7200 * SECOND,
                            NOON + 7200 * SECOND,
                            "C4",
                            ends("2001:db8::1:5"),
                            "dns_odd",
                            "host www.example.com",
                            false,
                            "dns"));
        }
    }

    private static Endpoints ends(String orig) {
        return new Endpoints(
                Objects.requireNonNull(Addr.parse(orig)),
                40_000,
                Objects.requireNonNull(Addr.parse("192.0.2.53")),
                53);
    }

    private static Dns dns(
            long seconds,
            String uid,
            String orig,
            String query,
            @Nullable Long rtt,
            @Nullable String answer) {
        long ts = NOON + seconds * SECOND;
        return new Dns(
                ts,
                ts,
                uid,
                ends(orig),
                "udp",
                7,
                rtt,
                query,
                1,
                "C_INTERNET",
                1,
                "A",
                answer == null ? 3 : 0,
                answer == null ? "NXDOMAIN" : "NOERROR",
                false,
                false,
                true,
                true,
                0,
                answer == null ? null : List.of("cdn.example", answer),
                answer == null ? null : new long[] {60 * SECOND, 300 * SECOND},
                false,
                0,
                "query");
    }

    private String found(String search) {
        try (Query query = Query.open(dir)) {
            StringBuilder uids = new StringBuilder();
            for (Search.Hit hit : new Search(query).find(search, 100).hits()) {
                uids.append(uids.isEmpty() ? "" : " ")
                        .append(hit.kind().equals("dns") ? "" : hit.kind() + ":")
                        .append(hit.text("uid"));
            }
            return uids.toString();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    query:www.example.com                    | C1
                    query:WWW.EXAMPLE.COM                    | C1
                    query:*.example                          | C2 C3
                    query:evil?1.example                     | C2
                    query:"*.example"                        | ~~
                    query:100%.example                       | C3
                    query:%.example                          | ~~
                    dns.query:*.example.*                    | C1
                    name:www.*                               | C1
                    id.orig_h:10.0.0.1                       | C1
                    orig_h:10.0.0.1                          | C1
                    src:10.0.0.0/24                          | C1 C2
                    src:10.0.0.128/25                        | C2
                    ip:10.0.0.0/23 kind:dns                  | C1 C2 C3
                    ip:2001:db8::/32 kind:dns                | C4
                    ip:2001:db8:0:0:0:0:1:0/112 kind:dns     | C4
                    ip:2001:db8::/112 kind:dns               | ~~
                    src:10.0.0.*                             | C1 C2
                    src:0.0.0.0/0                            | C1 C2 C3
                    rcode:3                                  | C3
                    rcode:>0                                 | C3
                    rcode:0..2                               | C1 C2 C4
                    trans_id:<=7 -rcode:0                    | C3
                    rtt:>1s                                  | C2
                    rtt:10ms..1m                             | C1 C2
                    rtt:<0.5                                 | C1
                    rtt:*                                    | C1 C2
                    NOT rtt:* kind:dns                       | C3 C4
                    RD:true                                  | C1 C2 C3 C4
                    RD:no                                    | ~~
                    answers:198.51.100.9                     | C2
                    answers:CDN.*                            | C1 C2 C4
                    TTLs:300                                 | C1 C2 C4
                    since:-1h                                | C3 anomaly:C4 C4
                    until:2026-01-01T12:01                   | C1 C2
                    ts:2026-01-01T12:01                      | C2
                    ts:>2026-01-01T12:00:30Z kind:dns        | C2 C3 C4
                    ts:2026-01-01                            | C1 C2 C3 anomaly:C4 C4
                    day:2026-01-01 rcode:3                   | C3
                    kind:anomaly                             | anomaly:C4
                    kind:d*                                  | C1 C2 C3 C4
                    query:www.* OR rcode:3                   | C1 C3
                    (query:www.* OR rcode:3) src:10.0.1.0/24 | C3
                    kind:dns NOT (query:www.* OR rcode:3)    | C2 C4
                    kind:dns -(query:www.*) AND -rcode:3     | C2 C4
                    www.example.com                          | C1 anomaly:C4
                    "www.example"                            | C1 anomaly:C4
                    www.*.com                                | C1 anomaly:C4
                    10.0.0.200                               | C2
                    192.0.2.7                                | C1
                    it's                                     | C4
                    "\\"quoted\\""                           | C4
                    "x' OR 1=1 --"                           | ~~
                    query:x'+chr(65                          | ~~
                    query:"'); DROP VIEW dns; --"            | ~~
                    query:?                                  | ~~
                    http://evil.example/                     | ~~
                    method:POST                              | ~~
                    """)
    void finds(String search, String uids) {
        assertThat(found(search)).isEqualTo(uids);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    quary:x               | there is no field 'quary'; nearest: query         | 0
                    rcode:0 orgi_h:x      | there is no field 'orgi_h'; nearest: id.orig_h    | 8
                    zzzzzzzz:x            | there is no field 'zzzzzzzz'                      | 0
                    x) OR (1=1            | a ')' without its '('                             | 1
                    "x\\" OR 1=1          | a quote that is not closed                        | 0
                    rcode:abc             | rcode takes a number                              | 6
                    rtt:5lightyears       | rtt takes a time                                  | 4
                    src:10.0.0.0/33       | src takes an address                              | 4
                    RD:maybe              | RD takes true or false                            | 3
                    since:yesterday       | since takes a time                                | 6
                    kind:nds              | there is no kind 'nds'                            | 5
                    query:                | a value is missing behind 'query:'                | 6
                    query:"               | a quote that is not closed                        | 6
                    query:"a"b            | a blank is missing behind the quote               | 9
                    (query:x              | a '(' without its ')'                             | 0
                    query:x)              | a ')' without its '('                             | 7
                    query:x OR            | nothing behind OR                                 | 8
                    OR query:x            | a field or a word is missing here                 | 0
                    NOT                   | nothing behind NOT                                | 0
                    - x                   | nothing behind NOT                                | 0
                    ()                    | a field or a word is missing here                 | 1
                    """)
    void says_what_is_wrong_and_where(String search, String says, String column) {
        assertThatThrownBy(() -> found(search))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(says)
                .message()
                .endsWith("\n  " + " ".repeat(Integer.parseInt(column)) + "^");
    }

    @Test
    void is_bounded() {
        assertThatThrownBy(() -> found("(".repeat(10_000) + "x" + ")".repeat(10_000)))
                .hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> found("NOT ".repeat(10_000) + "x"))
                .hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> found("x ".repeat(10_000))).hasMessageContaining("more than");
        assertThatThrownBy(() -> found("  ")).hasMessageContaining("an empty search");
    }

    @Test
    void the_first_hits_by_time_are_given_and_that_there_are_more() {
        try (Query query = Query.open(dir)) {
            Search.Found found = new Search(query).find("src:10.0.0.0/8", 2);
            assertThat(found.isMore()).isTrue();
            assertThat(found.hits()).extracting(hit -> hit.text("uid")).containsExactly("C1", "C2");
            assertThat(found.hits().getFirst().json())
                    .startsWith("{\"kind\":\"dns\",\"ts\":\"2026-01-01T12:00:00Z\"");
            assertThat(new Search(query).find("src:10.0.0.0/8", 3).isMore()).isFalse();
        }
    }

    @Test
    void a_list_that_no_row_has_can_be_read() throws IOException {
        Path empty = dir.resolve("none");
        try (Store store = new Store(empty)) {
            store.accept(dns(3600, "C3", "10.0.1.1", "a.example", null, null));
        }
        try (Query query = Query.open(empty)) {
            assertThat(query.rows("SELECT answers, TTLs FROM dns").getFirst())
                    .containsEntry("answers", null)
                    .containsEntry("TTLs", null);
        }
    }

    @Test
    void events_are_read_back_as_they_were() {
        try (Query query = Query.open(dir)) {
            List<Dns> read = query.events(io.hark.schema.Kind.of(Dns.class), "e.uid = ?", 10, "C2");
            assertThat(read)
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(
                            dns(
                                    60,
                                    "C2",
                                    "10.0.0.200",
                                    "EVIL_1.example",
                                    3 * SECOND,
                                    "198.51.100.9"));
        }
    }
}
