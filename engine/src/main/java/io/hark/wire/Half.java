package io.hark.wire;

import org.jspecify.annotations.Nullable;

/// What one side of a connection did, as the worker keeps it.
///
/// *Shape*: small, because there are two for each connection that is open: what happens to few of
/// them lies in [Trouble]. Sequence numbers are kept relative to the side's first (its SYN is 0),
/// unwrapped to 64 bits.
///
/// *Thread*: one owner, the worker. *Lifetime*: its connection's; used again with it.
final class Half {

    /// What went wrong with one side, made when something does.
    static final class Trouble {

        /// Bytes of the stream that never came by.
        long missed;

        /// Where a segment began that the receiver had no room for, 0 for none, and where the
        /// stream was then.
        long outside;

        long inside;

        /// Up to where the other side has bytes that were not seen, 0 for nothing, and since when.
        long awaited;

        long awaitedSince;

        /// The last TTL that was another, 0 for none.
        int otherTtl;

        /// How often a letter was due that is said at 1, 10, 100 …
        int badChecksums;

        int gaps;
        int retransmissions;
        int zeroWindows;
    }

    /// No window scale was offered.
    static final int NO_SCALE = -1;

    /// No payload was looked at.
    private static final short NOT_MEASURED = -1;

    long packets;
    long ipBytes;

    /// Of the frames that its packets came in.
    long frameBytes;

    /// All TCP flags that it set.
    byte tcpFlags;

    /// Bytes above the transport header, where no sequence numbers tell better.
    long payload;

    long lastSeq;
    long ackSeq;
    long finSeq;
    long mac;
    int startSeq;

    /// The window that this side offered last.
    char window;

    /// Packets whose checksum was right, less those where it was wrong: of a card that writes them
    /// later one in 65,536 is right by chance.
    int sums;

    /// Of the first payload, in thousandths; [#NOT_MEASURED] where there was none.
    short entropy = NOT_MEASURED;

    short printable;
    short setBits;

    byte state;
    byte previousState;

    /// The window scale that this side's SYN offered, or [#NO_SCALE].
    byte scale;

    /// Letters of history that are said once.
    byte said;

    private byte ttl;

    /// A packet of this side was seen.
    boolean seen;

    boolean closed;
    boolean hasFin;
    boolean hasTtl;
    boolean hasMac;

    /// Payload was cut off in the capture.
    boolean cut;

    private @Nullable Trouble trouble;

    /// Whether the first payload was looked at.
    boolean isMeasured() {
        return entropy != NOT_MEASURED;
    }

    /// What went wrong, or null where nothing did.
    @Nullable Trouble troubled() {
        return trouble;
    }

    /// What went wrong, to be written into.
    Trouble trouble() {
        Trouble known = trouble;
        if (known == null) {
            known = new Trouble();
            trouble = known;
        }
        return known;
    }

    /// Bytes of the stream that never came by.
    long missed() {
        return trouble == null ? 0 : trouble.missed;
    }

    void state(int next) {
        if (state != next) {
            previousState = state;
            state = (byte) next;
        }
    }

    /// Time to live of the first packet.
    int ttl() {
        return ttl & 0xff;
    }

    /// Notes a packet's time to live.
    void ttl(int seen) {
        if (!hasTtl) {
            hasTtl = true;
            ttl = (byte) seen;
        } else if (ttl() != seen) {
            trouble().otherTtl = seen;
        }
    }

    /// Starts the sequence space: the SYN is 0, the first byte 1.
    void startSeq(int seq) {
        startSeq = seq;
        ackSeq = 0;
        lastSeq = 0;
    }

    /// A sequence number as an offset from the first, unwrapped to the value nearest to `near`.
    long relative(int seq, long near) {
        return near + (seq - (startSeq + (int) near));
    }

    /// Forgets everything.
    void clear() {
        packets = 0;
        ipBytes = 0;
        frameBytes = 0;
        tcpFlags = 0;
        payload = 0;
        lastSeq = 0;
        ackSeq = 0;
        finSeq = 0;
        mac = 0;
        startSeq = 0;
        window = 0;
        sums = 0;
        state = 0;
        previousState = 0;
        scale = NO_SCALE;
        said = 0;
        seen = false;
        closed = false;
        hasFin = false;
        hasTtl = false;
        hasMac = false;
        entropy = NOT_MEASURED;
        cut = false;
        trouble = null;
    }
}
