package io.hark.detect.habits;

import java.util.Arrays;

/// What is usual, of amounts that have been seen: robust, so that a day out of the ordinary does
/// not make the next one ordinary.
///
/// *Source*: Iglewicz, Hoaglin: How to Detect and Handle Outliers (1993): z is the distance from
/// the median in median absolute deviations, an outlier beyond 3.5.
///
/// @param count of amounts
/// @param median of them
/// @param spread the median absolute deviation, scaled to a standard deviation
/// @param largest of them
record Baseline(int count, double median, double spread, double largest) {

    /// From a median absolute deviation to a standard deviation, of a normal distribution.
    private static final double SIGMA = 1.4826;

    /// A spread is this share of the median at least: amounts all alike are a matter of chance.
    private static final double LEAST_SHARE = 0.1;

    /// Of amounts in any order.
    ///
    /// @param least a spread that is too small to matter
    static Baseline of(double[] amounts, double least) {
        if (amounts.length == 0) {
            return new Baseline(0, 0, least, 0);
        }
        double[] sorted = amounts.clone();
        double median = median(sorted);
        double largest = sorted[sorted.length - 1];
        double[] off = new double[sorted.length];
        for (int i = 0; i < off.length; i++) {
            off[i] = Math.abs(sorted[i] - median);
        }
        double spread = Math.max(SIGMA * median(off), LEAST_SHARE * Math.abs(median));
        return new Baseline(amounts.length, median, Math.max(spread, least), largest);
    }

    /// Sorts, and answers the middle.
    private static double median(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    /// How far an amount is from what is usual.
    double z(double amount) {
        return (amount - median) / spread;
    }
}
