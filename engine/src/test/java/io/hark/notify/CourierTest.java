package io.hark.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// When a courier goes, told the time by hand.
class CourierTest {

    private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");

    @TempDir private Path dir = Path.of("");

    /// A way that fails as long as it is told to.
    private static final class Way implements Channel {
        private final List<Notice> sent = new ArrayList<>();
        private boolean isOpen = true;

        @Override
        public void send(Notice notice) throws IOException {
            if (!isOpen) {
                throw new IOException("closed");
            }
            sent.add(notice);
        }

        List<String> ids() {
            return sent.stream().map(Notice::id).toList();
        }
    }

    private final Way way = new Way();

    private Courier courier(Outbox outbox, int perMinute) {
        return new Courier("test", way, outbox, Duration.ofDays(1), perMinute);
    }

    private static void put(Outbox outbox, int from, int to, Instant when) throws IOException {
        for (int i = from; i < to; i++) {
            assertThat(outbox.put(Notice.of(Found.finding("f" + i, Severity.HIGH), when))).isTrue();
        }
    }

    /// Goes until there is nothing to do at that time.
    private static Instant drain(Courier courier, Instant now) throws Exception {
        Instant next = courier.step(now);
        while (next != null && !next.isAfter(now)) {
            next = courier.step(now);
        }
        return next == null ? Instant.MAX : next;
    }

    @Test
    void what_waits_goes_in_order_and_is_gone_from_the_disk() throws Exception {
        Outbox outbox = Outbox.open(dir);
        put(outbox, 0, 3, START);
        assertThat(drain(courier(outbox, 10), START)).isEqualTo(Instant.MAX);
        assertThat(way.ids()).containsExactly("f0-high", "f1-high", "f2-high");
        assertThat(Outbox.open(dir).size()).isZero();
    }

    @Test
    void what_does_not_get_there_is_tried_again_ever_later_and_survives_a_restart()
            throws Exception {
        Outbox outbox = Outbox.open(dir);
        put(outbox, 0, 1, START);
        way.isOpen = false;
        Courier courier = courier(outbox, 10);
        Instant now = START;
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            Instant next = drain(courier, now);
            waits.add(Duration.between(now, next).toSeconds());
            now = next;
        }
        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 256L, 256L);
        way.isOpen = true;
        assertThat(drain(courier(Outbox.open(dir), 10), now)).isEqualTo(Instant.MAX);
        assertThat(way.ids()).containsExactly("f0-high");
    }

    @Test
    void what_is_too_old_is_given_up_and_the_next_message_says_so() throws Exception {
        Outbox outbox = Outbox.open(dir);
        put(outbox, 0, 3, START);
        way.isOpen = false;
        Courier courier = courier(outbox, 10);
        drain(courier, START);
        Instant later = START.plus(Duration.ofDays(2));
        drain(courier, later);
        assertThat(courier.counts()).isEqualTo(new Courier.Counts(0, 3, 0));
        way.isOpen = true;
        put(outbox, 3, 4, later);
        drain(courier, later);
        JsonNode told = JsonMapper.builder().build().readTree(way.sent.getFirst().json());
        assertThat(told.get("type").asString()).isEqualTo("digest");
        assertThat(told.get("given_up").asInt()).isEqualTo(3);
        put(outbox, 4, 5, later);
        drain(courier, later);
        assertThat(way.ids().getLast()).as("said once").isEqualTo("f4-high");
    }

    @Test
    void a_flood_is_told_in_few_messages_and_none_is_lost() throws Exception {
        Outbox outbox = Outbox.open(dir);
        put(outbox, 0, 110, START);
        Courier courier = courier(outbox, 3);
        assertThat(drain(courier, START)).isEqualTo(START.plusSeconds(60));
        assertThat(way.sent).hasSize(3);
        drain(courier, START.plusSeconds(60));
        assertThat(way.sent).hasSize(4);
        JsonNode digest = JsonMapper.builder().build().readTree(way.sent.getLast().json());
        assertThat(digest.get("count").asInt()).isEqualTo(107);
        assertThat(digest.get("by_severity").get("high").asInt()).isEqualTo(107);
        assertThat(digest.get("findings")).hasSize(100);
        assertThat(courier.counts()).isEqualTo(new Courier.Counts(110, 0, 0));
    }

    @Test
    void a_crash_between_sending_and_forgetting_repeats_one_message_under_its_id()
            throws Exception {
        Outbox outbox = Outbox.open(dir);
        put(outbox, 0, 2, START);
        Path first = dir.resolve("%018d.json".formatted(1));
        byte[] kept = Files.readAllBytes(first);
        courier(outbox, 10).step(START);
        Files.write(first, kept); // as it was when the power went
        drain(courier(Outbox.open(dir), 10), START);
        assertThat(way.ids()).containsExactly("f0-high", "f0-high", "f1-high");
    }

    @Test
    void a_damaged_file_stops_nobody() throws Exception {
        Outbox outbox = Outbox.open(dir);
        put(outbox, 0, 2, START);
        Files.write(dir.resolve("%018d.json".formatted(1)), new byte[] {(byte) 0xff, '{'});
        Files.write(dir.resolve("begun"), new byte[] {1});
        drain(courier(Outbox.open(dir), 10), START);
        assertThat(way.ids()).containsExactly("f1-high");
        assertThat(dir.resolve("%018d.json.damaged".formatted(1))).exists();
    }
}
