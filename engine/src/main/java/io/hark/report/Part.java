package io.hark.report;

/// A part of the page under a heading of its own.
interface Part {

    /// Where links in the page lead to.
    String id();

    /// Its heading.
    String title();

    /// How much there is, in a few words; empty if nothing.
    String amount();

    /// Whether there is anything to show.
    boolean isThere();

    /// Writes it, without the heading.
    void write(Markup out);
}
