package io.hark.lake;

import java.util.List;

/// What a search asks for, as it was written: see `docs/reference/search.md`.
sealed interface Clause {

    /// All of them.
    record And(List<Clause> parts) implements Clause {
        /// Keeps its own copy.
        public And {
            parts = List.copyOf(parts);
        }
    }

    /// Any of them.
    record Or(List<Clause> parts) implements Clause {
        /// Keeps its own copy.
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /// Not that.
    record Not(Clause part) implements Clause {}

    /// `field:value`.
    ///
    /// @param at where the field stands in the search, from 0
    record Has(String field, int at, Value value) implements Clause {}

    /// A word anywhere.
    record Words(Value value) implements Clause {}

    /// A value as it was written.
    ///
    /// @param at where it stands in the search, from 0
    /// @param exact whether it stood in quotes: no wildcards, no ranges
    record Value(String text, int at, boolean exact) {

        /// Whether it stands for more than itself.
        boolean isPattern() {
            return !exact && (text.indexOf('*') >= 0 || text.indexOf('?') >= 0);
        }
    }
}
