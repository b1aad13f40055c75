package io.hark.bench;

import io.hark.detect.beacons.Beacons;
import io.hark.event.Conn;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.sensor.KeyedRunner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/// How well beacons are told from everything else, beside RITA's formula on the same made-up days:
/// true positives at 1 % false positives, and the score of each population.
///
/// Usage: `java -cp … io.hark.bench.BeaconRoc [SEEDS [FIRST]]`, 30 from 0 on by default.
public final class BeaconRoc {

    private static final double FALSE_SHARE = 0.01;

    private record Scores(Population of, double[] hark, double[] rita) {}

    private BeaconRoc() {}

    /// Prints the table.
    public static void main(String[] args) {
        int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 30;
        int first = args.length > 1 ? Integer.parseInt(args[1]) : 0;
        List<Scores> all = new ArrayList<>();
        for (Population population : Population.ALL) {
            all.add(scores(population, first, seeds));
        }
        print("%-30s %28s %28s%n", "population, " + seeds + " seeds", "hark", "RITA 5");
        for (Scores one : all) {
            print("%-30s %28s %28s%n", one.of.name(), spread(one.hark), spread(one.rita));
        }
        compare("chance and people alone", all, false);
        compare("and programs by the clock", all, true);
    }

    private static Scores scores(Population population, int first, int seeds) {
        double[] hark = new double[seeds];
        double[] rita = new double[seeds];
        for (int seed = 0; seed < seeds; seed++) {
            Random random = new Random((first + seed) * 31L + population.name().hashCode());
            double[] times = population.times(random);
            long[] sizes = population.sizes(times.length, random);
            long[] seconds = Arrays.stream(times).mapToLong(t -> (long) t).toArray();
            hark[seed] = hark(times, sizes);
            rita[seed] = RitaScore.of(seconds, sizes, 0, 86_400);
        }
        Arrays.sort(hark);
        Arrays.sort(rita);
        return new Scores(population, hark, rita);
    }

    /// The confidence of the detector, which is what it says and how sure it is of it.
    private static double hark(double[] times, long[] sizes) {
        Beacons beacons = new Beacons();
        KeyedRunner<Event, ?, ?> runner =
                KeyedRunner.of(beacons, KeyedRunner.Limits.OFFLINE, _ -> {});
        for (int i = 0; i < times.length; i++) {
            Conn conn = MadeConns.conn(times[i], 5, 7, 443, sizes[i], 500);
            runner.add(conn);
        }
        return score(beacons, runner);
    }

    private static <S extends io.hark.schema.Stored> double score(
            io.hark.Detector<S> detector, KeyedRunner<Event, ?, ?> runner) {
        double[] best = {0};
        runner.forEachState(
                (key, state) -> {
                    List<Fact> facts = detector.explain(key, detector.stateType().cast(state));
                    double sure = 1 - Math.pow(10, -(number(facts, "surprise") - 3) / 2);
                    best[0] = Math.max(best[0], number(facts, "score") * Math.max(0, sure));
                });
        return best[0];
    }

    private static double number(List<Fact> facts, String name) {
        return facts.stream()
                .filter(fact -> fact.name().equals(name))
                .map(Fact::number)
                .mapToDouble(number -> number == null ? 0 : number)
                .findFirst()
                .orElse(0);
    }

    private static String spread(double[] sorted) {
        return String.format(
                Locale.ROOT,
                "%.3f (%.3f to %.3f)",
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1]);
    }

    private static void compare(String against, List<Scores> all, boolean clocks) {
        print("%ntrue positives at %.0f %% false ones, against %s:%n", FALSE_SHARE * 100, against);
        double hark = floor(all, clocks, true);
        double rita = floor(all, clocks, false);
        for (Scores one : all) {
            if (one.of.isBeacon()) {
                print(
                        "%-30s %27.0f%% %27.0f%%%n",
                        one.of.name(), above(one.hark, hark), above(one.rita, rita));
            }
        }
        print("%-30s %28.3f %28.3f%n", "score needed", hark, rita);
    }

    /// The score that 1 % of what is no beacon goes beyond.
    private static double floor(List<Scores> all, boolean clocks, boolean isHark) {
        double[] none =
                all.stream()
                        .filter(one -> !one.of.isBeacon())
                        .filter(one -> clocks || one.of.kind() != Population.Kind.CLOCK)
                        .flatMapToDouble(one -> Arrays.stream(isHark ? one.hark : one.rita))
                        .sorted()
                        .toArray();
        return none[(int) Math.floor((1 - FALSE_SHARE) * (none.length - 1))];
    }

    private static double above(double[] scores, double floor) {
        return 100.0
                * IntStream.range(0, scores.length).filter(i -> scores[i] > floor).count()
                / scores.length;
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
