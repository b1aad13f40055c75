package io.hark.plan;

import java.util.List;

/// One technique at one place.
///
/// @param level how well it would be seen
/// @param witnesses who would see it, the best first
/// @param lack what keeps it from being seen whole; empty if nothing does
public record Cell(Level level, List<Witness> witnesses, String lack) {

    /// Who would see it.
    ///
    /// @param source name of the sensor or log source
    /// @param detector the detector that reads what it brings
    /// @param level how well
    public record Witness(String source, String detector, Level level) {}

    /// Keeps its own copy.
    public Cell {
        witnesses = List.copyOf(witnesses);
    }
}
