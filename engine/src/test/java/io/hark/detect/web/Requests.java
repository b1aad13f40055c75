package io.hark.detect.web;

import io.hark.Detector;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.FileSeen;
import io.hark.event.FileSeen.Carrier;
import io.hark.event.Finding;
import io.hark.event.Http;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import io.hark.sensor.KeyedRunner;
import io.hark.sensor.KeyedRunner.Limits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Requests to a web server, one second apart, and what a detector says of them.
final class Requests {

    static final Addr CLIENT = Addr.v4(0x0a000005);
    static final Addr THIRD = Addr.v4(0x0a000009);
    static final Addr SERVER = Addr.v4(0xc0000207);

    private static final long SECOND = 1_000_000_000;
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(10), 1 << 10, 1 << 10);

    private long now = 1_700_000_000 * SECOND;

    Http get(String uri) {
        return get(CLIENT, uri, "Browser/1.0", null, null);
    }

    Http get(
            Addr client,
            String uri,
            String agent,
            @Nullable List<String> expressions,
            @Nullable Long session) {
        now += SECOND;
        return new Http(
                now,
                now,
                "C1",
                new Endpoints(client, 50_000, SERVER, 80),
                1,
                "GET",
                "shop.example.test",
                uri,
                null,
                "1.1",
                agent,
                null,
                0,
                100,
                200,
                "OK",
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                expressions,
                session,
                null);
    }

    FileSeen answer(String mime, String host, String uri, String agent, String declared) {
        return file(
                false,
                mime,
                null,
                new Carrier(1, "GET", host, uri, "1.1", agent, null, 200, declared, null));
    }

    FileSeen body(List<String> signs) {
        return file(true, "text/plain", signs, Carrier.NONE);
    }

    private FileSeen file(
            boolean sent, String mime, @Nullable List<String> signs, Carrier carrier) {
        now += SECOND;
        return new FileSeen(
                now,
                now,
                "F1",
                "C1",
                new Endpoints(CLIENT, 50_000, SERVER, 80),
                "HTTP",
                1,
                List.of(),
                mime,
                null,
                0,
                true,
                sent,
                1000,
                null,
                0,
                0,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                signs,
                carrier);
    }

    /// The last revision of each finding.
    static <S extends Stored> List<Finding> found(Detector<S> detector, List<Event> events) {
        Map<String, Finding> last = new LinkedHashMap<>();
        KeyedRunner<Event, S, Finding> runner =
                KeyedRunner.of(detector, LIMITS, finding -> last.put(finding.id(), finding));
        events.forEach(runner::add);
        runner.end();
        return List.copyOf(last.values());
    }
}
