package io.hark.detect.beacons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How often rhythms are found and noise is taken for one. `main` prints the whole table that
/// [Beacons] quotes; the tests hold a few of its cells.
class BeaconRatesTest {

    private static final int[] BEATS = {8, 10, 15, 20, 40, 100, 256};

    private interface Maker {
        List<Double> make(Traffic traffic, int beats);
    }

    public static void main(String[] args) {
        for (double jitter : new double[] {0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9}) {
            row("sleep", jitter, 0, 400, (t, n) -> t.sleeper(60, jitter, n));
        }
        for (double jitter : new double[] {0.1, 0.2, 0.3, 0.5}) {
            row("clock", jitter, 0, 400, (t, n) -> t.clock(60, jitter, n));
        }
        for (double share : new double[] {0.1, 0.3, 0.5}) {
            row("missed", 0.1, share, 400, (t, n) -> missed(t, 0.1, share, n));
            row("missed", 0.3, share, 400, (t, n) -> missed(t, 0.3, share, n));
        }
        row("memoryless", 0, 0, 10_000, (t, n) -> t.poisson(60, n));
        row("log-normal", 0.8, 0, 10_000, (t, n) -> logNormal(t, 0.8, n));
        row("log-normal", 1.2, 0, 10_000, (t, n) -> logNormal(t, 1.2, n));
        row("browsing", 0, 0, 1_000, BeaconRatesTest::browsing);
    }

    private static void row(String name, double jitter, double share, int runs, Maker maker) {
        StringBuilder row =
                new StringBuilder(
                        String.format(Locale.ROOT, "%-10s %.1f %.1f", name, jitter, share));
        for (int beats : BEATS) {
            row.append(String.format(Locale.ROOT, "%9d of %d", found(runs, beats, maker), runs));
        }
        System.out.println(row);
    }

    private static int found(int runs, int beats, Maker maker) {
        int found = 0;
        for (int i = 0; i < runs; i++) {
            Rhythm rhythm = Rhythm.of(micros(maker.make(new Traffic(i * 7919L + beats), beats)));
            if (rhythm.surprise() >= 4 && rhythm.score() >= 0.25) {
                found++;
            }
        }
        return found;
    }

    private static long[] micros(List<Double> times) {
        return times.stream().mapToLong(t -> Math.round(t * 1e6)).toArray();
    }

    private static List<Double> missed(Traffic traffic, double jitter, double share, int beats) {
        return traffic.missing(
                traffic.sleeper(60, jitter, (int) Math.round(beats / (1 - share))), share);
    }

    private static List<Double> logNormal(Traffic traffic, double sigma, int beats) {
        List<Double> times = new ArrayList<>();
        double t = 0;
        for (int i = 0; i < beats; i++) {
            times.add(t);
            t += 60 * Math.exp(sigma * traffic.random().nextGaussian());
        }
        return times;
    }

    private static List<Double> browsing(Traffic traffic, int beats) {
        List<Double> times = traffic.browsing(2, 90);
        return times.subList(Math.max(0, times.size() - beats), times.size());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8, 100",
        "0.1, 8, 100",
        "0.2, 10, 98",
        "0.3, 15, 98",
        "0.5, 20, 95",
        "0.7, 40, 95"
    })
    void sleepers_are_found(double jitter, int beats, int percent) {
        assertThat(found(200, beats, (t, n) -> t.sleeper(60, jitter, n)))
                .isGreaterThanOrEqualTo(2 * percent);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 10, 98", "0.3, 20, 95", "0.5, 100, 95"})
    void programs_that_follow_a_clock_are_found(double jitter, int beats, int percent) {
        assertThat(found(200, beats, (t, n) -> t.clock(60, jitter, n)))
                .isGreaterThanOrEqualTo(2 * percent);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 15, 95", "0.3, 20, 90", "0.5, 100, 90"})
    void missed_beats_do_not_hide_it(double share, int beats, int percent) {
        assertThat(found(200, beats, (t, n) -> missed(t, 0.1, share, n)))
                .isGreaterThanOrEqualTo(2 * percent);
    }

    @ParameterizedTest
    @CsvSource({"8", "20", "100", "256"})
    void memoryless_pairs_are_not_found(int beats) {
        assertThat(found(3_000, beats, (t, n) -> t.poisson(60, n))).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"20", "256"})
    void people_who_browse_are_not_found(int beats) {
        assertThat(found(100, beats, BeaconRatesTest::browsing)).isZero();
    }

    /// With three gaps the chance has a closed form: the shares lie in a triangle, the ball is a
    /// circle in it.
    @Test
    void the_chance_of_three_gaps_is_a_circle_over_a_triangle() {
        double spread = 0.3;
        double circle = Math.PI * spread * spread / 3; // radius² = CV²/n
        double triangle = Math.sqrt(3) / 2;
        assertThat(Rhythm.surprise(3, spread))
                .isCloseTo(-Math.log10(circle / triangle), within(1e-9));
    }

    /// The closed form beside what chance does: of a million memoryless series of eight gaps, those
    /// below a spread of 0.45.
    @Test
    void the_chance_is_what_chance_does() {
        Traffic traffic = new Traffic(1);
        int below = 0;
        int runs = 1_000_000;
        for (int i = 0; i < runs; i++) {
            double sum = 0;
            double squares = 0;
            for (int k = 0; k < 8; k++) {
                double gap = -Math.log(1 - traffic.random().nextDouble());
                sum += gap;
                squares += gap * gap;
            }
            double mean = sum / 8;
            below += Math.sqrt(squares / 8 - mean * mean) / mean <= 0.45 ? 1 : 0;
        }
        assertThat(-Math.log10(below / (double) runs))
                .isCloseTo(Rhythm.surprise(8, 0.45), within(0.1));
    }
}
