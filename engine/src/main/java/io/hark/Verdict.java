package io.hark;

/// What a probe or a taste says, as an int so that saying it allocates nothing: [#NO], [#MORE],
/// from 1 to 99 a guess, [#YES].
public final class Verdict {

    /// Certainly not mine.
    public static final int NO = -1;

    /// Cannot tell yet: ask again with more bytes.
    public static final int MORE = 0;

    /// A weak guess: could be mine.
    public static final int MAYBE = 50;

    /// Certainly mine.
    public static final int YES = 100;

    private Verdict() {}
}
