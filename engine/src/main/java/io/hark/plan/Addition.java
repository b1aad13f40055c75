package io.hark.plan;

import io.hark.engagement.Engagement.Sensor;

/// Something that would let more be seen.
///
/// @param what in words: `a mirror port within office`
/// @param kind what it takes
/// @param sensor how the sensor would be declared then: a new one, or one that is there, with more
/// @param closes cells that are blind without it and not with it
/// @param raises cells that are seen in part without it and whole with it
public record Addition(String what, Kind kind, Sensor sensor, int closes, int raises) {

    /// What it takes, and what that costs.
    public enum Kind {
        /// The way back at a tap that is there.
        OTHER_WAY(1),
        /// Key logs of the ends of TLS, for a sensor that is there.
        KEYS(1),
        /// A port of a switch that sends a copy of what its hosts say to each other.
        MIRROR(2),
        /// A tap at a router or firewall.
        TAP(3);

        private final int cost;

        Kind(int cost) {
            this.cost = cost;
        }

        /// What it costs beside the others: a rough order of the work, not money.
        public int cost() {
            return cost;
        }
    }
}
