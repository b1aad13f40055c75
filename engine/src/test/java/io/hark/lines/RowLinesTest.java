package io.hark.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Conn;
import io.hark.event.Dns;
import io.hark.event.Event;
import io.hark.event.FileSeen;
import io.hark.event.LogEvent;
import io.hark.event.Ssl;
import io.hark.log.zeek.ZeekLines;
import io.hark.schema.Kind;
import io.hark.wire.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rows of Zeek's logs, as its documentation of log formats tells them.
class RowLinesTest {

    private static final long LATEST = 1_700_000_000_000_000_000L;
    private static final List<Kind<? extends Event>> KINDS =
            List.of(
                    Kind.of(Conn.class),
                    Kind.of(Dns.class),
                    Kind.of(Ssl.class),
                    Kind.of(FileSeen.class));

    private static final String HEAD =
            "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n";
    private static final String IDS = "id.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\t";

    private final LogTally tally = new LogTally();

    private List<Event> read(String name, String text) throws IOException {
        List<Event> all = new ArrayList<>();
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        TextInput reader = new TextInput(List.of(new ZeekLines()), KINDS, LogZones.UTC, tally);
        try (Input input = Input.of(name, new ByteArrayInputStream(octets))) {
            TextEvents events = reader.open(input, LATEST);
            for (Event event = events.next(); event != null; event = events.next()) {
                all.add(event);
            }
            events.part();
        }
        return all;
    }

    @Test
    void a_row_of_a_table_is_the_event_it_was() throws IOException {
        List<Event> events =
                read(
                        "whatever",
                        HEAD
                                + "#path\tconn\n#fields\tts\tuid\t"
                                + IDS
                                + "proto\tservice\tduration\torig_bytes\tconn_state\tlocal_orig\n"
                                + "1300475167.096535\tCx\t2001:db8::1\t5353\t192.0.2.9\t53\tudp\tdns\t0.5\t-\tSF\tF\n"
                                + "#close\t2011-03-18-19-06-08\n");
        Conn conn = (Conn) events.getFirst();
        assertThat(conn.ts()).isEqualTo(1_300_475_167_096_535_000L);
        assertThat(conn.seen()).as("its end").isEqualTo(conn.ts() + 500_000_000L);
        assertThat(conn.uid()).isEqualTo("Cx");
        assertThat(conn.id().orig_h()).hasToString("2001:db8::1");
        assertThat(conn.id().resp_p()).isEqualTo(53);
        assertThat(conn.service()).isEqualTo("dns");
        assertThat(conn.orig_bytes()).as("unset").isNull();
        assertThat(conn.local_orig()).as("as it was logged").isFalse();
        assertThat(conn.local_resp()).as("not logged, not private").isFalse();
        assertThat(conn.ip_proto()).isEqualTo(17);
    }

    @Test
    void lists_and_escapes_of_a_table_are_undone() throws IOException {
        List<Event> events =
                read(
                        "x",
                        HEAD
                                + "#path\tdns\n#fields\tts\tuid\t"
                                + IDS
                                + "proto\tquery\tanswers\tTTLs\n"
                                + "1.5\tC\t192.0.2.1\t1\t192.0.2.2\t53\tudp\ta\\x09b\\\\c\td\\x2ce,f\t60.000000,1.5\n"
                                + "2\tC\t192.0.2.1\t1\t192.0.2.2\t53\tudp\t(empty)\t(empty)\t-\n");
        Dns dns = (Dns) events.getFirst();
        assertThat(dns.query()).isEqualTo("a\tb\\c");
        assertThat(dns.answers()).containsExactly("d,e", "f");
        assertThat(dns.ttls()).containsExactly(60_000_000_000L, 1_500_000_000L);
        Dns empty = (Dns) events.get(1);
        assertThat(empty.query()).isEmpty();
        assertThat(empty.answers()).isEmpty();
    }

