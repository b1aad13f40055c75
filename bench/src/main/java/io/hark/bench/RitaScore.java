package io.hark.bench;

import java.util.Arrays;

/// The beacon score of RITA version 5, from its published formula: what `bench/beacons` compares
/// with. Times are whole seconds, as RITA keeps them; sizes are the originator's bytes.
///
/// *Source*: the README and the tests of activecm/rita 5 (read 2026-01), written down as formulas
/// and made anew from those.
final class RitaScore {

    private static final int BINS = 24;
    private static final int LEAST = 4; // unique times; below it nothing is scored
    private static final int LEAST_BARS = 11;
    private static final int LEAST_HOURS = 6;
    private static final double IDEAL_RUN = 12;
    private static final double LEAST_SPREAD = 10; // quartiles closer than that have no skew

    private RitaScore() {}

    /// The score, 0 to 1.
    ///
    /// @param seconds when, ascending
    /// @param sizes bytes
    /// @param from the first second of the data, `to` the last
    static double of(long[] seconds, long[] sizes, long from, long to) {
        if (Arrays.stream(seconds).distinct().count() < LEAST) {
            return 0;
        }
        double[] gaps = new double[seconds.length - 1];
        int n = 0;
        for (int i = 1; i < seconds.length; i++) {
            long gap = seconds[i] - seconds[i - 1];
            if (gap > 0) {
                gaps[n++] = gap;
            }
        }
        double ts = n < LEAST - 1 ? 0 : statistical(Arrays.copyOf(gaps, n), 1);
        double ds = statistical(Arrays.stream(sizes).asDoubleStream().toArray(), 0);
        int[] bins = bins(seconds, from, to);
        return (ts + ds + duration(bins, seconds, from, to) + histogram(bins)) / 4;
    }

    private static double statistical(double[] values, double ifSmall) {
        double[] v = values.clone();
        Arrays.sort(v);
        int half = v.length / 2;
        double q1 = median(Arrays.copyOfRange(v, 0, half));
        double q2 = median(v);
        double q3 = median(Arrays.copyOfRange(v, v.length - half, v.length));
        double skew =
                q3 - q1 < LEAST_SPREAD || q2 == q1 || q2 == q3 ? 0 : (q1 + q3 - 2 * q2) / (q3 - q1);
        double[] deviations = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            deviations[i] = Math.abs(v[i] - q2);
        }
        Arrays.sort(deviations);
        double mad = q2 < 1 ? ifSmall : Math.max(0, (q2 - median(deviations)) / q2);
        return (1 - Math.abs(skew) + mad) / 2;
    }

    private static double median(double[] sorted) {
        int n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }

    private static int[] bins(long[] seconds, long from, long to) {
        int[] bins = new int[BINS];
        double width = (to - from) / (double) BINS;
        for (long second : seconds) {
            bins[(int) Math.min(BINS - 1, (second - from) / width)]++;
        }
        return bins;
    }

    private static double histogram(int[] bins) {
        double mean = Arrays.stream(bins).average().orElse(0);
        double squares = 0;
        for (int bin : bins) {
            squares += (bin - mean) * (bin - mean);
        }
        double variation = mean == 0 ? 2 : Math.sqrt(squares / BINS) / mean;
        return Math.max(variation > 1 ? 0 : 1 - variation, bimodal(bins));
    }

    private static double bimodal(int[] bins) {
        int most = Arrays.stream(bins).max().orElse(0);
        long bars = Arrays.stream(bins).filter(bin -> bin > 0).count();
        if (bars < LEAST_BARS) {
            return 0;
        }
        int width = (int) Math.ceil(0.05 * most);
        int[] heights = new int[most / width + 1];
        for (int bin : bins) {
            if (bin > 0) {
                heights[bin / width]++;
            }
        }
        Arrays.sort(heights);
        int second = heights.length > 1 ? heights[heights.length - 2] : 0;
        return Math.min(1, (heights[heights.length - 1] + second) / (double) Math.max(bars - 1, 1));
    }

    private static double duration(int[] bins, long[] seconds, long from, long to) {
        long bars = Arrays.stream(bins).filter(bin -> bin > 0).count();
        if (bars < LEAST_HOURS) {
            return 0;
        }
        double coverage =
                Math.min(1, (seconds[seconds.length - 1] - seconds[0]) / (double) (to - from));
        int longest = 0;
        int run = 0;
        for (int i = 0; i < 2 * BINS; i++) { // around the end
            run = bins[i % BINS] > 0 ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return Math.max(coverage, Math.min(1, Math.min(longest, BINS) / IDEAL_RUN));
    }
}
