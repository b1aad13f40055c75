package io.hark.detect.beacons;

import static io.hark.detect.beacons.Traffic.CLIENT;
import static io.hark.detect.beacons.Traffic.INSIDE;
import static io.hark.detect.beacons.Traffic.SECOND;
import static io.hark.detect.beacons.Traffic.SERVER;
import static io.hark.detect.beacons.Traffic.START;
import static io.hark.detect.beacons.Traffic.conn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.schema.Addr;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import io.hark.sensor.KeyedRunner;
import io.hark.sensor.KeyedRunner.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeaconsTest {

    private static final Limits LIMITS = new Limits(Duration.ofSeconds(10), 1 << 14, 1 << 14);

    private final Traffic traffic = new Traffic(42);

    /// All findings, every revision.
    private static List<Finding> all(List<Event> events) {
        List<Finding> found = new ArrayList<>();
        KeyedRunner<Event, Beats, Finding> runner =
                KeyedRunner.of(new Beacons(), LIMITS, found::add);
        events.stream().sorted(Comparator.comparingLong(Event::seen)).forEach(runner::add);
        runner.end();
        return found;
    }

    /// The last revision of each.
    private static List<Finding> last(List<Event> events) {
        Map<String, Finding> last = new LinkedHashMap<>();
        all(events).forEach(finding -> last.put(finding.id(), finding));
        return List.copyOf(last.values());
    }

    private static Finding one(List<Event> events) {
        List<Finding> found = last(events);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static double number(Finding finding, String name) {
        Fact fact =
                finding.evidence().stream()
                        .filter(f -> f.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return fact.number() == null ? Double.NaN : fact.number();
    }

    @Test
    void an_implant_in_half_an_hour_of_capture_is_found_with_its_numbers() {
        Finding found =
                one(traffic.conns(traffic.sleeper(60, 0.1, 30), SERVER, 4444, "tcp", null, 0));
        assertThat(found.severity()).isEqualTo(Severity.HIGH);
        assertThat(found.confidence()).isBetween(0.7, 0.9);
        assertThat(number(found, "period_seconds")).isCloseTo(60, within(2.0));
        assertThat(number(found, "dispersion")).isCloseTo(0.1 / Math.sqrt(3), within(0.02));
        assertThat(number(found, "beats")).isEqualTo(30);
        assertThat(found.orig_h()).isEqualTo(CLIENT);
        assertThat(found.resp_h()).isEqualTo(SERVER);
        assertThat(found.resp_p()).isEqualTo(4444);
        assertThat(found.techniques()).containsExactly("T1095", "T1571");
        assertThat(found.uids()).hasSize(29);
        assertThat(found.title()).startsWith("10.0.0.5 calls 203.0.113.7 port 4444 every ");
        assertThat(found.why()).contains("30 times").contains("requests of one size");
        assertThat(found.next())
                .startsWith(
                        "hark explain DIR --detector beacons --host 10.0.0.5 --peer 203.0.113.7")
                .hasSize(3)
                .allMatch(command -> command.matches("hark (explain|stream|host) DIR .*"));
        assertThat(found.engage())
                .extracting(Finding.Engage::activity)
                .contains("EAC0002", "EAC0016");
    }

    @Test
    void eight_beats_are_enough_and_are_told_with_little_confidence() {
        Finding few =
                one(traffic.conns(traffic.sleeper(60, 0.05, 8), SERVER, 4444, "tcp", null, 0));
        Finding many =
                one(traffic.conns(traffic.sleeper(60, 0.05, 200), SERVER, 4444, "tcp", null, 0));
        assertThat(few.confidence()).isLessThan(0.55);
        assertThat(many.confidence()).isGreaterThan(0.9);
        assertThat(few.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(many.severity()).isEqualTo(Severity.HIGH);
        assertThat(few.id()).isEqualTo(many.id());
        assertThat(last(traffic.conns(traffic.sleeper(60, 0.05, 7), SERVER, 4444, "tcp", null, 0)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.2, 0.3, 0.5})
    void an_hour_of_sleep_with_jitter_is_found(double jitter) {
        Finding found =
                one(traffic.conns(traffic.sleeper(60, jitter, 60), SERVER, 443, "tcp", "ssl", 0.5));
        assertThat(number(found, "period_seconds")).isCloseTo(60, within(6.0));
        assertThat(found.techniques()).containsExactly("T1071.001", "T1573");
    }

    @Test
    void a_period_below_a_second_is_found() {
        Finding found =
                one(traffic.conns(traffic.sleeper(0.5, 0.1, 600), SERVER, 4444, "tcp", null, 0));
        assertThat(number(found, "period_seconds")).isCloseTo(0.5, within(0.01));
    }

    @Test
    void a_short_burst_at_even_steps_is_none() {
        assertThat(last(traffic.conns(traffic.clock(0.1, 0, 40), SERVER, 80, "tcp", null, 0)))
                .isEmpty();
    }

    @Test
    void a_hole_in_the_capture_and_missed_beats_do_not_hide_it() {
        List<Double> times = traffic.missing(traffic.sleeper(60, 0.1, 120), 0.2);
        times.removeIf(t -> t > 2000 && t < 4000);
        Finding found = one(traffic.conns(times, SERVER, 4444, "tcp", null, 0));
        assertThat(number(found, "period_seconds")).isCloseTo(60, within(2.0));
        assertThat(number(found, "missed")).isGreaterThan(8);
    }

    @Test
    void a_check_in_of_three_connections_is_one_beat() {
        List<Double> times = new ArrayList<>();
        for (double t : traffic.sleeper(60, 0.1, 40)) {
            times.addAll(List.of(t, t + 0.3, t + 0.9));
        }
        Finding found = one(traffic.conns(times, SERVER, 4444, "tcp", null, 0));
        assertThat(number(found, "period_seconds")).isCloseTo(60, within(2.0));
    }

    @Test
    void the_same_connection_told_twice_is_one_beat() {
        List<Event> events =
                traffic.conns(traffic.sleeper(60, 0.1, 40), SERVER, 4444, "tcp", null, 0);
        List<Event> twice = new ArrayList<>(events);
        twice.addAll(events);
        assertThat(number(one(twice), "beats")).isEqualTo(40);
    }

    @Test
    void a_long_poll_is_found_by_its_starts() {
        List<Event> events = new ArrayList<>();
        double t = 0;
        for (int i = 0; i < 40; i++) {
            double held = 55 + traffic.random().nextDouble() * 10;
            events.add(conn(t, held, CLIENT, SERVER, 8443, "tcp", "ssl", 300, 200, null));
            t += held + 0.1;
        }
        assertThat(number(one(events), "period_seconds")).isCloseTo(60, within(3.0));
    }

    @Test
    void requests_in_one_connection_are_beats() {
        List<Event> events = new ArrayList<>();
        int depth = 1;
        for (double t : traffic.sleeper(30, 0.1, 40)) {
            events.add(Traffic.http(t, CLIENT, SERVER, "203.0.113.7:80", depth++, 250));
        }
        events.add(conn(0, 1300, CLIENT, SERVER, 80, "tcp", "http", 20_000, 9_000, null));
        Finding found = one(events);
        assertThat(number(found, "beats")).isEqualTo(40);
        assertThat(found.techniques()).containsExactly("T1071.001");
        assertThat(found.uids()).containsExactly("CHTTP");
    }

    @Test
    void a_server_name_behind_many_addresses_is_one() {
        List<Event> events = new ArrayList<>();
        int i = 0;
        for (double t : traffic.sleeper(60, 0.2, 60)) {
            Addr edge = Addr.v4(0xcb00_7100 | i++ % 7);
            events.add(conn(t, 1, CLIENT, edge, 443, "tcp", "ssl", 300, 900, "updates.example"));
        }
        Finding found = one(events);
        assertThat(found.host()).isEqualTo("updates.example");
        assertThat(number(found, "beats")).isEqualTo(60);
    }

    @Test
    void a_poll_between_inside_hosts_by_a_known_protocol_is_low() {
        Finding found =
                one(traffic.conns(traffic.clock(15, 0.01, 200), INSIDE, 9100, "tcp", "ssl", 0));
        assertThat(found.severity()).isEqualTo(Severity.LOW);
        assertThat(found.why()).contains("Both ends are inside");
    }

    @Test
    void something_unknown_of_one_size_between_inside_hosts_is_worth_a_look() {
        Finding found =
                one(traffic.conns(traffic.sleeper(30, 0.2, 100), INSIDE, 4444, "tcp", null, 0));
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void what_passes_between_strangers_is_low() {
        List<Event> events = new ArrayList<>();
        for (double t : traffic.clock(600, 0.01, 100)) {
            events.add(conn(t, 1, Addr.v4(0x0808_0808), SERVER, 4444, "tcp", null, 20, 20, null));
        }
        Finding found = one(events);
        assertThat(found.severity()).isEqualTo(Severity.LOW);
        assertThat(found.why()).contains("Neither end is inside");
    }

    @Test
    void housekeeping_is_not_told() {
        List<Event> events = new ArrayList<>();
        for (double t : traffic.clock(64, 0.01, 200)) {
            events.add(conn(t, 0.02, CLIENT, SERVER, 123, "udp", null, 48, 48, null));
            events.add(conn(t, 0.02, CLIENT, INSIDE, 67, "udp", null, 300, 300, null));
            events.add(conn(t, 0, CLIENT, Addr.v4(0xe000_00fb), 5353, "udp", null, 80, 0, null));
            events.add(conn(t, 0, CLIENT, Addr.v4(0xefff_fffa), 1900, "udp", null, 130, 0, null));
            events.add(conn(t, 0.01, CLIENT, INSIDE, 53, "udp", "dns", 40, 60, null));
        }
        assertThat(last(events)).isEmpty();
    }

    @Test
    void what_only_uses_the_port_of_housekeeping_is_told() {
        List<Event> ntp = new ArrayList<>();
        List<Event> dns = new ArrayList<>();
        for (double t : traffic.clock(64, 0.01, 60)) {
            ntp.add(conn(t, 0.02, CLIENT, SERVER, 123, "udp", null, 4000, 9000, null));
            dns.add(conn(t, 0.02, CLIENT, SERVER, 53, "udp", null, 90, 200, null));
        }
        assertThat(one(ntp).severity()).isGreaterThanOrEqualTo(Severity.MEDIUM);
        assertThat(one(dns).severity()).isGreaterThanOrEqualTo(Severity.MEDIUM);
    }

    @Test
    void people_and_chance_are_not_told() {
        List<Event> events =
                new ArrayList<>(
                        traffic.conns(traffic.browsing(3, 90), SERVER, 443, "tcp", "ssl", 0.5));
        for (int i = 0; i < 40; i++) {
            Addr server = Addr.v4(0xc633_6400 | i);
            events.addAll(traffic.conns(traffic.poisson(60, 200), server, 443, "tcp", "ssl", 0));
        }
        assertThat(last(events)).isEmpty();
    }

    @Test
    void sleeps_of_nearly_any_length_are_told_by_a_day_of_them() {
        for (int seed = 0; seed < 10; seed++) {
            Traffic day = new Traffic(seed);
            List<Double> times = day.missing(day.sleeper(60, 0.9, 1400), 0.1);
            assertThat(last(day.conns(times, SERVER, 443, "tcp", "ssl", 0))).hasSize(1);
            List<Double> chance = day.poisson(60, 1300);
            assertThat(last(day.conns(chance, SERVER, 443, "tcp", "ssl", 0))).isEmpty();
        }
    }

    @Test
    void a_beacon_is_told_while_it_goes_on_and_its_last_revision_counts_all() {
        List<Finding> found =
                all(traffic.conns(traffic.sleeper(60, 0.1, 300), SERVER, 4444, "tcp", null, 0));
        assertThat(found).extracting(Finding::id).containsOnly(found.getFirst().id());
        assertThat(found).extracting(Finding::revision).doesNotHaveDuplicates().isSorted();
        assertThat(found.getFirst().ts()).isLessThan(START + 15 * 60 * SECOND);
        assertThat(found).hasSizeLessThan(12);
        assertThat(number(found.getLast(), "beats")).isEqualTo(300);
    }

    @Test
    void what_stays_silent_for_days_is_forgotten() {
        List<Event> events =
                traffic.conns(traffic.sleeper(60, 0.1, 30), SERVER, 4444, "tcp", null, 0);
        KeyedRunner<Event, Beats, Finding> runner =
                KeyedRunner.of(new Beacons(), LIMITS, finding -> {});
        events.forEach(runner::add);
        runner.add(conn(7 * 86_400, 1, CLIENT, INSIDE, 80, "tcp", null, 1, 1, null));
        assertThat(runner.counters().keys()).isZero();
    }

    @Test
    void a_beacon_once_an_hour_for_two_weeks_fits_the_state() {
        Finding found =
                one(
                        traffic.conns(
                                traffic.sleeper(3600, 0.05, 14 * 24),
                                SERVER,
                                4444,
                                "tcp",
                                null,
                                0));
        assertThat(number(found, "beats")).isEqualTo(14 * 24);
        assertThat(number(found, "period_seconds")).isCloseTo(3600, within(60.0));
    }

    @Test
    void the_state_is_bounded() {
        Beats[] kept = new Beats[1];
        KeyedRunner<Event, Beats, Finding> runner =
                KeyedRunner.of(new Beacons(), LIMITS, finding -> {});
        traffic.conns(traffic.poisson(5, 20_000), SERVER, 4444, "tcp", null, 0.5)
                .forEach(runner::add);
        runner.forEachState((key, state) -> kept[0] = state);
        assertThat(Codec.write(Kind.of(Beats.class), kept[0])).hasSizeLessThan(8_000);
    }

    @Test
    void the_numbers_of_what_did_not_fire_are_told_too() {
        List<List<Fact>> facts = new ArrayList<>();
        Beacons beacons = new Beacons();
        KeyedRunner<Event, Beats, Finding> runner = KeyedRunner.of(beacons, LIMITS, finding -> {});
        traffic.conns(traffic.poisson(5, 100), SERVER, 443, "tcp", "ssl", 0.5).forEach(runner::add);
        runner.forEachState((key, state) -> facts.add(beacons.explain(key, state)));
        assertThat(facts.getFirst())
                .extracting(Fact::name)
                .contains("period_seconds", "surprise", "score");
    }

    @Test
    void saving_and_restoring_at_every_event_gives_the_same_findings() {
        List<Event> events = mixed(7);
        List<Finding> whole = all(events);
        assertThat(whole).isNotEmpty();
        List<Finding> found = new ArrayList<>();
        KeyedRunner<Event, Beats, Finding> runner =
                KeyedRunner.of(new Beacons(), LIMITS, found::add);
        for (Event event : events) {
            byte[] saved = runner.save();
            runner = KeyedRunner.of(new Beacons(), LIMITS, found::add);
            runner.restore(saved);
            runner.add(event);
        }
        runner.end();
        assertThat(found).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void disorder_within_the_lateness_gives_the_same_findings(long seed) {
        List<Event> events = mixed(7);
        List<Finding> whole = all(events);
        Random random = new Random(seed);
        Map<Event, Long> arrival = new java.util.IdentityHashMap<>();
        events.forEach(event -> arrival.put(event, event.seen() + random.nextLong(9 * SECOND)));
        List<Event> disordered = new ArrayList<>(events);
        disordered.sort(Comparator.comparingLong(arrival::get));
        assertThat(disordered).isNotEqualTo(events);
        List<Finding> found = new ArrayList<>();
        KeyedRunner<Event, Beats, Finding> runner =
                KeyedRunner.of(new Beacons(), LIMITS, found::add);
        disordered.forEach(runner::add);
        runner.end();
        assertThat(found).isEqualTo(whole);
    }

    private static List<Event> mixed(long seed) {
        Traffic traffic = new Traffic(seed);
        List<Event> events =
                new ArrayList<>(
                        traffic.conns(traffic.sleeper(60, 0.2, 60), SERVER, 4444, "tcp", null, 0));
        events.addAll(traffic.conns(traffic.clock(30, 0.1, 100), INSIDE, 445, "tcp", null, 0.2));
        events.addAll(
                traffic.conns(
                        traffic.poisson(30, 100), Addr.v4(0x0808_0808), 443, "tcp", "ssl", 0.2));
        for (double t : traffic.sleeper(45, 0.3, 60)) {
            events.add(Traffic.http(t, CLIENT, SERVER, "c2.example", 1, 100));
        }
        events.sort(Comparator.comparingLong(Event::seen));
        return events;
    }
}
