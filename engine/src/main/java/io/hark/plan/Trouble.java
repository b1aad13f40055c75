package io.hark.plan;

import java.util.Locale;

/// Where what was observed is not what was planned.
///
/// @param kind of what kind
/// @param subject what it is about: a sensor, a place, an asset, an address
/// @param text what was found, with its numbers, and what to look at
public record Trouble(Kind kind, String subject, String text) {

    /// Kinds of trouble, the worst first.
    public enum Kind {
        /// A sensor none of whose traffic is there.
        SILENT_SENSOR,
        /// A log source none of whose lines are there.
        SILENT_LOG,
        /// Connections of which only one direction came by.
        ONE_SIDED,
        /// Packets or payload that got lost.
        LOSS,
        /// Clocks that do not agree.
        CLOCKS_APART,
        /// Frames that were captured twice.
        DUPLICATES,
        /// An asset that was declared and not seen.
        UNSEEN_ASSET,
        /// A host of ours that nobody declared.
        UNDECLARED_HOST,
        /// Traffic that no sensor is declared to see.
        UNPLANNED;

        /// In lower case: `silent sensor`.
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
