package io.hark.sensor;

import java.io.IOException;
import java.nio.file.Path;

/// A part of a case that is made of the outcome, when all else but `case.json` is written.
@FunctionalInterface
public interface CasePart {

    /// Nothing more.
    CasePart NONE = (dir, outcome, options) -> {};

    /// Writes it.
    ///
    /// @param dir the case
    /// @throws IOException if it cannot be written
    void write(Path dir, Outcome outcome, Options options) throws IOException;
}
