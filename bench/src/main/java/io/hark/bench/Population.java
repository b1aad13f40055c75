package io.hark.bench;

import java.util.Arrays;
import java.util.Random;

/// Who calls when, over one day: what beacons have to be told from.
///
/// @param name what it is
/// @param isBeacon whether it is what is looked for
/// @param kind how its times come about
/// @param period mean gap, seconds
/// @param jitter half the width of the gaps around the period, as a share of it
/// @param hours of the day on which there is anything, from nine on
/// @param alike whether its calls are of a few sizes
record Population(
        String name,
        boolean isBeacon,
        Kind kind,
        double period,
        double jitter,
        double hours,
        boolean alike) {

    private static final double DAY = 86_400;

    enum Kind {
        /// Sleeps a period give or take the jitter, misses one beat in ten.
        SLEEP,
        /// At any time with the same chance.
        POISSON,
        /// In bursts, with pauses of any length.
        PERSON,
        /// By the clock, as cron and mail programs do, with a second of delay.
        CLOCK
    }

    private static final double WHOLE = 24;
    private static final double MORNING = 9 * 3600;

    static final Population[] ALL = {
        beacon(0, WHOLE),
        beacon(0.1, WHOLE),
        beacon(0.3, WHOLE),
        beacon(0.5, WHOLE),
        beacon(0.7, WHOLE),
        beacon(0.9, WHOLE),
        beacon(0.1, 2),
        beacon(0.3, 2),
        beacon(0.5, 2),
        chance(30, false),
        chance(60, false),
        chance(300, false),
        chance(900, false),
        chance(60, true),
        new Population("a person's day", false, Kind.PERSON, 20, 0, 8, false),
        new Population("software update, hourly", false, Kind.CLOCK, 3600, 0, WHOLE, true),
        new Population("mail polled, 5 min", false, Kind.CLOCK, 300, 0, WHOLE, true)
    };

    private static Population beacon(double jitter, double hours) {
        String name = "beacon 60 s, jitter " + Math.round(jitter * 100) + " %";
        return new Population(
                hours < WHOLE ? name + ", " + Math.round(hours) + " h" : name,
                true,
                Kind.SLEEP,
                60,
                jitter,
                hours,
                true);
    }

    private static Population chance(double mean, boolean alike) {
        String name = "chance, " + Math.round(mean) + " s" + (alike ? ", sizes alike" : "");
        return new Population(name, false, Kind.POISSON, mean, 0, WHOLE, alike);
    }

    /// Times of one day, seconds, ascending.
    double[] times(Random random) {
        double[] times = new double[1 << 13];
        int n = 0;
        double t = random.nextDouble() * period;
        while (t < DAY && n < times.length) {
            boolean awake = hours == WHOLE || t > MORNING && t < MORNING + hours * 3600;
            boolean missed = kind == Kind.SLEEP && random.nextInt(10) == 0;
            if (awake && !missed) {
                times[n++] = t;
            }
            t += gap(random);
        }
        return Arrays.copyOf(times, n);
    }

    private double gap(Random random) {
        return switch (kind) {
            case SLEEP -> period * (1 + jitter * (2 * random.nextDouble() - 1));
            case POISSON -> -period * Math.log(1 - random.nextDouble());
            case PERSON ->
                    random.nextInt(12) == 0
                            ? -900 * Math.log(1 - random.nextDouble())
                            : -period * Math.log(1 - random.nextDouble());
            case CLOCK -> period + random.nextDouble() - 0.5;
        };
    }

    /// Bytes of the calls: of a few sizes, or of any.
    long[] sizes(int calls, Random random) {
        long[] sizes = new long[calls];
        for (int i = 0; i < calls; i++) {
            sizes[i] =
                    alike
                            ? 300 + 20L * random.nextInt(3)
                            : Math.round(Math.exp(6 + 1.2 * random.nextGaussian()));
        }
        return sizes;
    }
}
