package io.hark.plan;

import java.util.Locale;

/// How well a technique would be seen at a place.
public enum Level {
    /// Not at all: nothing there produces what a detector of it reads.
    BLIND,
    /// Partly: only what is not encrypted, one direction, the families that decoders know, or what
    /// lines of a log tell.
    PART,
    /// All that the detectors of it read passes a sensor and can be read.
    SEEN;

    /// In lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
