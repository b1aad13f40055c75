package io.hark.plan;

import io.hark.engagement.Engagement;
import io.hark.engagement.Engagement.LogSource;
import io.hark.engagement.Engagement.Sensor;
import io.hark.plan.Cell.Witness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Who of the declared sensors and log sources would see a technique at a place.
///
/// @param engagement what is declared
/// @param yield what detectors make of it
record Outlook(Engagement engagement, Yield yield) {

    Cell cell(String technique, Place place) {
        List<Witness> witnesses = new ArrayList<>();
        for (Claim claim : yield.claims()) {
            if (Yield.concerns(claim, technique, place.shape())) {
                for (Sensor sensor : engagement.sensors()) {
                    add(sensor.name(), claim, Yield.level(claim, sensor, place), witnesses);
                }
                for (LogSource log : engagement.logs()) {
                    if (log.covers().stream().anyMatch(place::touches)) {
                        add(log.name(), claim, Yield.level(claim, log), witnesses);
                    }
                }
            }
        }
        witnesses.sort(
                Comparator.comparing(Witness::level)
                        .reversed()
                        .thenComparing(Witness::source)
                        .thenComparing(Witness::detector));
        Level level = witnesses.isEmpty() ? Level.BLIND : witnesses.getFirst().level();
        return new Cell(level, witnesses, lack(level, technique, place));
    }

    private static void add(String source, Claim claim, Level level, List<Witness> to) {
        if (level != Level.BLIND) {
            to.add(new Witness(source, claim.detector(), level));
        }
    }

    private String lack(Level level, String technique, Place place) {
        List<Sensor> there =
                engagement.sensors().stream()
                        .filter(sensor -> Coverage.of(sensor, place) != Coverage.NONE)
                        .toList();
        return switch (level) {
            case SEEN -> "";
            case BLIND ->
                    there.isEmpty() ? "no sensor sees this traffic" : "only logs would tell of it";
            case PART -> {
                boolean oneWay =
                        !there.isEmpty()
                                && there.stream()
                                        .allMatch(s -> Coverage.of(s, place) == Coverage.ONE_WAY);
                boolean keys =
                        there.stream()
                                .map(Additions::withKeys)
                                .anyMatch(
                                        sensor ->
                                                yield.levels(sensor, place).get(technique)
                                                        == Level.SEEN);
                yield oneWay
                        ? "only one direction is seen"
                        : keys
                                ? "what TLS hides needs a key log"
                                : "only what is not sealed, and what decoders know";
            }
        };
    }
}
