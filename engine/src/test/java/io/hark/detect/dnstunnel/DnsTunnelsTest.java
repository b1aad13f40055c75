package io.hark.detect.dnstunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hark.detect.MadeDns;
import io.hark.detect.Trial;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.format.dns.Domain;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DnsTunnelsTest {

    private static final int A = 1;
    private static final int TXT = 16;
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    private final Random random = new Random(7);

    private String data(int letters) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < letters; i++) {
            text.append(BASE32.charAt(random.nextInt(32)));
        }
        return text.toString();
    }

    @Test
    void data_in_names_is_a_tunnel_with_its_bytes() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            events.add(
                    MadeDns.query(
                            i, data(60) + ".t.example.com", TXT, 0, List.of("TXT 40 " + data(40))));
        }
        Finding found = Trial.one(new DnsTunnels(), events);
        assertThat(found.severity()).isEqualTo(Severity.HIGH);
        assertThat(found.techniques()).startsWith("T1071.004", "T1572");
        assertThat(found.host()).isEqualTo("example.com");
        assertThat(Trial.number(found, "names")).isCloseTo(200, within(20.0));
        assertThat(Trial.number(found, "bytes_per_name")).isBetween(30.0, 40.0);
    }

    @Test
    void orders_in_txt_answers_are_a_channel() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            events.add(
                    MadeDns.query(
                            i, "l." + i + ".ns.example.com", TXT, 0, List.of("TXT " + data(90))));
        }
        assertThat(Trial.one(new DnsTunnels(), events).techniques()).contains("T1071.004");
    }

    @Test
    void hosts_of_a_large_site_are_none() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            String host = List.of("www", "img", "cdn", "api", "static").get(i % 5) + i % 40;
            events.add(MadeDns.query(i, host + ".example.com", A, 0, List.of("203.0.113.7")));
        }
        assertThat(Trial.all(new DnsTunnels(), events)).isEmpty();
    }

    @Test
    void a_mail_server_that_asks_many_domains_for_txt_is_none() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String name = "_dmarc.example" + i + ".org";
            events.add(MadeDns.query(i, name, TXT, 0, List.of("TXT " + data(60))));
            events.add(
                    MadeDns.query(
                            i, "selector1._domainkey.example" + i + ".org", TXT, 0, List.of("x")));
        }
        assertThat(Trial.all(new DnsTunnels(), events)).isEmpty();
    }

    @Test
    void a_name_is_cut_where_it_was_registered() {
        assertThat(Domain.of("a.b.example.com")).isEqualTo(new Domain("example.com", "a.b"));
        assertThat(Domain.of("a.example.co.uk")).isEqualTo(new Domain("example.co.uk", "a"));
        assertThat(Domain.of("example.com")).isEqualTo(new Domain("example.com", ""));
        assertThat(new Domain("x.org", "abcd.ab").longestLabel()).isEqualTo(4);
        assertThat(new Domain("x.org", "abcdabcd").bytes()).isCloseTo(2, within(0.01));
    }
}
