package io.hark.detect.beacons;

import io.hark.event.Conn;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Http;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Connections as made by programs and people, from a seed.
final class Traffic {

    static final long START = 1_760_000_000_000_000_000L;
    static final long SECOND = 1_000_000_000L;
    static final Addr CLIENT = Addr.v4(0x0a00_0005);
    static final Addr SERVER = Addr.v4(0xcb00_7107); // 203.0.113.7
    static final Addr INSIDE = Addr.v4(0x0a00_0009);

    private final Random random;

    Traffic(long seed) {
        random = new Random(seed);
    }

    /// Sleeps `period` ± `jitter` (share of it) from call to call.
    List<Double> sleeper(double period, double jitter, int beats) {
        List<Double> times = new ArrayList<>();
        double t = random.nextDouble() * period;
        for (int i = 0; i < beats; i++) {
            times.add(t);
            t += period * (1 + jitter * (2 * random.nextDouble() - 1));
        }
        return times;
    }

    /// Calls at k periods ± jitter, whatever happened before.
    List<Double> clock(double period, double jitter, int beats) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < beats; i++) {
            times.add(period * (i + 1 + jitter * (2 * random.nextDouble() - 1)));
        }
        times.sort(null);
        return times;
    }

    /// Without memory.
    List<Double> poisson(double mean, int beats) {
        List<Double> times = new ArrayList<>();
        double t = 0;
        for (int i = 0; i < beats; i++) {
            t += -mean * Math.log(1 - random.nextDouble());
            times.add(t);
        }
        return times;
    }

    /// Pages in bursts of connections, with reading between them (log-normal), eight hours a day.
    List<Double> browsing(int days, double reading) {
        List<Double> times = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            double t = day * 86_400.0 + 9 * 3600;
            while (t < day * 86_400.0 + 17 * 3600) {
                int burst = 1 + random.nextInt(6);
                for (int i = 0; i < burst; i++) {
                    times.add(t + random.nextDouble() * 1.5);
                }
                t += reading * Math.exp(random.nextGaussian() * 1.2);
            }
        }
        times.sort(null);
        return times;
    }

    /// The same without each moment that falls to a share of `share`.
    List<Double> missing(List<Double> times, double share) {
        List<Double> left = new ArrayList<>();
        times.forEach(
                t -> {
                    if (random.nextDouble() >= share) {
                        left.add(t);
                    }
                });
        return left;
    }

    Random random() {
        return random;
    }

    /// Connections at these moments, of 300 bytes ± `sizeJitter`.
    List<Event> conns(
            List<Double> times,
            Addr resp,
            int port,
            String proto,
            String service,
            double sizeJitter) {
        List<Event> events = new ArrayList<>();
        for (double t : times) {
            long size = Math.round(300 * (1 + sizeJitter * (2 * random.nextDouble() - 1)));
            events.add(conn(t, 0.2, CLIENT, resp, port, proto, service, size, 500, null));
        }
        return events;
    }

    static Conn conn(
            double at,
            double duration,
            Addr orig,
            Addr resp,
            int port,
            String proto,
            String service,
            long origBytes,
            long respBytes,
            String sni) {
        long ts = START + Math.round(at * SECOND);
        long lasted = Math.round(duration * SECOND);
        return new Conn(
                ts,
                ts + lasted,
                "C" + Long.toString(ts - START, 36),
                new Endpoints(orig, 40_000 + (int) (ts / 1000 % 20_000), resp, port),
                proto,
                service,
                lasted,
                origBytes,
                respBytes,
                "SF",
                orig.isPrivate(),
                resp.isPrivate(),
                0,
                "ShADadFf",
                1 + origBytes / 1000,
                origBytes + 28,
                respBytes == 0 ? 0 : 1 + respBytes / 1000,
                respBytes + 28,
                null,
                proto.equals("tcp") ? 6 : 17,
                null,
                null,
                null,
                null,
                null,
                sni,
                sni == null ? null : "sni",
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

    static Http http(double at, Addr orig, Addr resp, String host, int depth, long body) {
        long ts = START + Math.round(at * SECOND);
        return new Http(
                ts,
                ts + SECOND / 10,
                "CHTTP",
                new Endpoints(orig, 40_000, resp, 80),
                depth,
                "POST",
                host,
                "/",
                null,
                "1.1",
                "Go-http-client/1.1",
                null,
                body,
                40,
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
                null,
                null,
                null);
    }
}
