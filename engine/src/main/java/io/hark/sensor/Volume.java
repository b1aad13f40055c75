package io.hark.sensor;

import io.hark.event.Conn;
import java.util.Map;
import java.util.TreeMap;

/// How much was said when: payload bytes by service, and connections that began, in buckets of one
/// width.
///
/// The width grows with the time between the first connection and the last, so that a minute and a
/// year take the same memory. A connection's bytes are spread evenly over its duration: when they
/// really went is not kept.
///
/// *Thread*: the merge's; read when the analysis is over.
public final class Volume {

    /// Finer than a page is wide; after the coarsest step between two widths 80 are left.
    private static final int MAX_BUCKETS = 400;

    private static final int MAX_SERVICES = 32; // told apart; a picture shows fewer
    private static final String OTHERS = "others";

    private static final long MS = 1_000_000L;
    private static final long MINUTE = 60_000 * MS;

    /// Each a multiple of the one before, and a step that people count in; longer ones double.
    private static final long[] WIDTHS = {
        MS,
        2 * MS,
        10 * MS,
        20 * MS,
        100 * MS,
        200 * MS,
        1_000 * MS,
        2_000 * MS,
        10_000 * MS,
        20_000 * MS,
        MINUTE,
        2 * MINUTE,
        10 * MINUTE,
        20 * MINUTE,
        60 * MINUTE,
        120 * MINUTE,
        240 * MINUTE,
        720 * MINUTE,
        1440 * MINUTE
    };

    private final Map<String, long[]> bytes = new TreeMap<>();
    private long[] begun = new long[MAX_BUCKETS];
    private long width = WIDTHS[0];
    private long first; // number of the first bucket, counted from 1970
    private long last;
    private boolean isEmpty = true;

    void add(Conn conn, String service, long payload) {
        long from = conn.ts();
        Long duration = conn.duration();
        add(from, duration == null ? from : from + Math.max(0, duration), service, payload);
    }

    void add(long from, long to, String service, long payload) {
        reach(from, to);
        begun[slot(bucket(from))]++;
        if (payload > 0) {
            spread(row(service), from, to, payload);
        }
    }

    private void spread(long[] row, long from, long to, long payload) {
        long begin = bucket(from);
        long end = bucket(to);
        long given = 0;
        for (long at = begin; at < end; at++) { // MAX_BUCKETS at most, as all are within reach
            double part = ((at + 1) * width - from) / (double) (to - from);
            long upTo = (long) (payload * part);
            row[slot(at)] += upTo - given;
            given = upTo;
        }
        row[slot(end)] += payload - given;
    }

    private long[] row(String service) {
        boolean known = bytes.containsKey(service) || bytes.size() < MAX_SERVICES;
        return bytes.computeIfAbsent(known ? service : OTHERS, _ -> new long[MAX_BUCKETS]);
    }

    private void reach(long from, long to) {
        long begin = bucket(from);
        long end = bucket(to);
        if (!isEmpty) {
            begin = Math.min(begin, first);
            end = Math.max(end, last);
        }
        while (end - begin >= MAX_BUCKETS) {
            long wider = wider(width);
            long times = wider / width;
            widen(times);
            begin = Math.floorDiv(begin, times);
            end = Math.floorDiv(end, times);
            width = wider;
        }
        first = begin;
        last = end;
        isEmpty = false;
    }

    private static long wider(long width) {
        for (long next : WIDTHS) {
            if (next > width) {
                return next;
            }
        }
        return 2 * width;
    }

    /// Puts so many buckets into one each.
    private void widen(long times) {
        begun = widened(begun, times);
        bytes.replaceAll((_, row) -> widened(row, times));
        first = Math.floorDiv(first, times);
        last = Math.floorDiv(last, times);
    }

    private long[] widened(long[] row, long times) {
        long[] wide = new long[MAX_BUCKETS];
        for (long at = first; at <= last; at++) {
            wide[slot(Math.floorDiv(at, times))] += row[slot(at)];
        }
        return wide;
    }

    private long bucket(long nanos) {
        return Math.floorDiv(nanos, width);
    }

    private static int slot(long bucket) {
        return Math.floorMod(bucket, MAX_BUCKETS);
    }

    /// How many buckets there are, from the first connection's to the last one's; 0 without any.
    public int size() {
        return isEmpty ? 0 : (int) (last - first + 1);
    }

    /// How long a bucket lasts, nanoseconds.
    public long widthNanos() {
        return width;
    }

    /// When the first bucket begins, nanoseconds since 1970.
    public long fromNanos() {
        return first * width;
    }

    /// Connections that began, by bucket.
    public long[] begun() {
        return inOrder(begun);
    }

    /// Payload bytes by service and bucket.
    public Map<String, long[]> bytes() {
        Map<String, long[]> all = new TreeMap<>();
        bytes.forEach((service, row) -> all.put(service, inOrder(row)));
        return all;
    }

    private long[] inOrder(long[] row) {
        long[] ordered = new long[size()];
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = row[slot(first + i)];
        }
        return ordered;
    }
}
