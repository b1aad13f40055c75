package io.hark.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Numbers as people read them, on a page or a terminal. Times are UTC.
///
/// *Thread*: any.
public final class Units {

    private static final DateTimeFormatter DAY = formatter("d MMMM yyyy");
    private static final DateTimeFormatter TIME = formatter("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter CLOCK = formatter("HH:mm:ss");
    private static final DateTimeFormatter DAY_MILLIS = formatter("yyyy-MM-dd HH:mm:ss.SSS");
    private static final DateTimeFormatter MILLIS = formatter("HH:mm:ss.SSS");
    private static final String[] SIZES = {"kB", "MB", "GB", "TB", "PB", "EB"};
    private static final long SECOND = 1_000_000_000L;

    private Units() {}

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    /// `1,234,567`.
    public static String count(long n) {
        StringBuilder text = new StringBuilder(Long.toString(n)); // a page has thousands of them
        for (int at = text.length() - 3; at > (n < 0 ? 1 : 0); at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }

    /// `1 packet`, `1,234 packets`.
    public static String count(long n, String noun) {
        return count(n) + " " + noun + (n == 1 ? "" : "s");
    }

    /// `999 B`, `1.2 kB`, `34 MB`: powers of a thousand, two or three figures.
    public static String bytes(long n) {
        if (n < 1000) {
            return n + " B";
        }
        double value = n;
        int unit = -1;
        while (value >= 999.5 && unit < SIZES.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, SIZES[unit]);
    }

    /// `20 ms`, `0.3 s`, `42 s`, `3 min 5 s`, `2 h 10 min`, `4 d 3 h`.
    public static String duration(long nanos) {
        double seconds = nanos / (double) SECOND;
        if (seconds > 0 && seconds < 0.1) {
            return String.format(Locale.ROOT, "%.0f ms", Math.max(1, seconds * 1000));
        } else if (seconds < 9.95) {
            return String.format(
                    Locale.ROOT, seconds == Math.rint(seconds) ? "%.0f s" : "%.1f s", seconds);
        }
        long s = Math.round(seconds);
        if (s < 60) {
            return s + " s";
        } else if (s < 3600) {
            return pair(s / 60, "min", s % 60, "s");
        } else if (s < 86_400) {
            return pair(s / 3600, "h", s % 3600 / 60, "min");
        }
        return pair(s / 86_400, "d", s % 86_400 / 3600, "h");
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    /// `3 November 2026`.
    public static String day(long nanos) {
        return DAY.format(instant(nanos));
    }

    /// `2026-11-03 12:00:01`.
    public static String time(long nanos) {
        return TIME.format(instant(nanos));
    }

    /// The end of a span of time: its day only where it is another one.
    public static String until(long first, long last) {
        return isOneDay(first, last) ? clock(last) : time(last);
    }

    /// Whether two times are of one day.
    public static boolean isOneDay(long first, long last) {
        return day(first).equals(day(last));
    }

    /// `12:00:01`.
    public static String clock(long nanos) {
        return CLOCK.format(instant(nanos));
    }

    /// `2026-11-03 12:00:01.250`.
    public static String timeMillis(long nanos) {
        return DAY_MILLIS.format(instant(nanos));
    }

    /// `12:00:01.250`.
    public static String millis(long nanos) {
        return MILLIS.format(instant(nanos));
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }

    /// `0.02 %`, `3 %`.
    public static String share(double share) {
        double percent = share * 100;
        return String.format(
                Locale.ROOT, percent < 1 && percent > 0 ? "%.2f %%" : "%.0f %%", percent);
    }
}
