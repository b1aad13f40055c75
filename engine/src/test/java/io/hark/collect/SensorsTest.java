package io.hark.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.UserError;
import io.hark.config.Listener;
import io.hark.event.Event;
import io.hark.event.Stats;
import io.hark.sensor.Shipment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sensors and a collector's port, over real TLS on loopback.
class SensorsTest {

    private static final String HOST = "127.0.0.1";
    private static final long PATIENCE = 60_000;
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir private Path dir = Path.of("");

    private final Complaints complaints = new Complaints();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private Path lake;
    private Path spool;
    private Journal journal;
    private Intake intake;
    private JournalReader reader;

    @BeforeEach
    void open() throws IOException {
        lake = dir.resolve("lake");
        spool = dir.resolve("spool");
        journal = Journal.open(dir.resolve("journal"), 16_000_000, Position.START);
        intake = new Intake(journal, new Sources(), new Marks(), InstantSource.system());
        reader = journal.reader(Position.START);
    }

    @AfterEach
    void close() throws IOException {
        reader.close();
        journal.close();
    }

    private Sensors sensors(int port) throws IOException {
        Listener any = Listener.at(Listener.Kind.SENSORS, HOST, port);
        Listener listener =
                new Listener(
                        any.kind(),
                        "taps",
                        HOST,
                        port,
                        any.zone(),
                        null,
                        any.limits(),
                        null,
                        null,
                        List.of());
        Sensors sensors =
                new Sensors(listener, intake, complaints, enrolment(InstantSource.system()));
        sensors.start();
        return sensors;
    }

    private Enrolment enrolment(InstantSource clock) throws IOException {
        return Enrolment.of(lake, clock);
    }

    private static URI at(int port) {
        return URI.create("https://" + HOST + ":" + port);
    }

    private void enrol(Sensors at) throws Exception {
        String token = enrolment(InstantSource.system()).invite("tap1", HOUR);
        Identity.enrol(at(at.port()), token, spool);
    }

    private Shipper shipper(int port) throws IOException {
        return Shipper.open(spool, at(port), 16_000_000, InstantSource.system(), told::add);
    }

    /// A shipment of one row, which bears that number.
    private static Shipment shipment(long number) {
        return new Shipment(List.of(Shipment.Row.of(stats(number, "x"))));
    }

    private static Stats stats(long number, String peer) {
        return new Stats(
                number, number, 1, peer, 0, 0, null, null, null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                null, 0);
    }

    /// Waits until so many rows are in the journal; answers their numbers, in order.
    private List<Long> taken(int rows) throws Exception {
        List<Long> numbers = new ArrayList<>();
        while (numbers.size() < rows) {
            Taken next = reader.next();
            if (next == null) {
                journal.awaitBehind(reader.position(), PATIENCE);
                continue;
            }
            Shipment shipment = Sensors.shipmentIn(next.payload());
            assertThat(shipment).isNotNull();
            assertThat(next.source()).isEqualTo("tap1");
            shipment.forEach(next.nanos(), event -> numbers.add(event.ts()), _ -> {});
        }
        return numbers;
    }

    private String told() throws InterruptedException {
        String one = told.poll(PATIENCE, TimeUnit.MILLISECONDS);
        assertThat(one).isNotNull();
        return one;
    }

