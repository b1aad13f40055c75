package io.hark.live;

import io.hark.wire.Drops;
import io.hark.wire.Intake;
import java.io.IOException;

/// One interface that is listened to.
///
/// *Thread*: one at a time; [#counts] from any.
sealed interface Tap extends AutoCloseable permits Ring, PcapTap {

    /// What was counted since it was opened.
    ///
    /// @param seen frames that the kernel had for us, lost ones too
    /// @param taken frames that we took
    /// @param drops frames lost, by where
    /// @param freezes how often the ring was full, so that the kernel stopped filling it
    record Counts(long seen, long taken, Drops drops, long freezes) {}

    /// The interface.
    String name();

    /// What to wait on for frames.
    int descriptor();

    /// Hands on frames that have come, until none is left or there is no room for more.
    ///
    /// @return whether there was one
    boolean drain(Intake intake) throws IOException;

    /// Lets no more frames in; what came before can still be drained.
    void refuse() throws IOException;

    /// Whether all that the kernel says it has for us was drained; tells the truth only behind
    /// [#refuse].
    boolean isDrained() throws IOException;

    /// Looks why waiting on the descriptor found an error.
    ///
    /// @return why nothing more will come, or an empty text if something may
    String trouble() throws IOException;

    /// What was counted, as of the last time that somebody asked the kernel by [#count].
    Counts counts();

    /// Asks the kernel what it counted.
    void count() throws IOException;

    @Override
    void close() throws IOException;
}
