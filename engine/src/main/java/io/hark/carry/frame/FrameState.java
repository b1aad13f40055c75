package io.hark.carry.frame;

import io.hark.schema.Stored;
import java.util.List;

/// What a [FrameReader] keeps of a connection between two pieces: the octets of both directions
/// that make no frame yet. A decoder keeps it in its own state, beginning with [#START].
///
/// @param originator the originator's direction
/// @param responder the responder's direction
public record FrameState(Half originator, Half responder) implements Stored {

    /// Before anything was read.
    public static final FrameState START = new FrameState(Half.START, Half.START);

    /// One direction.
    ///
    /// @param runs octets that make no frame yet, in order; see [FrameReader]
    /// @param ts when the first of them was on the wire
    /// @param need no frame can be told before so many are there
    /// @param until no frame can be told before this octet comes; -1 for none
    /// @param whole whether `need` is the length of a frame
    /// @param missing how many of them a gap took
    /// @param adrift whether the next frame is looked for, behind a gap or what is no frame
    public record Half(
            List<Run> runs,
            long ts,
            long need,
            int until,
            boolean whole,
            long missing,
            boolean adrift)
            implements Stored {

        static final Half START = new Half(List.of(), 0, 1, -1, false, 0, false);
    }

    /// Octets in order.
    public record Run(byte[] octets) implements Stored {}
}