    @Test
    void a_token_enrols_one_sensor_once() throws Exception {
        String token = enrolment(InstantSource.system()).invite("tap1", HOUR);
        try (Sensors sensors = sensors(0)) {
            assertThat(Identity.enrol(at(sensors.port()), token, spool)).isEqualTo("tap1");
            assertThatThrownBy(
                            () -> Identity.enrol(at(sensors.port()), token, dir.resolve("other")))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("does not take the token");
        }
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(spool.resolve("identity.pem"))))
                .isEqualTo("rw-------");
        try (var files = Files.walk(lake)) { // neither the token nor what is left of it
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).doesNotContain(token.substring(0, 32));
            }
        }
    }

    @Test
    void a_token_expires() throws Exception {
        Instant longAgo = Instant.now().minus(HOUR.multipliedBy(2));
        String token = enrolment(InstantSource.fixed(longAgo)).invite("tap1", HOUR);
        try (Sensors sensors = sensors(0)) {
            assertThatThrownBy(() -> Identity.enrol(at(sensors.port()), token, spool))
                    .isInstanceOf(UserError.class);
        }
    }

    @Test
    void a_sensor_shows_its_token_to_no_other_collector() throws Exception {
        String token =
                Enrolment.of(dir.resolve("other"), InstantSource.system()).invite("tap1", HOUR);
        try (Sensors sensors = sensors(0)) {
            assertThatThrownBy(() -> Identity.enrol(at(sensors.port()), token, spool))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void what_is_told_arrives_once_and_in_order_also_over_restarts_of_both() throws Exception {
        int port;
        try (Sensors sensors = sensors(0)) {
            port = sensors.port();
            enrol(sensors);
            try (Shipper shipper = shipper(port)) {
                shipper.take(shipment(1));
                assertThat(taken(1)).containsExactly(1L);
            }
        }
        try (Shipper shipper = shipper(port)) { // nobody is there
            shipper.take(shipment(2));
            assertThat(told()).contains("does not answer");
        }
        try (Sensors _ = sensors(port);
                Shipper shipper = shipper(port)) {
            shipper.take(shipment(3));
            assertThat(taken(2)).containsExactly(2L, 3L);
            assertThat(shipper.end().acknowledged()).isEqualTo(3);
        }
        assertThat(intake.sources().of(new SourceName("taps", "tap1")).status().shed()).isZero();
    }

    @Test
    void a_shipment_that_comes_again_is_answered_and_dropped() throws Exception {
        try (Sensors sensors = sensors(0)) {
            enrol(sensors);
            try (HttpClient http = Identity.read(spool).client()) {
                HttpRequest request = request(sensors.port(), 1, shipment(7).pack());
                assertThat(answer(http, request)).isEqualTo("200 {\"accepted\":true}");
                assertThat(answer(http, request))
                        .isEqualTo("200 {\"accepted\":true,\"repeated\":true}");
                assertThat(answer(http, request(sensors.port(), 2, new byte[3]))).startsWith("400");
            }
        }
        assertThat(taken(1)).containsExactly(7L);
        assertThat(reader.next()).isNull();
    }

    private static HttpRequest request(int port, long sequence, byte[] body) {
        return HttpRequest.newBuilder(at(port).resolve("/v1/shipments"))
                .header("Hark-Spool", "0123456789abcdef")
                .header("Hark-Sequence", "" + sequence)
                .header("Hark-Clock", "1795866351254125615")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private static String answer(HttpClient http, HttpRequest request) throws Exception {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body().strip();
    }

    @Test
    void a_sensor_that_is_revoked_is_not_heard_and_its_spool_waits() throws Exception {
        try (Sensors sensors = sensors(0)) {
            enrol(sensors);
            assertThat(enrolment(InstantSource.system()).revoke("tap1")).isTrue();
            try (Shipper shipper = shipper(sensors.port())) {
                shipper.take(shipment(1));
                assertThat(told()).contains("does not know this sensor");
            }
            enrol(sensors); // by another certificate
            try (Shipper _ = shipper(sensors.port())) {
                assertThat(taken(1)).containsExactly(1L);
            }
        }
    }

    @Test
    void a_full_spool_gives_up_the_oldest_and_counts_it() throws Exception {
        int port;
        try (Sensors sensors = sensors(0)) {
            port = sensors.port();
            enrol(sensors);
        }
        Random random = new Random(7);
        try (Spool full = Spool.open(spool, Spool.LEAST)) {
            for (int i = 1; i <= 40; i++) {
                byte[] noise = new byte[1 << 19];
                random.nextBytes(noise);
                String peer = new String(noise, java.nio.charset.StandardCharsets.ISO_8859_1);
                full.add(new Shipment(List.of(Shipment.Row.of(stats(i, peer)))), i);
            }
            assertThat(full.held()).isLessThanOrEqualTo(Spool.LEAST);
        }
        try (Sensors _ = sensors(port);
                Shipper shipper = shipper(port)) {
            List<Long> numbers = new ArrayList<>();
            while (numbers.isEmpty() || numbers.getLast() < 40) {
                numbers.addAll(taken(1));
                journal.release(reader.position());
            }
            SensorStatus status = shipper.end();
            assertThat(numbers).doesNotContain(1L).isSorted();
            assertThat(status.lost() + numbers.size()).isEqualTo(40);
        }
    }

    @Test
    void what_comes_later_was_not_seen_earlier() {
        List<Event> events = new ArrayList<>();
        Shipment shipment = Shipment.unpack(shipment(5).pack());
        assertThat(shipment).isNotNull();
        assertThat(shipment.forEach(900, events::add, _ -> {})).isZero();
        assertThat(events)
                .singleElement()
                .extracting(Event::ts, Event::seen)
                .containsExactly(5L, 900L);
    }

    @Test
    void a_row_that_nobody_can_read_is_counted() {
        Shipment shipment =
                new Shipment(
                        List.of(
                                new Shipment.Row("conn", new byte[] {1, 2, 3}),
                                new Shipment.Row("conn", new byte[] {0}), // nothing of it is there
                                new Shipment.Row("of_next_year", new byte[0])));
        Shipment came = Shipment.unpack(shipment.pack());
        assertThat(came).isNotNull();
        assertThat(came.forEach(0, _ -> {}, _ -> {})).isEqualTo(3);
        assertThat(Shipment.unpack(new byte[] {0, 0, 0, 1, 9, 9, 9})).isNull();
    }
}
