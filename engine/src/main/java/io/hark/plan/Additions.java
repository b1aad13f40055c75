package io.hark.plan;

import io.hark.Secret;
import io.hark.engagement.Engagement;
import io.hark.engagement.Engagement.Asset;
import io.hark.engagement.Engagement.Sensor;
import io.hark.engagement.Engagement.Way;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks for what would help most: at each step the addition that gains most for its cost, until
/// nothing gains any more (greedy set cover: within a factor of ln n of the best choice).
///
/// *Gain*: two for a cell that is blind no more, one for a cell that is seen whole instead of in
/// part; times the value of the asset that is worth most at either end of the place (low 1, medium
/// 2, high 4; 2 where none is declared). *Cost*: [Addition.Kind#cost].
final class Additions {

    private static final int MAX_STEPS = 20; // a person reads no further
    private static final int CLOSED = 2;
    private static final int USUAL_WEIGHT = 2;

    private final Engagement engagement;
    private final Yield yield;
    private final List<Place> places;
    private final Map<Place, Map<String, Level>> levels = new HashMap<>();
    private final List<Sensor> sensors;

    Additions(Engagement engagement, Yield yield, List<Place> places) {
        this.engagement = engagement;
        this.yield = yield;
        this.places = places;
        this.sensors = new ArrayList<>(engagement.sensors());
        Outlook outlook = new Outlook(engagement, yield);
        for (Place place : places) {
            Map<String, Level> at = new TreeMap<>();
            yield.techniques(place.shape())
                    .forEach(id -> at.put(id, outlook.cell(id, place).level()));
            levels.put(place, at);
        }
    }

    /// A candidate with what it would gain now.
    private record Offer(Addition addition, long gain) {

        boolean isBetterThan(@Nullable Offer other) {
            if (other == null) {
                return true;
            }
            long mine = gain * other.addition.kind().cost();
            long others = other.gain * addition.kind().cost();
            return mine > others
                    || mine == others && addition.kind().cost() < other.addition.kind().cost();
        }
    }

    List<Addition> steps() {
        List<Addition> steps = new ArrayList<>();
        while (steps.size() < MAX_STEPS) {
            Offer best = null;
            for (Candidate candidate : candidates()) {
                Offer offer = offer(candidate);
                if (offer.gain > 0 && offer.isBetterThan(best)) {
                    best = offer;
                }
            }
            if (best == null) {
                break;
            }
            steps.add(best.addition);
            take(best.addition.sensor());
        }
        return steps;
    }

    private record Candidate(String what, Addition.Kind kind, Sensor sensor) {}

    private List<Candidate> candidates() {
        List<Candidate> candidates = new ArrayList<>();
        for (String zone : Place.zones(engagement)) {
            Way within = new Way(zone, zone, true);
            candidates.add(
                    new Candidate(
                            "a mirror port within " + zone,
                            Addition.Kind.MIRROR,
                            new Sensor("within-" + zone, List.of(), List.of(within), List.of())));
            candidates.add(
                    new Candidate(
                            "a tap at the border of " + zone,
                            Addition.Kind.TAP,
                            new Sensor("border-" + zone, List.of(zone), List.of(), List.of())));
        }
        for (Sensor sensor : sensors) {
            candidates.add(
                    new Candidate(
                            "TLS key logs at " + sensor.name(),
                            Addition.Kind.KEYS,
                            withKeys(sensor)));
            candidates.add(
                    new Candidate(
                            "the other direction at " + sensor.name(),
                            Addition.Kind.OTHER_WAY,
                            bothWays(sensor)));
        }
        return candidates;
    }

    /// The same sensor where TLS can be opened.
    static Sensor withKeys(Sensor sensor) {
        return new Sensor(
                sensor.name(),
                sensor.zones(),
                sensor.sees(),
                Stream.concat(sensor.keys().stream(), Stream.of(Secret.Kind.TLS_KEY_LOG))
                        .distinct()
                        .toList());
    }

    private static Sensor bothWays(Sensor sensor) {
        return new Sensor(
                sensor.name(),
                sensor.zones(),
                sensor.sees().stream().map(way -> new Way(way.from(), way.to(), true)).toList(),
                sensor.keys());
    }

    private Offer offer(Candidate candidate) {
        int closes = 0;
        int raises = 0;
        long gain = 0;
        for (Place place : places) {
            Map<String, Level> now = Objects.requireNonNull(levels.get(place));
            int closed = 0;
            int raised = 0;
            for (var with : yield.levels(candidate.sensor, place).entrySet()) {
                Level before = now.getOrDefault(with.getKey(), Level.BLIND);
                if (before.compareTo(with.getValue()) < 0) {
                    closed += before == Level.BLIND ? 1 : 0;
                    raised += before == Level.PART ? 1 : 0;
                }
            }
            closes += closed;
            raises += raised;
            gain += (long) weight(place) * (CLOSED * closed + raised);
        }
        return new Offer(
                new Addition(candidate.what, candidate.kind, candidate.sensor, closes, raises),
                gain);
    }

    private void take(Sensor sensor) {
        sensors.removeIf(one -> one.name().equals(sensor.name()));
        sensors.add(sensor);
        for (Place place : places) {
            Map<String, Level> now = Objects.requireNonNull(levels.get(place));
            yield.levels(sensor, place).forEach((id, level) -> now.merge(id, level, Yield::better));
        }
    }

    private int weight(Place place) {
        return Math.max(weight(place.zone()), weight(place.peer()));
    }

    private int weight(String zone) {
        int weight = 0;
        for (Asset asset : engagement.assets()) {
            if (AssetOutlook.zone(asset, engagement).equals(zone)) {
                weight =
                        Math.max(
                                weight,
                                switch (asset.value()) {
                                    case LOW -> 1;
                                    case MEDIUM -> 2;
                                    case HIGH -> 4;
                                });
            }
        }
        return weight == 0 && !zone.equals(Engagement.OUTSIDE) ? USUAL_WEIGHT : weight;
    }
}
