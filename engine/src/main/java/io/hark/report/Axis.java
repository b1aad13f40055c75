package io.hark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Places on an axis that people count in.
final class Axis {

    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;

    /// Steps of a clock, nanoseconds.
    private static final long[] STEPS = {
        1_000_000L,
        2_000_000L,
        5_000_000L,
        10_000_000L,
        20_000_000L,
        50_000_000L,
        100_000_000L,
        200_000_000L,
        500_000_000L,
        SECOND,
        2 * SECOND,
        5 * SECOND,
        10 * SECOND,
        15 * SECOND,
        30 * SECOND,
        60 * SECOND,
        120 * SECOND,
        300 * SECOND,
        600 * SECOND,
        900 * SECOND,
        1800 * SECOND,
        3600 * SECOND,
        7200 * SECOND,
        10_800 * SECOND,
        21_600 * SECOND,
        43_200 * SECOND,
        DAY,
        2 * DAY,
        7 * DAY,
        14 * DAY,
        30 * DAY,
        90 * DAY,
        365 * DAY
    };

    private static final int MAX_TICKS = 64; // a bound; callers ask for some eight

    private Axis() {}

    /// A place and what stands there.
    record Tick(long at, String label) {}

    /// Ticks of a clock between two times.
    ///
    /// @param most how many there may be, about
    static List<Tick> times(long from, long to, int most) {
        long step = STEPS[STEPS.length - 1];
        for (long candidate : STEPS) {
            if ((to - from) / candidate < most) {
                step = candidate;
                break;
            }
        }
        while ((to - from) / step >= MAX_TICKS) {
            step *= 2;
        }
        List<Tick> ticks = new ArrayList<>();
        boolean oneDay = Units.isOneDay(from, to);
        for (long at = Math.ceilDiv(from, step) * step; at <= to; at += step) {
            ticks.add(new Tick(at, label(at, step, oneDay || ticks.isEmpty() && step < DAY)));
        }
        return ticks;
    }

    private static String label(long at, long step, boolean clockOnly) {
        boolean midnight = Math.floorMod(at, DAY) == 0;
        if (step >= DAY || midnight && !clockOnly) {
            return Units.time(at).substring(step >= 365 * DAY ? 0 : 5, 10);
        } else if (step >= 60 * SECOND) {
            return Units.clock(at).substring(0, 5);
        } else if (step >= SECOND) {
            return Units.clock(at);
        }
        return Units.millis(at).substring(0, step >= SECOND / 10 ? 10 : 12);
    }

    /// A round number not below the largest.
    static double round(double largest) {
        double unit = Math.pow(10, Math.floor(Math.log10(Math.max(largest, 1e-9))));
        for (double factor : new double[] {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8}) {
            if (factor * unit >= largest) {
                return factor * unit;
            }
        }
        return 10 * unit;
    }

    /// Seconds on an axis: `0.5 s`, `60 s`, `20 min`.
    static String seconds(double s) {
        if (s < 600) {
            return String.format(Locale.ROOT, s < 10 && s != Math.rint(s) ? "%.1f s" : "%.0f s", s);
        } else if (s < 36_000) {
            return String.format(Locale.ROOT, "%.0f min", s / 60);
        }
        return String.format(Locale.ROOT, "%.1f h", s / 3600);
    }
}
