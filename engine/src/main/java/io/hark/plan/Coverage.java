package io.hark.plan;

import io.hark.engagement.Engagement.Sensor;
import io.hark.engagement.Engagement.Way;

/// How much of a place's traffic passes a sensor.
public enum Coverage {
    /// Nothing.
    NONE,
    /// What goes one way.
    ONE_WAY,
    /// What goes both ways.
    BOTH;

    /// What a sensor is declared to see of a place. A sensor at the borders of zones sees what
    /// crosses them, not what stays within.
    public static Coverage of(Sensor sensor, Place place) {
        if (place.shape() != Place.Shape.WITHIN
                && sensor.zones().stream().anyMatch(place::touches)) {
            return BOTH;
        }
        boolean forth = false;
        boolean back = false;
        for (Way way : sensor.sees()) {
            if (place.joins(way.from(), way.to())) {
                boolean same = way.from().equals(place.zone());
                forth |= same || way.bothWays();
                back |= !same || way.bothWays();
            }
        }
        return forth && back ? BOTH : forth || back ? ONE_WAY : NONE;
    }
}
