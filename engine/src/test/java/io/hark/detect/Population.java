package io.hark.detect;

import io.hark.event.Conn;
import io.hark.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Made-up days of a site: every host calls places by day, most of them places that all call, some
/// that only it does, by the programs that all have; it receives more than it sends.
public final class Population {

    /// Programs that all have.
    private static final List<String> PROGRAMS =
            List.of(
                    "t13d1516h2_8daaf6152771_b186095e22b6",
                    "t13d1715h2_5b57614c22b0_5c2c66f702b4",
                    "t12d1909h1_d83cc789557e_7af1ed941c26");

    private static final int CALLS_AN_HOUR = 12;
    private static final int COMMON = 60; // places
    private static final int HOUR = 3600;

    private Population() {}

    /// So many hosts, `10.0.0.1` and on, for so many hours.
    public static List<Event> of(int hosts, int hours, long seed) {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        for (int host = 1; host <= hosts; host++) {
            for (int hour = 0; hour < hours; hour++) {
                boolean isDay = hour % 24 >= 8 && hour % 24 < 18;
                for (int call = 0; call < (isDay ? CALLS_AN_HOUR : 1); call++) {
                    double at = hour * HOUR + random.nextDouble() * HOUR;
                    events.addAll(call(at, "10.0.0." + host, place(random, host), random));
                }
            }
        }
        return events;
    }

    /// One in ten is a place that only this host calls, and that mostly once.
    private static int place(Random random, int host) {
        boolean isOwn = random.nextInt(10) == 0;
        return isOwn
                ? COMMON + 1000 * host + random.nextInt(300)
                : (int) (COMMON * Math.pow(random.nextDouble(), 2));
    }

    private static List<Event> call(double at, String from, int place, Random random) {
        String to = "198." + (18 + place % 2) + '.' + place / 250 % 250 + '.' + (1 + place % 250);
        String name = "place" + place + ".example";
        long down = Math.round(Math.exp(10 + 1.5 * random.nextGaussian()));
        long up = Math.round(300 + down * 0.05 * random.nextDouble());
        Conn conn =
                MadeConn.at(at)
                        .from(from)
                        .to(to, 443)
                        .service("ssl")
                        .named(name, "sni")
                        .bytes(up, down)
                        .end();
        return List.of(MadeSsl.of(conn, PROGRAMS.get(random.nextInt(PROGRAMS.size()))), conn);
    }
}
