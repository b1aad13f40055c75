package io.hark.detect.beacons;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How regular a series of moments is, and how surprising that is.
///
/// Two questions are kept apart. *Effect*: how much the gaps between beats vary ([#dispersion]),
/// and what share of them obeys the period ([#onBeat]). *Surprise*: how unlikely a memoryless
/// (Poisson) series of that length is to look so regular, in powers of ten, with every freedom that
/// was taken to find the rhythm paid for. Eight beats can be perfectly regular and still not
/// surprising enough; a thousand can be surprising and still not regular.
///
/// *Method.* Moments closer together than a tenth of the long gaps are one beat (a check-in may
/// open several connections). Gaps are sorted, and the tightest run of them that holds 100, 90 … 30
/// % is taken as the core. For n memoryless gaps, the shares of the total are uniform on a simplex,
/// so the chance that their coefficient of variation is at most c is the volume of a ball over that
/// of the simplex: `π^(m/2)/Γ(m/2+1) · (c/√n)^m · m!/√n`, m = n − 1; exact while the ball lies
/// inside, an upper bound beyond. Leaving gaps out costs `log10 C(n, core)`. Longer gaps near a
/// multiple of the period are missed beats, and earn back what the binomial tail of hitting
/// multiples by chance allows. Programs that follow a clock wander around their grid instead of
/// drifting, so the phase is tried too: resultant length R of `exp(2πi t/T)`, chance `exp(−n R²)`
/// for each period tried (Rayleigh). Sleeps that vary by nearly all of their length have a spread
/// like chance, but no long ones among them: [Bounds] tells those.
///
/// *Units*: seconds.
///
/// @param beats moments after those close together were made one
/// @param period seconds from beat to beat
/// @param dispersion coefficient of variation of the gaps that make up the core; for a phase, that
///   of jitter of the same concentration
/// @param onBeat share of the gaps that are in the core or a multiple of the period
/// @param missed beats that the multiples stepped over
/// @param phase concentration around the grid, 0 to 1; 0 where it was not needed
/// @param span first to last beat
/// @param surprise minus log10 of the chance of a memoryless series being so regular
/// @param sign what told the rhythm
record Rhythm(
        int beats,
        double period,
        double dispersion,
        double onBeat,
        int missed,
        double phase,
        double span,
        double surprise,
        Sign sign) {

    /// What tells a rhythm.
    enum Sign {
        /// Gaps that are much alike.
        GAPS,
        /// Beats that keep to a grid.
        CLOCK,
        /// Gaps within bounds, of any length between them.
        BOUNDS
    }

    /// Fewer gaps say nothing, however regular they are.
    static final int MIN_GAPS = 6;

    /// Dispersion at which nothing is left of a rhythm: memoryless gaps with a dead time have 0.8,
    /// uniform jitter of ±90 % has 0.52.
    private static final double NO_RHYTHM = 0.7;

    /// Dispersion below which a rhythm is as good as perfect.
    private static final double PERFECT = 0.05;

    private static final double SAME_BEAT = 0.1; // of the 90th percentile of the gaps
    private static final int SHARES = 8; // 100, 90 … 30 %
    private static final int MAX_PHASE_BEATS =
            64; // the latest: the phase of a drifting clock is lost over more
    private static final int PHASE_STEPS = 32; // periods tried around each candidate
    private static final int MIN_PHASE_BEATS = 16; // fewer cannot surprise: n R² ln 10 is below 7
    private static final double ENOUGH = 6; // surprise beyond which no phase is tried

    private static final double BLURRED = 0.4; // score below which bounds are looked for

    private static final Rhythm NONE = new Rhythm(0, 0, 1, 0, 0, 0, 0, 0, Sign.GAPS);
    private static final int MAX_GAPS = 1 << 10;
    private static final double[] LOG_FACTORIAL = new double[MAX_GAPS + 1]; // log10 n!
    private static final double[] LOG_HALF_GAMMA = new double[MAX_GAPS + 2]; // log10 Γ(n/2)

    static {
        LOG_HALF_GAMMA[1] = Math.log10(Math.sqrt(Math.PI));
        for (int n = 1; n <= MAX_GAPS; n++) {
            LOG_FACTORIAL[n] = LOG_FACTORIAL[n - 1] + Math.log10(n);
        }
        for (int n = 3; n < LOG_HALF_GAMMA.length; n++) {
            LOG_HALF_GAMMA[n] = LOG_HALF_GAMMA[n - 2] + Math.log10(n / 2.0 - 1);
        }
    }

    /// How regular it is, 0 to 1.
    double periodicity() {
        double none = sign == Sign.BOUNDS ? 1 : NO_RHYTHM; // bounds exclude chance themselves
        double tight = clamp((none - dispersion) / (none - PERFECT));
        return tight * clamp((onBeat - 0.4) / 0.4);
    }

    /// How much it persists, 0 to 1: beats, those of them that came, and time.
    double persistence() {
        if (beats < 2) {
            return 0;
        }
        double expected = span / period + 1;
        double came = Math.min(1, beats / expected);
        return beats / (beats + 6.0) * Math.sqrt(came) * (span / (span + 60));
    }

    /// Both, multiplied: what does not repeat on time is no beacon for lasting long.
    double score() {
        return periodicity() * persistence();
    }

    /// Reads the rhythm of moments in order.
    ///
    /// For example, moments 60 s apart have period 60, dispersion 0 and score nearly 1 after an
    /// hour.
    ///
    /// @param micros microseconds, ascending, at most 1,024
    static Rhythm of(long[] micros) {
        return of(micros, 0);
    }

    /// The same, of moments before which there were others.
    ///
    /// @param earlier what [#evidenceOfBounds] said of those, added up
    static Rhythm of(long[] micros, double earlier) {
        Gaps gaps = Gaps.of(micros);
        return gaps == null ? NONE : of(gaps, earlier);
    }

    /// What speaks for gaps within bounds ([Bounds#evidence]). Of moments that have none in common
    /// it may be added up, as chances of things independent of each other multiply.
    static double evidenceOfBounds(long[] micros) {
        Gaps gaps = Gaps.of(micros);
        return gaps == null ? 0 : Bounds.of(gaps.sorted, gaps.n, gaps.deadTime).evidence();
    }

    /// Moments with those close together made one, and what lies between.
    ///
    /// @param beats microseconds, one more than `n`
    /// @param sorted seconds, the first `n`
    /// @param deadTime gaps up to which are not told apart from none, seconds
    private record Gaps(double[] beats, double[] sorted, int n, double deadTime) {

        static @Nullable Gaps of(long[] micros) {
            int n = micros.length - 1;
            if (n < MIN_GAPS || n > MAX_GAPS) {
                return null;
            }
            double[] gaps = new double[n];
            for (int i = 0; i < n; i++) {
                gaps[i] = micros[i + 1] - micros[i];
            }
            Arrays.sort(gaps);
            double near = SAME_BEAT * gaps[(int) (0.9 * (n - 1))];
            double[] beats = new double[n + 1];
            int count = 0;
            for (long moment : micros) {
                if (count == 0 || moment - beats[count - 1] > near) {
                    beats[count++] = moment;
                }
            }
            n = count - 1;
            if (n < MIN_GAPS) {
                return null;
            }
            double deadTime = count == micros.length ? 0 : near / 1e6;
            for (int i = 0; i < n; i++) {
                gaps[i] = (beats[i + 1] - beats[i]) / 1e6;
            }
            Arrays.sort(gaps, 0, n);
            return new Gaps(Arrays.copyOf(beats, count), gaps, n, deadTime);
        }
    }

    private static Rhythm of(Gaps gaps, double earlier) {
        int n = gaps.n;
        Rhythm byGaps = byGaps(gaps.sorted, n, gaps.deadTime);
        if (byGaps.surprise >= ENOUGH && byGaps.score() > BLURRED || n + 1 < MIN_PHASE_BEATS) {
            return byGaps;
        }
        Rhythm byPhase = byPhase(gaps.beats, gaps.sorted[n / 2], byGaps);
        Rhythm best =
                byPhase.surprise > byGaps.surprise && byPhase.score() > byGaps.score()
                        ? byPhase
                        : byGaps;
        Bounds bounds = Bounds.of(gaps.sorted, n, gaps.deadTime);
        Rhythm bounded = bounded(bounds, Math.max(bounds.evidence(), earlier), gaps);
        boolean isSure = bounded.surprise >= Math.min(ENOUGH, best.surprise);
        return isSure && bounded.score() > best.score() ? bounded : best;
    }

    private static Rhythm bounded(Bounds bounds, double evidence, Gaps gaps) {
        int n = gaps.n;
        double[] beats = gaps.beats;
        double span = (beats[n] - beats[0]) / 1e6;
        int expected = (int) Math.min(1 << 20, span / Math.max(bounds.period(), 1e-6)) + 1;
        return new Rhythm(
                n + 1,
                bounds.period(),
                bounds.jitter() / Math.sqrt(3), // of gaps of any length between the bounds
                bounds.within(),
                Math.max(0, expected - n - 1),
                0,
                span,
                bounds.period() > 0 ? Math.max(0, evidence) : 0,
                Sign.BOUNDS);
    }

    private static Rhythm byGaps(double[] sorted, int n, double deadTime) {
        double[] sums = new double[n + 1];
        double[] squares = new double[n + 1];
        for (int i = 0; i < n; i++) {
            sums[i + 1] = sums[i] + sorted[i];
            squares[i + 1] = squares[i] + sorted[i] * sorted[i];
        }
        Rhythm best = NONE;
        for (int step = 0; step < SHARES; step++) {
            int size = (int) Math.ceil(n * (1 - 0.1 * step));
            if (size < MIN_GAPS) {
                break;
            }
            int at = 0;
            double tightest = Double.MAX_VALUE;
            for (int i = 0; i + size <= n; i++) {
                double spread = dispersion(sums, squares, i, size, deadTime);
                if (spread < tightest) {
                    tightest = spread;
                    at = i;
                }
            }
            Rhythm found = core(sorted, n, at, size, tightest, sums);
            if (found.surprise > best.surprise) {
                best = found;
            }
        }
        return best;
    }

    /// Standard deviation over the mean; a dead time is taken off the mean, since it makes anything
    /// look regular.
    private static double dispersion(
            double[] sums, double[] squares, int at, int size, double deadTime) {
        double mean = (sums[at + size] - sums[at]) / size;
        double variance = (squares[at + size] - squares[at]) / size - mean * mean;
        return mean <= deadTime
                ? Double.MAX_VALUE
                : Math.sqrt(Math.max(0, variance)) / (mean - deadTime);
    }

    private static Rhythm core(
            double[] sorted, int n, int at, int size, double spread, double[] sums) {
        double period = (sums[at + size] - sums[at]) / size;
        double tolerance = Math.max(0.05, 3 * spread);
        int hits = 0;
        int tried = 0;
        int missed = 0;
        double chance = Math.min(1, 2 * tolerance);
        for (int i = at + size; i < n && chance < 0.8; i++) {
            long times = Math.max(1, Math.round(sorted[i] / period));
            tried++;
            if (Math.abs(sorted[i] / period - times) <= tolerance) {
                hits++;
                missed += (int) Math.min(times - 1, Integer.MAX_VALUE / 2 - missed);
            }
        }
        double surprise =
                surprise(size, spread)
                        - choose(n, size)
                        - Math.log10(SHARES)
                        + tail(tried, hits, chance);
        return new Rhythm(
                n + 1,
                period,
                spread,
                (size + hits) / (double) n,
                missed,
                0,
                sums[n],
                Math.max(0, surprise),
                Sign.GAPS);
    }

    /// Minus log10 of the chance that `n` memoryless gaps have a coefficient of variation of at
    /// most `spread`.
    static double surprise(int n, double spread) {
        int m = n - 1;
        double ratio = Math.max(spread, 1e-4) / Math.sqrt(n); // clocks are no better than that
        double log =
                m / 2.0 * Math.log10(Math.PI)
                        - LOG_HALF_GAMMA[m + 2]
                        + m * Math.log10(ratio)
                        + LOG_FACTORIAL[m]
                        - Math.log10(n) / 2;
        return Math.max(0, -log);
    }

    private static double choose(int n, int k) {
        return LOG_FACTORIAL[n] - LOG_FACTORIAL[k] - LOG_FACTORIAL[n - k];
    }

    /// Minus log10 of the chance of at least `hits` in `tried`.
    private static double tail(int tried, int hits, double chance) {
        if (hits == 0 || chance >= 1) {
            return 0;
        }
        double sum = 0;
        for (int k = hits; k <= tried; k++) {
            sum +=
                    Math.pow(
                            10,
                            choose(tried, k)
                                    + k * Math.log10(chance)
                                    + (tried - k) * Math.log10(1 - chance));
        }
        return Math.max(0, -Math.log10(Math.max(sum, 1e-300)));
    }

    private static Rhythm byPhase(double[] beats, double median, Rhythm byGaps) {
        int from = Math.max(0, beats.length - MAX_PHASE_BEATS);
        int n = beats.length - from;
        double span = (beats[beats.length - 1] - beats[from]) / 1e6;
        double[] candidates =
                byGaps.period > 0 ? new double[] {byGaps.period, median} : new double[] {median};
        double bestR = 0;
        double bestPeriod = 0;
        for (double candidate : candidates) {
            double step = candidate * candidate / span / 3; // a third of what the span resolves
            for (int i = -PHASE_STEPS / 2; i < PHASE_STEPS / 2; i++) {
                double period = candidate + i * step;
                double r = period < candidate / 2 ? 0 : resultant(beats, from, period * 1e6);
                if (r > bestR) {
                    bestR = r;
                    bestPeriod = period;
                }
            }
        }
        double surprise =
                n * bestR * bestR * Math.log10(Math.E)
                        - Math.log10(PHASE_STEPS * candidates.length);
        double whole = (beats[beats.length - 1] - beats[0]) / 1e6;
        int expected = (int) Math.min(1 << 20, whole / Math.max(bestPeriod, 1e-6)) + 1;
        // Jitter that is uniform over ±j of the period has R = sin(2πj)/(2πj): 1 − R ≈ (2πj)²/6,
        // and gaps of CV j·√(2/3).
        double spread = Math.sqrt(6 * (1 - bestR)) / (2 * Math.PI) * Math.sqrt(2.0 / 3) * 2;
        return new Rhythm(
                beats.length,
                bestPeriod,
                Math.min(1, spread),
                Math.min(1, 0.5 + bestR / 2),
                Math.max(0, expected - beats.length),
                bestR,
                whole,
                Math.max(0, surprise),
                Sign.CLOCK);
    }

    private static double resultant(double[] beats, int from, double period) {
        double cos = 0;
        double sin = 0;
        for (int i = from; i < beats.length; i++) {
            double turns = (beats[i] - beats[from]) / period;
            double angle = 2 * Math.PI * (turns - Math.floor(turns));
            cos += Math.cos(angle);
            sin += Math.sin(angle);
        }
        return Math.hypot(cos, sin) / (beats.length - from);
    }

    private static double clamp(double value) {
        return Math.max(0, Math.min(1, value));
    }
}
