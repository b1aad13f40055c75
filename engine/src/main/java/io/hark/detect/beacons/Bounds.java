package io.hark.detect.beacons;

/// The bounds that gaps keep within: how a sleep is told that varies by nearly all of its length.
///
/// Uniform jitter of ±90 % has a spread that chance has, too, once beats are missed and short gaps
/// are taken for none; what it has not is gaps of three and four times the usual one, of which
/// chance makes one in ten. So the likelihood of *gaps of any length between period × (1 − j) and
/// period × (1 + j), of sums of two where a beat was missed, and of a few of any length* is set
/// against that of the better of two explanations without a rhythm, each fitted as well as can be:
/// memoryless gaps behind a dead time, and log-normal gaps. The ratio, less what the choice of
/// period, j and share of missed beats was worth, bounds the chance of being misled.
///
/// *Units*: seconds.
///
/// @param period the middle of the bounds
/// @param jitter half their distance, as a share of the period
/// @param within share of the gaps between them
/// @param evidence log10 of the ratio: minus it bounds log10 of the chance that gaps without a
///   rhythm fit so well; below 0 it speaks against bounds
record Bounds(double period, double jitter, double within, double evidence) {

    /// None.
    static final Bounds NONE = new Bounds(0, 1, 0, 0);

    /// What speaks against bounds so plainly that they are not looked for.
    private static final Bounds AGAINST = new Bounds(0, 1, 0, -4);

    private static final int MIN_GAPS = 96; // fewer never told, at ±90 % and one beat in ten missed

    /// Distance of the 95th percentile to the median by that of the median to the 25th: chance has
    /// 5.7 at any rate and dead time, gaps of any length between bounds 1.8. A cheap first
    /// question.
    private static final double LONG_TAIL = 4.2;

    private static final double LEAST_JITTER = 0.5; // less is told by its spread
    private static final double STEP = 0.1; // of jitter
    private static final int JITTERS = 6; // 0.5, 0.6 … 1
    private static final double LEAST_PERIOD = 0.7; // of the median gap
    private static final double PERIOD_STEP = 0.05;
    private static final int PERIODS = 13; // 0.7, 0.75 … 1.3
    private static final double[] MISSED = {0.02, 0.1, 0.25}; // share of the beats
    private static final double REST = 3; // mean of gaps of any length, in periods

    /// Reads the bounds of gaps.
    ///
    /// @param sorted ascending, all above 0
    /// @param n how many of them
    /// @param deadTime gaps up to which were not told apart from none
    static Bounds of(double[] sorted, int n, double deadTime) {
        if (n < MIN_GAPS || sorted[0] <= 0) {
            return NONE;
        } else if (hasLongTail(sorted, n)) {
            return AGAINST;
        }
        double median = sorted[n / 2];
        double most = Double.NEGATIVE_INFINITY;
        double period = 0;
        double jitter = 0;
        for (int p = 0; p < PERIODS; p++) {
            for (int j = 0; j < JITTERS; j++) {
                double t = median * (LEAST_PERIOD + p * PERIOD_STEP);
                double width = LEAST_JITTER + j * STEP;
                for (double missed : MISSED) {
                    double likelihood = bounded(sorted, n, deadTime, t, width, missed);
                    if (likelihood > most) {
                        most = likelihood;
                        period = t;
                        jitter = width;
                    }
                }
            }
        }
        double chance = Math.max(memoryless(sorted, n), logNormal(sorted, n));
        double paid = Math.log10(PERIODS * JITTERS * MISSED.length) + Math.log10(n);
        double evidence = (most - chance) / Math.log(10) - paid;
        return new Bounds(period, jitter, within(sorted, n, period, jitter), evidence);
    }

    private static boolean hasLongTail(double[] sorted, int n) {
        double median = sorted[n / 2];
        double above = sorted[(int) (0.95 * (n - 1))] - median;
        return above > LONG_TAIL * (median - sorted[n / 4]);
    }

    /// The logarithm of the likelihood of gaps with a rhythm.
    private static double bounded(
            double[] gaps, int n, double deadTime, double period, double jitter, double missed) {
        double low = period * (1 - jitter);
        double high = period * (1 + jitter);
        double width = high - low;
        double one = (1 - missed) / (high - Math.max(low, Math.min(deadTime, high / 2)));
        double two = missed * (1 - missed) / (width * width);
        double rest = missed * missed / (REST * period);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double gap = gaps[i];
            double density = rest * Math.exp(-gap / (REST * period));
            if (gap >= low && gap <= high) {
                density += one;
            }
            double second = gap - 2 * low; // the sum of two is a triangle
            if (second > 0 && second < 2 * width) {
                density += two * Math.min(second, 2 * width - second);
            }
            sum += Math.log(density);
        }
        return sum;
    }

    private static double within(double[] gaps, int n, double period, double jitter) {
        int within = 0;
        for (int i = 0; i < n; i++) {
            within += Math.abs(gaps[i] - period) <= jitter * period ? 1 : 0;
        }
        return (double) within / n;
    }

    /// Of gaps that are exponential beyond the shortest.
    private static double memoryless(double[] sorted, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += sorted[i];
        }
        double mean = sum / n - sorted[0];
        return mean <= 0 ? Double.POSITIVE_INFINITY : -n * (Math.log(mean) + 1);
    }

    private static double logNormal(double[] sorted, int n) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double log = Math.log(sorted[i]);
            sum += log;
            squares += log * log;
        }
        double variance = Math.max(1e-9, squares / n - sum / n * (sum / n));
        return -sum - n / 2.0 * (Math.log(2 * Math.PI * variance) + 1);
    }
}
