package io.hark.wire;

import static io.hark.wire.Capture.RAW;
import static io.hark.wire.Capture.ip;
import static io.hark.wire.Capture.tcp;
import static io.hark.wire.Capture.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Conn;
import io.hark.event.ConnUpdate;
import io.hark.event.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Long connections tell of themselves while they are open, and what they tell adds up.
class ConnUpdatesTest {

    private static final long START = 1_700_000_000L * 1_000_000_000L;
    private static final int MINUTE = 60_000;
    private static final int HOUR = 60 * MINUTE;

    /// A connection that says something every ten seconds, for so long.
    private static Capture talking(int millis) {
        Capture capture = new Capture(RAW);
        capture.frame(0, ip(1, 2, 6, tcp(40_000, 4444, "S", 100, 0, "")));
        capture.frame(1, ip(2, 1, 6, tcp(4444, 40_000, "S.", 500, 101, "")));
        capture.frame(2, ip(1, 2, 6, tcp(40_000, 4444, ".", 101, 501, "")));
        int asked = 101;
        int told = 501;
        for (int at = 10_000; at < millis; at += 10_000) {
            capture.frame(at, ip(1, 2, 6, tcp(40_000, 4444, "P.", asked, told, "ping")));
            asked += 4;
            capture.frame(at + 5, ip(2, 1, 6, tcp(4444, 40_000, "P.", told, asked, "pong!")));
            told += 5;
        }
        return capture;
    }

    private static long minutes(long nanos) {
        return TimeUnit.NANOSECONDS.toMinutes(nanos - START);
    }

    @Test
    void a_connection_of_three_hours_is_seen_within_its_first_minute() {
        Capture capture = talking(3 * HOUR);
        List<ConnUpdate> updates = EventsOf.kind(ConnUpdate.class, capture, 1);
        assertThat(updates)
                .extracting(update -> minutes(update.seen()))
                .as("after 1 minute, 10 minutes, then hourly, and at the end")
                .containsExactly(1L, 10L, 60L, 120L, 179L);
        ConnUpdate first = updates.getFirst();
        assertThat(first.orig_pkts())
                .as("no more than was there then, give or take a tick")
                .isBetween(7L, 9L);
        assertThat(first.duration()).isLessThanOrEqualTo(66L * 1_000_000_000L);
        assertThat(first.ended()).isFalse();
        assertThat(updates.getLast().ended()).isTrue();
        isWhole(EventsOf.all(capture, 1));
    }

    /// What comes live has no frames behind it: an update is told when its time has come.
    @Test
    void on_a_live_wire_an_update_comes_with_the_clock_and_no_packet_is_needed() {
        List<Event> told = new ArrayList<>();
        Setup.Checksums ignore = Setup.Checksums.IGNORE;
        Setup setup = Setup.builder().checksums(ignore).maxConnections(1_000).build();
        Engine engine = new Engine(setup, EventsOf.into(told));
        Intake intake = new Intake(new Layers(ignore));
        Chunk chunk = Source.chunk();
        long bytes = 0;
        for (int second = 0; second <= 130; second++) { // a packet every half minute
            intake.begin(chunk);
            if (second % 30 == 0) {
                byte[] packet = ip(1, 2, 17, udp(40_000, 9, new byte[11]));
                int at = intake.place(packet.length);
                System.arraycopy(packet, 0, intake.memory(), at, packet.length);
                long now = START + second * 1_000_000_000L;
                intake.add(now, packet.length, packet.length, RAW, false);
                bytes += 11;
            }
            intake.quiet(START + second * 1_000_000_000L + 1);
            intake.finish(false);
            engine.process(chunk, 0, 1);
            if (second == 59) {
                assertThat(told).isEmpty();
            }
            if (second == 60) {
                assertThat(told).as("at the second that it is due").hasSize(1);
            }
        }
        engine.finish(Long.MAX_VALUE);
        isWhole(told);
        assertThat(((Conn) told.get(1)).orig_bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_deltas_of_any_connection_add_up_to_its_last_row(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Capture capture = new Capture(RAW);
        long[] next = new long[20];
        int millis = 0;
        for (int i = 0; i < 4_000; i++) {
            millis += random.nextInt(random.nextInt(20) == 0 ? 50_000 : 4_000);
            int pair = random.nextInt(next.length);
            boolean asks = random.nextBoolean();
            int from = asks ? 1 + pair : 100 + pair;
            int to = asks ? 100 + pair : 1 + pair;
            int src = asks ? 40_000 : 4444;
            int dst = asks ? 4444 : 40_000;
            String text = "x".repeat(random.nextInt(40));
            String flags = random.nextInt(60) == 0 ? "F." : random.nextInt(60) == 0 ? "S" : "P.";
            byte[] packet =
                    pair % 4 == 0
                            ? ip(from, to, 17, udp(src, dst, new byte[random.nextInt(40)]))
                            : ip(from, to, 6, tcp(src, dst, flags, 1000 + next[pair], 1, text));
            next[pair] += text.length();
            capture.frame(millis, packet);
        }
        List<Event> events = EventsOf.all(capture, 1);
        isWhole(events);
        assertThat(EventsOf.all(capture, 3)).usingRecursiveComparison().isEqualTo(events);
    }

    private static void isWhole(List<Event> events) {
        Map<String, long[]> sums = new HashMap<>();
        Map<String, ConnUpdate> latest = new HashMap<>();
        Set<String> rows = new HashSet<>();
        for (Event event : events) {
            if (event instanceof ConnUpdate update) {
                long[] sum = sums.computeIfAbsent(update.uid(), _ -> new long[4]);
                sum[0] += update.orig_bytes_new();
                sum[1] += update.resp_bytes_new();
                sum[2] += update.orig_pkts_new();
                sum[3] += update.resp_pkts_new();
                ConnUpdate before = latest.put(update.uid(), update);
                assertThat(update.number()).isEqualTo(before == null ? 1 : before.number() + 1);
                assertThat(before == null || !before.ended()).isTrue();
            }
        }
        for (Event event : events) {
            if (event instanceof Conn conn && conn.updates() > 0) {
                assertThat(sums.get(conn.uid()))
                        .as(conn.toString())
                        .containsExactly(
                                conn.orig_bytes() == null ? 0 : conn.orig_bytes(),
                                conn.resp_bytes() == null ? 0 : conn.resp_bytes(),
                                conn.orig_pkts(),
                                conn.resp_pkts());
                assertThat(latest.get(conn.uid()).ended()).isTrue();
                rows.add(conn.uid());
            }
        }
        assertThat(rows).isNotEmpty().isEqualTo(sums.keySet());
    }
}
