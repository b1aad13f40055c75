package io.hark.detect.beacons;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Prints how often rhythms are found and noise is taken for one: the table in [Rhythm]'s documentation.
final class Rates {

    public static void main(String[] args) {
        int runs = 400;
        int[] beats = {8, 10, 15, 20, 40, 100, 256};
        System.out.println("found (surprise>=4, score>=0.25), % of " + runs + ", by beats 8 10 15 20 40 100 256");
        for (double jitter : new double[] {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9}) {
            row("sleeper ±" + (int) (100 * jitter), runs, beats, (t, n) -> t.sleeper(60, jitter, n));
        }
        for (double jitter : new double[] {0.1, 0.2, 0.3, 0.4, 0.5}) {
            row("clock ±" + (int) (100 * jitter), runs, beats, (t, n) -> t.clock(60, jitter, n));
        }
        for (double share : new double[] {0.1, 0.2, 0.3, 0.5}) {
            row("±10 missing " + (int) (100 * share), runs, beats, (t, n) -> t.missing(t.sleeper(60, .1, (int) Math.round(n / (1 - share))), share));
            row("±30 missing " + (int) (100 * share), runs, beats, (t, n) -> t.missing(t.sleeper(60, .3, (int) Math.round(n / (1 - share))), share));
            row("clk±10 missing " + (int) (100 * share), runs, beats, (t, n) -> t.missing(t.clock(60, .1, (int) Math.round(n / (1 - share))), share));
        }
        row("±10 with bursts", runs, beats, (t, n) -> {
            List<Double> all = new ArrayList<>();
            for (double x : t.sleeper(60, .1, n / 2)) { all.add(x); all.add(x + t.random().nextDouble()); }
            return all; });
        System.out.println("found per 10,000");
        for (double mean : new double[] {10, 60, 600}) {
            row("poisson " + mean, 10_000, beats, (t, n) -> t.poisson(mean, n));
        }
        row("lognormal 1.2", 10_000, beats, (t, n) -> {
            List<Double> all = new ArrayList<>(); double x = 0;
            for (int i = 0; i < n; i++) { all.add(x); x += 60 * Math.exp(1.2 * t.random().nextGaussian()); }
            return all; });
        row("lognormal 0.8", 10_000, beats, (t, n) -> {
            List<Double> all = new ArrayList<>(); double x = 0;
            for (int i = 0; i < n; i++) { all.add(x); x += 60 * Math.exp(0.8 * t.random().nextGaussian()); }
            return all; });
        row("browsing", 2_000, beats, (t, n) -> { List<Double> all = t.browsing(2, 90); return all.subList(0, Math.min(n, all.size())); });
        row("browsing, last", 2_000, beats, (t, n) -> { List<Double> all = t.browsing(2, 90); return all.subList(Math.max(0, all.size()-n), all.size()); });
    }

    interface Maker { List<Double> make(Traffic traffic, int beats); }

    private static void row(String name, int runs, int[] beats, Maker maker) {
        StringBuilder out = new StringBuilder(String.format(Locale.ROOT, "%-20s", name));
        long began = System.nanoTime(); int calls = 0;
        for (int n : beats) {
            int found = 0;
            double score = 0;
            for (int i = 0; i < runs; i++) {
                Rhythm r = of(maker.make(new Traffic(i * 7919L + n), n));
                calls++;
                if (r.surprise() >= 4 && r.score() >= 0.25) found++;
                score += r.score();
            }
            out.append(String.format(Locale.ROOT, "%7.1f(%.2f)", runs == 400 ? 100.0 * found / runs : 10_000.0 * found / runs, score / runs));
        }
        System.out.println(out + "   " + (System.nanoTime() - began) / calls / 1000 + " us");
    }

    private static Rhythm of(List<Double> times) {
        return Rhythm.of(times.stream().mapToLong(t -> Math.round(t * 1e6)).toArray());
    }
}
