package io.hark.wire;

/// What was counted so far, cumulative: by one worker, or by all of them, and by the source.
///
/// *Thread*: one owner; a worker's is copied at the end of a chunk, so that every number of workers
/// tells the same.
public final class Meter {

    long acks;
    long gaps;
    long missedBytes;
    long shedPieces;
    long shedConnections;
    long earlyRollups;
    private long tcp;
    private long udp;
    private long icmp;
    private long tcpNow;
    private long udpNow;
    private long icmpNow;
    private long frames;
    private long octets;
    private long firstNanos = Long.MAX_VALUE;
    private long nanos = Long.MIN_VALUE;
    private Drops drops = Drops.NONE;

    /// A connection began.
    void began(int protocol) {
        switch (protocol) {
            case 6 -> {
                tcp++;
                tcpNow++;
            }
            case 17 -> {
                udp++;
                udpNow++;
            }
            case Icmp.V4, Icmp.V6 -> {
                icmp++;
                icmpNow++;
            }
            default -> {}
        }
    }

    /// A connection ended.
    void ended(int protocol) {
        switch (protocol) {
            case 6 -> tcpNow--;
            case 17 -> udpNow--;
            case Icmp.V4, Icmp.V6 -> icmpNow--;
            default -> {}
        }
    }

    /// Begins anew.
    public void clear() {
        acks = 0;
        gaps = 0;
        missedBytes = 0;
        shedPieces = 0;
        shedConnections = 0;
        earlyRollups = 0;
        tcp = 0;
        udp = 0;
        icmp = 0;
        tcpNow = 0;
        udpNow = 0;
        icmpNow = 0;
        frames = 0;
        octets = 0;
        firstNanos = Long.MAX_VALUE;
        nanos = Long.MIN_VALUE;
        drops = Drops.NONE;
    }

    /// Adds what another worker counted; of what the source counted, the later stays.
    public void add(Meter other) {
        acks += other.acks;
        gaps += other.gaps;
        missedBytes += other.missedBytes;
        shedPieces += other.shedPieces;
        shedConnections += other.shedConnections;
        earlyRollups += other.earlyRollups;
        tcp += other.tcp;
        udp += other.udp;
        icmp += other.icmp;
        tcpNow += other.tcpNow;
        udpNow += other.udpNow;
        icmpNow += other.icmpNow;
        nanos = Math.max(nanos, other.nanos);
        firstNanos = Math.min(firstNanos, other.firstNanos);
        if (other.frames >= frames) {
            frames = other.frames;
            octets = other.octets;
            drops = other.drops;
        }
    }

    /// Takes what the source had counted at the end of the chunk.
    public void at(Chunk chunk) {
        frames = chunk.firstOrdinal + chunk.frames;
        octets = chunk.octets;
        firstNanos = chunk.firstNanos;
        nanos = chunk.prefixMaxNanos;
        drops = chunk.drops;
    }

    /// Acknowledgements that took the stream on, in connections whose beginning was seen.
    public long acks() {
        return acks;
    }

    /// Those that covered bytes which never came by.
    public long gaps() {
        return gaps;
    }

    /// Payload bytes that never came by.
    public long missedBytes() {
        return missedBytes;
    }

    /// Pieces not carried up for want of budget.
    public long shedPieces() {
        return shedPieces;
    }

    /// Connections given up for want of memory.
    public long shedConnections() {
        return shedConnections;
    }

    /// Rows of what is rolled up by the minute that were told early for want of room.
    public long earlyRollups() {
        return earlyRollups;
    }

    /// TCP connections that began.
    public long tcp() {
        return tcp;
    }

    /// UDP conversations that began.
    public long udp() {
        return udp;
    }

    /// ICMP conversations that began.
    public long icmp() {
        return icmp;
    }

    /// TCP connections known now.
    public long tcpNow() {
        return tcpNow;
    }

    /// UDP conversations known now.
    public long udpNow() {
        return udpNow;
    }

    /// ICMP conversations known now.
    public long icmpNow() {
        return icmpNow;
    }

    /// Frames taken from the source.
    public long frames() {
        return frames;
    }

    /// Bytes of them on the wire.
    public long octets() {
        return octets;
    }

    /// Time of the earliest frame, or [Long#MAX_VALUE].
    public long firstNanos() {
        return firstNanos;
    }

    /// Packet time now, or [Long#MIN_VALUE].
    public long nanos() {
        return nanos;
    }

    /// What was lost before the source; [Drops#NONE] itself where nobody tells.
    public Drops drops() {
        return drops;
    }
}
