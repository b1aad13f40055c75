package io.hark.detect.intel;

import io.hark.event.Endpoints;
import io.hark.intel.Indicator;
import io.hark.schema.Addr;

/// An indicator in an event.
///
/// @param indicator what was seen
/// @param host whose dealings they are
/// @param between the connection
/// @param where it was seen, in words
/// @param nearness how much it says of that host
record Sighting(
        Indicator indicator, Addr host, Endpoints between, String where, Nearness nearness) {

    /// How much a sighting says, the least first.
    enum Nearness {
        /// Somebody listed knocked, and got no answer: the whole Internet is knocked at.
        KNOCKED,
        /// A program that looks like one that is listed: many look alike.
        ALIKE,
        /// It was asked for, called in vain, answered to a caller, or named in a mail.
        NAMED,
        /// Something was said to it, or taken from it.
        SPOKEN
    }
}