    @Test
    void objects_are_told_by_their_names_where_the_file_says_nothing() throws IOException {
        List<Event> events =
                read(
                        "-",
                        """
                        {"ts":"2023-11-14T22:13:20.25Z","uid":"C1","id":{"orig_h":"192.0.2.1","orig_p":1,"resp_h":"192.0.2.2","resp_p":443},"version":"TLSv12","cipher":"X","resumed":false,"established":true}
                        {"_path":"conn","ts":1700000001,"uid":"C2","id.orig_h":"192.0.2.1","id.orig_p":1,"id.resp_h":"192.0.2.2","id.resp_p":2,"proto":"tcp"}
                        """);
        Ssl ssl = (Ssl) events.getFirst();
        assertThat(ssl.ts()).isEqualTo(1_700_000_000_250_000_000L);
        assertThat(ssl.proto()).isEqualTo("tcp");
        assertThat(ssl.established()).isTrue();
        assertThat(events.get(1)).isInstanceOf(Conn.class);
    }

    @Test
    void a_file_of_old_zeek_has_its_hosts_in_sets() throws IOException {
        List<Event> events =
                read(
                        "files.log",
                        """
                        {"ts":1,"fuid":"F","tx_hosts":["192.0.2.2"],"rx_hosts":["192.0.2.1"],"conn_uids":["C"],"source":"HTTP","depth":0,"is_orig":false}
                        """);
        FileSeen file = (FileSeen) events.getFirst();
        assertThat(file.uid()).isEqualTo("C");
        assertThat(file.id().orig_h()).hasToString("192.0.2.1");
        assertThat(file.id().resp_h()).hasToString("192.0.2.2");
    }

    @Test
    void what_is_no_kind_of_ours_stays_a_line() throws IOException {
        List<Event> events =
                read(
                        "notice.log",
                        """
                        {"_path":"notice","ts":1700000000.5,"uid":"C","note":"SSH::Password_Guessing","msg":"guessed","src":"192.0.2.1"}
                        {"_path":"loaded_scripts","name":"base/init"}
                        """);
        LogEvent notice = (LogEvent) events.getFirst();
        assertThat(notice.module()).isEqualTo("zeek");
        assertThat(notice.rule_name()).isEqualTo("SSH::Password_Guessing");
        assertThat(notice.source().ip()).hasToString("192.0.2.1");
        assertThat(((LogEvent) events.get(1)).ts_source()).isEqualTo("line before");
    }

    @Test
    void a_row_that_is_not_whole_is_counted() throws IOException {
        List<Event> events =
                read("x", HEAD + "#path\tconn\n#fields\tts\tuid\n1\tC\n1\n1\tC\tmore\n");
        assertThat(events)
                .as("one without addresses, and two that are no rows")
                .hasSize(3)
                .hasOnlyElementsOfType(LogEvent.class);
        assertThat(tally.counters()).containsEntry("log_lines_unread", 2L);
    }

    @Test
    void a_row_without_a_time_has_that_of_the_row_before_or_of_the_file() throws IOException {
        List<Event> events =
                read(
                        "x",
                        "\t"
                                + HEAD
                                + "#path\tconn\n#fields\tts\tuid\t"
                                + IDS
                                + "proto\n"
                                + "XXXX\tC\t192.0.2.1\t1\t192.0.2.2\t2\ttcp\n"
                                + "5\tC\t192.0.2.1\t1\t192.0.2.2\t2\ttcp\n"
                                + "-\tC\t192.0.2.1\t1\t192.0.2.2\t2\ttcp\n");
        assertThat(events)
                .extracting(Event::ts)
                .containsExactly(LATEST, 5_000_000_000L, 5_000_000_000L);
        assertThat(((Conn) events.getFirst()).conn_state())
                .as("what has to be there and is not")
                .isEmpty();
    }

    @Test
    void numbers_beyond_what_numbers_hold_are_absent() throws IOException {
        List<Event> events =
                read(
                        "conn.log",
                        """
                        {"ts":1e3,"uid":"C","id.orig_h":"192.0.2.1","id.orig_p":1,"id.resp_h":"192.0.2.2","id.resp_p":2,"proto":"tcp","duration":1e999999999,"orig_bytes":99999999999999999999999,"resp_bytes":"x"}
                        """);
        Conn conn = (Conn) events.getFirst();
        assertThat(conn.ts()).isEqualTo(1_000_000_000_000L);
        assertThat(conn.orig_bytes()).isNull();
        assertThat(conn.resp_bytes()).isNull();
    }
}
