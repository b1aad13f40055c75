package io.hark.wire;

/// Packets that a source knows were lost before they reached it, each told by who lost them;
/// cumulative since the source began. They are never added up: the places follow one another, and
/// some count what others count too.
///
/// *Units*: packets.
///
/// @param kernel dropped by the kernel although the interface had them: `tp_drops` of AF_PACKET,
///   `isb_osdrop` of pcapng
/// @param ring dropped by the interface for want of room in its receive ring: `rx_missed_errors`,
///   `isb_ifdrop` of pcapng
/// @param queue taken and then dropped by us, because a hand-over queue was full
public record Drops(long kernel, long ring, long queue) {

    /// Nothing was lost, or nobody tells.
    public static final Drops NONE = new Drops(0, 0, 0);

    /// Whether anybody tells; only [#NONE] itself does not.
    @SuppressWarnings("ReferenceEquality") // none lost and nobody tells are two things
    public boolean isTold() {
        return this != NONE;
    }

    /// What both tell, place by place.
    public Drops and(Drops other) {
        return !isTold()
                ? other
                : !other.isTold()
                        ? this
                        : new Drops(kernel + other.kernel, ring + other.ring, queue + other.queue);
    }

    /// Of two counts of the same thing the later one, place by place.
    Drops or(Drops other) {
        return new Drops(
                Math.max(kernel, other.kernel),
                Math.max(ring, other.ring),
                Math.max(queue, other.queue));
    }

    /// Whether anything was lost anywhere.
    public boolean isAny() {
        return kernel != 0 || ring != 0 || queue != 0;
    }
}
