package io.hark.wire;

/// The place of what is said: the ordinal of the frame at hand, then the place of the packet in it;
/// for a timer the last ordinal of its chunk, then its deadline, then the ordinal of the
/// connection's first packet. The same whatever the number of workers.
///
/// *Thread*: the engine's; reused, so who keeps it copies it.
public final class Order {

    /// Deadline of what no timer says.
    public static final long NO_DEADLINE = Long.MIN_VALUE;

    long ordinal;
    long deadline = NO_DEADLINE;
    long tie;

    /// The ordinal of the frame, or of the chunk's last frame.
    public long ordinal() {
        return ordinal;
    }

    /// The deadline that passed, or [#NO_DEADLINE].
    public long deadline() {
        return deadline;
    }

    /// The place of the packet in its frame; where a deadline passed, the ordinal of the
    /// connection's first packet.
    public long tie() {
        return tie;
    }
}
