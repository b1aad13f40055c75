package io.hark.detect.middle;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Detector;
import io.hark.event.Dns;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.event.Neighbor;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import io.hark.sensor.KeyedRunner;
import io.hark.sensor.KeyedRunner.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MiddleTest {

    private static final Addr ASKER = Addr.v4(0x0a000005);
    private static final Addr ANSWERER = Addr.v4(0x0a000066);
    private static final Addr GATEWAY = Addr.v4(0x0a000001);
    private static final long MINUTE = 60_000_000_000L;
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(10), 1 << 10, 1 << 10);

    private long now = 1_700_000_000_000_000_000L;

    private static <S extends Stored> List<Finding> found(
            Detector<S> detector, List<Event> events) {
        Map<String, Finding> last = new LinkedHashMap<>();
        KeyedRunner<Event, S, Finding> runner =
                KeyedRunner.of(detector, LIMITS, finding -> last.put(finding.id(), finding));
        events.forEach(runner::add);
        runner.end();
        return List.copyOf(last.values());
    }

    private Dns answer(String name) {
        now += 1_000_000_000;
        return new Dns(
                now,
                now,
                "C1",
                new Endpoints(ASKER, 50_000, ANSWERER, 5355),
                "udp",
                1,
                null,
                name,
                1,
                "C_INTERNET",
                1,
                "A",
                0,
                "NOERROR",
                false,
                false,
                false,
                false,
                0,
                List.of("10.0.0.102"),
                new long[] {30},
                false,
                0,
                "query");
    }

    private Neighbor claim(long card, long replies, long unasked) {
        now += MINUTE;
        return new Neighbor(
                now, now, "arp", GATEWAY, ASKER, card, null, null, MINUTE, 0, replies, unasked, 0,
                0, 0, 0);
    }

    @Test
    void a_host_that_answers_for_many_names_is_found() {
        List<Event> events = new ArrayList<>();
        for (String name : List.of("printsrv", "fileserv", "intranett", "mial")) {
            events.add(answer(name));
        }
        Finding finding = found(new ForeignNames(), events).getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding.orig_h()).isEqualTo(ANSWERER);
        assertThat(finding.techniques()).contains("T1557.001");
    }

    @Test
    void a_host_that_answers_for_wpad_is_found_and_for_itself_is_not() {
        assertThat(found(new ForeignNames(), List.of(answer("wpad")))).hasSize(1);
        assertThat(found(new ForeignNames(), List.of(answer("pc7"), answer("pc7")))).isEmpty();
    }

    @Test
    void two_cards_that_claim_the_gateway_in_turn_are_found() {
        Finding finding =
                found(
                                new ForgedNeighbor(),
                                List.of(claim(1, 1, 0), claim(2, 12, 12), claim(1, 1, 0)))
                        .getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.HIGH);
        assertThat(finding.techniques()).containsExactly("T1557.002");
    }

    @Test
    void a_machine_that_was_replaced_is_nothing() {
        assertThat(
                        found(
                                new ForgedNeighbor(),
                                List.of(claim(1, 1, 0), claim(2, 1, 1), claim(2, 1, 0))))
                .isEmpty();
    }
}
