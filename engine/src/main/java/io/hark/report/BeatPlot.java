package io.hark.report;

import static io.hark.report.Markup.n;

import io.hark.event.Fact;
import io.hark.event.Finding;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// When the evidence of a finding happened: each gap to the one before over time, and how often
/// which gap occurred.
///
/// @param finding whose it is
/// @param times seconds after the finding's first, ascending
record BeatPlot(Finding finding, double[] times) {

    private static final int MIN_TIMES = 4; // fewer show no rhythm
    private static final int MAX_TIMES = 300; // as detectors keep 256

    private static final double WIDTH = 960;
    private static final double LEFT = 62;
    private static final double RIGHT = 700;
    private static final double TOP = 22;
    private static final double BOTTOM = 150;
    private static final double HEIGHT = 190;
    private static final double SIDE = 744; // where the histogram begins
    private static final int BINS = 26;

    /// The plot of a finding that tells its times.
    static Optional<BeatPlot> of(Finding finding) {
        for (Fact fact : finding.evidence()) {
            String text = fact.text();
            if (fact.name().equals(Finding.TIMES) && text != null) {
                double[] times = parse(text);
                if (times.length >= MIN_TIMES && times[times.length - 1] > times[0]) {
                    return Optional.of(new BeatPlot(finding, times));
                }
            }
        }
        return Optional.empty();
    }

    private static double[] parse(String text) {
        return Arrays.stream(text.split(" "))
                .limit(MAX_TIMES)
                .filter(word -> word.matches("-?[0-9]{1,10}(\\.[0-9]{1,6})?"))
                .mapToDouble(Double::parseDouble)
                .sorted()
                .toArray();
    }

    private OptionalDouble period() {
        for (Fact fact : finding.evidence()) {
            Double number = fact.number();
            if (fact.name().equals(Finding.PERIOD) && number != null && number > 0) {
                return OptionalDouble.of(number);
            }
        }
        return OptionalDouble.empty();
    }

    private double[] gaps() {
        double[] gaps = new double[times.length - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = times[i + 1] - times[i];
        }
        return gaps;
    }

    void write(Markup out, int rank) {
        double[] gaps = gaps();
        double[] sorted = gaps.clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        double period = period().orElse(median);
        double high = sorted[(int) (sorted.length * 0.95)]; // a pause shall not flatten the rest
        double top = Axis.round(Math.max(Math.min(high * 1.1, 6 * period), period * 1.2));
        Picture picture =
                new Picture(
                        out,
                        "beat-" + (rank + 1),
                        "beat",
                        new Picture.Frame(0, WIDTH, HEIGHT),
                        "Check-ins and the gaps between them",
                        String.format(
                                Locale.ROOT,
                                "%d check-ins; half of the gaps are shorter than %.2f s; shortest"
                                        + " %.2f s, longest %.2f s",
                                times.length,
                                median,
                                sorted[0],
                                sorted[sorted.length - 1]));
        scale(picture, top);
        overTime(picture, gaps, top);
        histogram(picture, gaps, top);
        double at = y(period, top);
        picture.line(LEFT, at, RIGHT, at, "period").line(SIDE, at, WIDTH - 40, at, "period");
        picture.text(WIDTH - 36, at + 4, "lab hot", Axis.seconds(rounded(period)));
        picture.end();
    }

    private static double rounded(double seconds) {
        return seconds < 10 ? Math.round(seconds * 10) / 10.0 : Math.round(seconds);
    }

    private static double y(double gap, double top) {
        return BOTTOM - Math.min(gap, top) / top * (BOTTOM - TOP);
    }

    private double x(double time) {
        double span = times[times.length - 1] - times[0];
        return LEFT + (time - times[0]) / span * (RIGHT - LEFT);
    }

    private void scale(Picture picture, double top) {
        picture.text(LEFT, 11, "cap", "gap to the check-in before, over time");
        picture.text(SIDE, 11, "cap", "how often which gap");
        for (int i = 0; i <= 2; i++) {
            double value = top * i / 2;
            double at = y(value, top);
            picture.line(LEFT, at, RIGHT, at, "grid").line(SIDE, at, WIDTH - 40, at, "grid");
            picture.text(LEFT - 8, at + 4, "tick end", Axis.seconds(value));
        }
        long from = finding.first() + Math.round(times[0] * 1e9);
        long to = finding.first() + Math.round(times[times.length - 1] * 1e9);
        for (Axis.Tick tick : Axis.times(from, to, 7)) {
            double at = LEFT + (tick.at() - from) / (double) (to - from) * (RIGHT - LEFT);
            picture.line(at, BOTTOM + 16, at, BOTTOM + 20, "axis");
            picture.text(at, HEIGHT - 6, "tick mid", tick.label());
        }
    }

    private void overTime(Picture picture, double[] gaps, double top) {
        StringBuilder rug = new StringBuilder();
        for (double time : times) {
            rug.append('M').append(n(x(time))).append(' ').append(n(BOTTOM + 6)).append("v9");
        }
        picture.path(rug.toString(), "rug");
        for (int i = 0; i < gaps.length; i++) {
            double at = x(times[i + 1]);
            if (gaps[i] > top) { // beyond the picture
                picture.path("M" + n(at - 4) + " " + n(TOP) + "h8l-4 -7z", "beyond");
            } else {
                picture.circle(at, y(gaps[i], top), gaps.length > 100 ? 1.8 : 2.6, "dot");
            }
        }
    }

    private static void histogram(Picture picture, double[] gaps, double top) {
        int[] bins = new int[BINS];
        for (double gap : gaps) {
            bins[(int) Math.min(BINS - 1, gap / top * BINS)]++;
        }
        int most = Arrays.stream(bins).max().orElse(1);
        double height = (BOTTOM - TOP) / BINS;
        for (int i = 0; i < BINS; i++) {
            if (bins[i] > 0) {
                double width = Math.max(1.5, (WIDTH - 60 - SIDE) * bins[i] / most);
                picture.group("bin", Units.count(bins[i], "gap"));
                picture.rect(SIDE, BOTTOM - (i + 1) * height + 0.5, width, height - 1, "bar");
                picture.endGroup();
            }
        }
    }
}
