package io.hark.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Conn;
import io.hark.event.Dns;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.schema.Addr;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NamesTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3600 * SECOND;
    private static final String ANNE = "10.0.0.1";
    private static final String BERT = "10.0.0.2";
    private static final String SERVER = "198.51.100.7";

    private final Names names = new Names();

    private void answer(long seconds, String client, String query, long ttlSeconds) {
        Event answer =
                new Dns(
                        seconds * SECOND,
                        seconds * SECOND,
                        "C1",
                        ends(client, "10.0.0.53"),
                        "udp",
                        1,
                        null,
                        query,
                        1,
                        "C_INTERNET",
                        1,
                        "A",
                        0,
                        "NOERROR",
                        false,
                        false,
                        true,
                        true,
                        0,
                        List.of("alias.cdn.example", SERVER),
                        new long[] {60 * SECOND, ttlSeconds * SECOND},
                        false,
                        0,
                        "query");
        assertThat(names.told(answer)).isSameAs(answer);
    }

    private static Endpoints ends(String client, String server) {
        Addr orig = Addr.parse(client);
        Addr resp = Addr.parse(server);
        assertThat(orig).isNotNull();
        assertThat(resp).isNotNull();
        return new Endpoints(orig, 40_000, resp, 443);
    }

    /// What a connection that began then is told: name and source.
    private String conn(long seconds, String client) {
        return conn(seconds, client, null, null);
    }

    private String conn(
            long seconds, String client, @Nullable String said, @Nullable String source) {
        Conn blank = blank(seconds * SECOND, ends(client, SERVER));
        Conn conn = said == null || source == null ? blank : blank.named(said, source, null);
        return names.told(conn) instanceof Conn told && told.resp_name() != null
                ? told.resp_name() + " " + told.name_source()
                : "";
    }

    private static Conn blank(long ts, Endpoints id) {
        return new Conn(
                ts,
                ts,
                "C2",
                id,
                "tcp",
                null,
                null,
                null,
                null,
                "SF",
                true,
                false,
                0,
                null,
                1,
                40,
                1,
                40,
                null,
                6,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                new long[0],
                new long[0],
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                0,
                null,
                null,
                null,
                null);
    }

    @Test
    void the_name_asked_for_is_the_name_whatever_it_is_an_alias_of() {
        answer(10, ANNE, "Www.Example.com", 60);

        assertThat(conn(11, ANNE)).isEqualTo("www.example.com dns");
    }

    @Test
    void what_another_client_asked_says_nothing() {
        answer(10, ANNE, "www.example.com", 60);

        assertThat(conn(11, BERT)).isEmpty();
    }

    @Test
    void an_answer_after_the_connection_began_says_nothing_of_it() {
        answer(10, ANNE, "www.example.com", 60);

        assertThat(conn(9, ANNE)).isEmpty();
    }

    @Test
    void an_answer_lives_an_hour_or_its_time_to_live_but_a_day_at_most() {
        answer(0, ANNE, "short.example", 60);
        assertThat(conn(3600, ANNE)).isEqualTo("short.example dns");
        assertThat(conn(3601, ANNE)).isEmpty();

        answer(0, BERT, "long.example", 1_000_000);
        assertThat(conn(86_400, BERT)).isEqualTo("long.example dns");
        assertThat(conn(86_401, BERT)).isEmpty();
    }

    @Test
    void of_several_names_the_one_answered_last_before_the_connection_counts() {
        answer(10, ANNE, "a.example", 60);
        answer(20, ANNE, "b.example", 60);
        answer(30, ANNE, "a.example", 60);

        assertThat(conn(15, ANNE)).isEqualTo("a.example dns");
        assertThat(conn(25, ANNE)).isEqualTo("b.example dns");
        assertThat(conn(35, ANNE)).isEqualTo("a.example dns");
    }

    @Test
    void a_name_the_client_says_counts_if_any_answer_confirms_it() {
        answer(10, ANNE, "a.example", 60);
        answer(20, ANNE, "b.example", 60);

        assertThat(conn(25, ANNE, "A.example", "sni")).isEqualTo("A.example sni");
        assertThat(conn(25, ANNE, "www.microsoft.test", "host")).isEqualTo("b.example dns");
    }

    @Test
    void without_an_answer_the_connection_has_the_name_that_it_says() {
        assertThat(conn(25, ANNE, "c.example", "sni")).isEqualTo("c.example sni");
        assertThat(conn(26, ANNE)).as("that was said of one connection only").isEmpty();
    }

    @Test
    void a_finding_may_use_what_was_said_in_other_connections_of_the_pair() {
        conn(25, ANNE, "c.example", "sni");

        Endpoints id = ends(ANNE, SERVER);
        assertThat(names.of(id.orig_h(), id.resp_h(), 26 * SECOND))
                .isEqualTo(new HostName("c.example", "sni"));
        assertThat(names.of(id.orig_h(), id.resp_h(), 26 * HOUR)).isNull();
        assertThat(names.of(id.resp_h(), id.orig_h(), 26 * SECOND)).isNull();
    }

    @Test
    void a_certificate_goes_behind_an_answer() {
        answer(10, ANNE, "a.example", 60);

        assertThat(conn(25, ANNE, "localhost", "certificate")).isEqualTo("a.example dns");
        assertThat(conn(25, BERT, "localhost", "certificate")).isEqualTo("localhost certificate");
    }

    @Test
    void the_pair_answered_longest_ago_is_forgotten_first() {
        answer(10, ANNE, "a.example", 60);
        for (int i = 1; i < Names.MAX_KEPT; i++) {
            answer(11, Addr.v4(0x0b00_0000 + i).toString(), "a.example", 60);
        }
        assertThat(conn(12, ANNE)).isEqualTo("a.example dns");

        answer(11, BERT, "a.example", 60);
        assertThat(conn(12, ANNE)).isEmpty();
        assertThat(conn(12, BERT)).isEqualTo("a.example dns");
    }

    @Test
    void of_too_many_names_the_first_ones_are_forgotten() {
        for (int i = 0; i <= Names.MAX_EACH; i++) {
            answer(10 + i, ANNE, "n" + i + ".example", 60);
        }

        assertThat(conn(11, ANNE)).isEqualTo("n1.example dns");
        assertThat(conn(10, ANNE)).isEmpty();
    }
}
