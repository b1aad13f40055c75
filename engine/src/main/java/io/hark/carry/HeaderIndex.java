package io.hark.carry;

/// Header lines that are not cut into text before somebody reads them: what decoders ask first can
/// be told without.
///
/// *Thread*: the worker that made it.
public interface HeaderIndex {

    /// The value of the first header of that name, in whatever case, or empty.
    String value(String name);

    /// No line is longer than this, in characters.
    int longest();
}
