package io.hark.detect.web;

import static io.hark.detect.web.Requests.CLIENT;
import static io.hark.detect.web.Requests.SERVER;
import static io.hark.detect.web.Requests.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Dns;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsCommandsTest {

    private long now = 1_700_000_000_000_000_000L;

    private Dns text(String name, String text) {
        now += 1_000_000_000;
        return new Dns(
                now,
                now,
                "C1",
                new Endpoints(CLIENT, 50_000, SERVER, 53),
                "udp",
                1,
                null,
                name,
                1,
                "C_INTERNET",
                16,
                "TXT",
                0,
                "NOERROR",
                false,
                false,
                true,
                true,
                0,
                List.of("TXT " + text.length() + ' ' + text),
                new long[] {30},
                false,
                0,
                "query");
    }

    @Test
    void a_script_in_an_answer_is_high() {
        Finding finding =
                found(
                                new DnsCommands(),
                                List.of(text("l.c2.example.test", "powershell -c ls; nslookup x")))
                        .getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.HIGH);
        assertThat(finding.techniques()).contains("T1071.004");
        assertThat(finding.title()).contains("c2.example.test");
    }

    @Test
    void many_blocks_of_base64_under_one_domain_are_found() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            events.add(text("l." + i + ".c2.example.test", "@" + "QUJDREVG".repeat(20)));
        }
        assertThat(found(new DnsCommands(), events))
                .extracting(Finding::severity)
                .containsExactly(Severity.MEDIUM);
    }

    @Test
    void texts_that_say_what_they_are_are_nothing() {
        String key = "QUJDREVG".repeat(20);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            events.add(text("s" + i + "._domainkey.example.test", "v=DKIM1; k=rsa; p=" + key));
            events.add(text("example.test", "v=spf1 include:mail.example.test -all"));
            events.add(text("example.test", "site-verification=" + key));
        }
        assertThat(found(new DnsCommands(), events)).isEmpty();
    }
}
