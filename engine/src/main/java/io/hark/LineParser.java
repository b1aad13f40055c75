package io.hark;

import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import java.util.List;

/// Reads the lines of one product's log. One file, or a package of few, per product; the build
/// finds it.
///
/// A line is offered only to parsers that have a sign in it, first to the one whose sign is the
/// longest; the first that says yes has it. So a parser looks closely only at lines that may be its
/// own, and neighbours may be of different products.
///
/// *Thread*: stateless, any.
public non-sealed interface LineParser extends Parser {

    /// Texts of which every line of the product has at least one, as they stand there: `%ASA-`,
    /// `CEF:0|Vendor|`. The longer, the fewer other lines are offered.
    List<String> signs();

    /// Whether it reads what no other does, by form alone: CEF of any vendor, JSON. Such parsers
    /// are asked last.
    default boolean isGeneral() {
        return false;
    }

    /// Reads a line: answers false if it is not of this product after all, whatever was put into
    /// `out` by then.
    ///
    /// What the envelope tells (time, host, program) is filled in afterwards where the parser left
    /// it empty. Nothing that stands in a line is an exception.
    boolean read(LogLine line, LogDraft out);
}
