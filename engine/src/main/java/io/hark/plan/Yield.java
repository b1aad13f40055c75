package io.hark.plan;

import io.hark.Secret;
import io.hark.engagement.Engagement.LogSource;
import io.hark.engagement.Engagement.Sensor;
import io.hark.incident.Tactic;
import io.hark.schema.Sight;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What detectors make of what a sensor or a log source brings.
///
/// *The model.* A kind of event takes a [Sight]; a place has a shape and a sensor sees it both
/// ways, one way or not at all. A detector sees a technique where all kinds that it reads and that
/// come by at such a place can be read whole; partly, where some can only be read where they are
/// not encrypted, one way, or as far as decoders know the family. It errs to the low side: a
/// detector that reads handshakes and requests is called partial without keys, though the
/// handshakes may be enough.
///
/// *Which technique is asked for where* follows from its tactic: what leads in or out at the border
/// to the outside, looking around and moving on between and within zones, the rest everywhere.
///
/// @param claims of all detectors
record Yield(List<Claim> claims) {

    private static final Set<String> FLOWS = Set.of("netflow", "ipfix", "sflow");

    /// Keeps its own copy.
    Yield {
        claims = List.copyOf(claims);
    }

    /// Whether a detector is to tell of a technique at a place of that shape.
    static boolean concerns(Claim claim, String technique, Place.Shape shape) {
        if (!claim.techniques().contains(technique)) {
            return false;
        } else if (claim.sights().equals(Set.of(Sight.DECODED))) { // orders come from outside
            return shape == Place.Shape.OUTWARD;
        } else if (claim.sights().equals(Set.of(Sight.SEGMENT))) {
            return shape == Place.Shape.WITHIN;
        }
        return belongs(Tactic.of(technique), shape);
    }

    private static boolean belongs(Tactic tactic, Place.Shape shape) {
        boolean outward = shape == Place.Shape.OUTWARD;
        return switch (tactic) {
            case RECONNAISSANCE,
                    RESOURCE_DEVELOPMENT,
                    INITIAL_ACCESS,
                    COMMAND_AND_CONTROL,
                    EXFILTRATION ->
                    outward;
            case PERSISTENCE, PRIVILEGE_ESCALATION, DISCOVERY, LATERAL_MOVEMENT, COLLECTION ->
                    !outward;
            case EXECUTION, DEFENSE_EVASION, CREDENTIAL_ACCESS, IMPACT, UNKNOWN -> true;
        };
    }

    /// The techniques that are asked for at places of that shape, in order of their ids.
    List<String> techniques(Place.Shape shape) {
        return claims.stream()
                .flatMap(
                        claim ->
                                claim.techniques().stream()
                                        .filter(id -> concerns(claim, id, shape)))
                .distinct()
                .sorted()
                .toList();
    }

    /// The best that a sensor makes of each technique at a place; what it is blind for is not
    /// there.
    Map<String, Level> levels(Sensor sensor, Place place) {
        if (Coverage.of(sensor, place) == Coverage.NONE) {
            return Map.of(); // of most places, where there are many zones
        }
        Map<String, Level> levels = new TreeMap<>();
        for (Claim claim : claims) {
            Level level = level(claim, sensor, place);
            if (level != Level.BLIND) {
                for (String id : claim.techniques()) {
                    if (concerns(claim, id, place.shape())) {
                        levels.merge(id, level, Yield::better);
                    }
                }
            }
        }
        return levels;
    }

    static Level better(Level one, Level other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /// What a sensor makes of what a detector reads.
    static Level level(Claim claim, Sensor sensor, Place place) {
        Coverage coverage = Coverage.of(sensor, place);
        if (coverage == Coverage.NONE) {
            return Level.BLIND;
        }
        boolean keys = sensor.keys().contains(Secret.Kind.TLS_KEY_LOG);
        Level level = Level.BLIND;
        boolean part = coverage == Coverage.ONE_WAY;
        for (Sight sight : claim.sights()) {
            boolean comesBy =
                    switch (sight) {
                        case SHAPE -> true;
                        case CONTENT -> {
                            part |= !keys;
                            yield true;
                        }
                        case SEALED, DECODED -> {
                            part = true;
                            yield true;
                        }
                        case SEGMENT -> place.shape() == Place.Shape.WITHIN;
                        case LOG, FLOW -> false;
                    };
            level = comesBy ? Level.SEEN : level;
        }
        return level == Level.SEEN && part ? Level.PART : level;
    }

    /// What a log source makes of what a detector reads: at best a part, what its lines say.
    static Level level(Claim claim, LogSource log) {
        Sight sight = FLOWS.contains(log.kind()) ? Sight.FLOW : Sight.LOG;
        return claim.sights().contains(sight) ? Level.PART : Level.BLIND;
    }
}
