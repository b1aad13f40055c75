package io.hark.plan;

import io.hark.engagement.Engagement;
import io.hark.engagement.Engagement.Zone;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.List;

/// Where traffic passes: between two zones, within one, or between one and the outside.
///
/// @param zone one end
/// @param peer the other end: a zone, the same zone, or [Engagement#OUTSIDE]
public record Place(String zone, String peer) {

    /// How the ends of a place lie to each other.
    public enum Shape {
        /// Between a zone and the outside.
        OUTWARD,
        /// Between two zones.
        BETWEEN,
        /// Within one zone.
        WITHIN
    }

    /// What the one zone is called where none is declared: all that is local.
    public static final String INSIDE = "inside";

    /// All places of an environment: each zone with the outside, each two zones, each zone in
    /// itself, in the order in which the zones are declared.
    public static List<Place> of(Engagement engagement) {
        List<String> zones = zones(engagement);
        List<Place> places = new ArrayList<>();
        zones.forEach(zone -> places.add(new Place(zone, Engagement.OUTSIDE)));
        for (int i = 0; i < zones.size(); i++) {
            for (int j = i + 1; j < zones.size(); j++) {
                places.add(new Place(zones.get(i), zones.get(j)));
            }
        }
        zones.forEach(zone -> places.add(new Place(zone, zone)));
        return places;
    }

    /// The names of the zones; of an environment that declares none, of the one that it is.
    static List<String> zones(Engagement engagement) {
        return engagement.zones().isEmpty()
                ? List.of(INSIDE)
                : engagement.zones().stream().map(Zone::name).toList();
    }

    /// The name of the zone that an address is in, or [Engagement#OUTSIDE].
    public static String zone(Engagement engagement, Addr addr) {
        if (engagement.zones().isEmpty()) {
            return engagement.isLocal(addr) ? INSIDE : Engagement.OUTSIDE;
        }
        return engagement.zone(addr).map(Zone::name).orElse(Engagement.OUTSIDE);
    }

    /// How its ends lie to each other.
    public Shape shape() {
        if (peer.equals(Engagement.OUTSIDE)) {
            return Shape.OUTWARD;
        }
        return zone.equals(peer) ? Shape.WITHIN : Shape.BETWEEN;
    }

    /// Whether one of its ends is that zone.
    public boolean touches(String name) {
        return zone.equals(name) || peer.equals(name);
    }

    /// Whether its ends are these, in whatever order.
    boolean joins(String one, String other) {
        return zone.equals(one) && peer.equals(other) || zone.equals(other) && peer.equals(one);
    }

    /// As people read it: `bait - outside`, `within bait`.
    @Override
    public String toString() {
        return shape() == Shape.WITHIN ? "within " + zone : zone + " - " + peer;
    }
}
