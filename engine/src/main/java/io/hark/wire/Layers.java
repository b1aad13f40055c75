package io.hark.wire;

import org.jspecify.annotations.Nullable;

/// Finds the innermost IP packet of a frame, through [Links], [Ip] and [Tunnels], which hold one
/// another, and puts it into its place.
///
/// *Shape*: reads the frame in the chunk, writes the chunk's arrays. A frame without an IP packet
/// keeps shard 0. *Thread*: the reader's.
public final class Layers {

    /// How deep tunnels may nest; deeper is an attack on whoever follows.
    static final int MAX_DEPTH = 4;

    static final int NONE = -1;

    static final int TCP = 6;
    static final int UDP = 17;
    static final int SCTP = 132;

    final Ip ip;
    final Links links;
    private final Tunnels tunnels = new Tunnels(this);
    private final Copies copies = new Copies();
    private @Nullable Tunnel around; // of all frames; null on a wire
    private long notIp;
    private long copied;
    private long setBack;
    private long before; // when the frame ahead was captured
    int frame;
    private int last;
    private int places;

    /// How many packets were found in all: tells whether there was one in what was looked into.
    long found;

    /// Layers for one capture.
    ///
    /// @param checksums what to do with packets whose IPv4 header checksum is bad
    public Layers(Setup.Checksums checksums) {
        this(checksums, Targets.DEFAULT);
    }

    /// Layers for one capture.
    ///
    /// @param checksums what to do with packets whose IPv4 header checksum is bad
    /// @param targets which fragments count where they overlap
    public Layers(Setup.Checksums checksums, Targets targets) {
        this.ip = new Ip(this, checksums, targets);
        this.links = new Links(this, ip);
    }

    /// Frames without an IP packet.
    public long notIp() {
        return notIp;
    }

    /// Packets whose headers do not hold together.
    public long badHeaders() {
        return ip.badHeaders();
    }

    /// IPv4 headers with a bad checksum.
    public long badChecksums() {
        return ip.badChecksums();
    }

    /// Frames that were captured a moment before already.
    public long copied() {
        return copied;
    }

    /// How often a frame lay more than a minute before the one ahead of it: the clock was set, or
    /// the rest of a file is zeros, which is frames of 1970 to every reader of pcap.
    public long setBack() {
        return setBack;
    }

    /// How often a fragment overlapped another and was no copy of it.
    public long overlappingFragments() {
        return ip.fragments().overlapping();
    }

    /// IP fragments.
    public long fragmentCount() {
        return ip.fragments().seen();
    }

    /// The frames looked at from now on were in this tunnel.
    void within(Tunnel tunnel) {
        around = tunnel;
    }

    /// Looks at frame `i` of the chunk, which is filled up to its link type.
    void look(Chunk chunk, int i) {
        frame = i;
        setBack += before - chunk.ts[i] > Intake.SET_BACK_NANOS ? 1 : 0;
        before = chunk.ts[i];
        chunk.shard[i] = 0;
        chunk.hardware[i] = NONE;
        chunk.vlan[i] = NONE;
        chunk.tunnel[i] = around;
        chunk.flags[i] = 0;
        chunk.carries[i] = 0;
        chunk.next[i] = 0;
        last = i;
        places = 0;
        int at = chunk.at[i];
        links.frame(chunk, chunk.linkType[i], at, at + chunk.captured[i]);
        if (chunk.shard[i] == 0
                || (chunk.flags[i] & Chunk.NEIGHBOR) != 0 && chunk.next[i] == 0) { // ARP
            notIp++;
        }
        if ((chunk.flags[i] & Chunk.COPY) != 0) {
            copied++;
        }
    }

    /// A place for one more packet of the frame at hand, -1 where it has had its share.
    int further(Chunk c) {
        if (places == Chunk.MAX_FURTHER) {
            return -1;
        }
        places++;
        last = c.further(last);
        return last;
    }

    /// Makes room for another packet beside that at `first`, if there is one there: what is found
    /// next is put there. False if the frame has had its share.
    boolean another(Chunk c, int first) {
        if (c.shard[first] == 0) {
            return true;
        }
        int i = further(c);
        if (i < 0) {
            return false;
        }
        c.hardware[i] = c.hardware[first];
        c.vlan[i] = c.vlan[first];
        c.tunnel[i] = c.tunnel[first];
        c.flags[i] = 0;
        c.carries[i] = 0;
        frame = i;
        return true;
    }

    /// An IP packet: another one may be in it, else it is put into its place.
    void packet(Chunk c, int ip, int total, int at, int length, int end, int protocol, int depth) {
        if (depth < MAX_DEPTH && tunnels.enter(c, ip, total, at, length, end, protocol, depth)) {
            return;
        }
        put(c, frame, ip, total, at, length, end, protocol);
    }

    /// Whether the packet, or the fragment, was captured a moment before already.
    boolean isCopy(Chunk c, int i, int ip, boolean v6, int total, int at, int end, int protocol) {
        boolean copy = copies.isCopy(c.memory, ip, v6, total, at, end, protocol, c.ts[i]);
        if (copy) {
            c.flags[i] |= Chunk.COPY;
        }
        return copy;
    }

    /// Puts a packet into its place.
    void put(Chunk c, int i, int ip, int total, int at, int length, int end, int protocol) {
        found++;
        isCopy(c, i, ip, (c.flags[i] & Chunk.V6) != 0, total, at, end, protocol);
        c.ip[i] = ip;
        c.ipLength[i] = total;
        c.transport[i] = at;
        c.transportLength[i] = length;
        c.transportCaptured[i] = Math.max(0, end - at);
        c.protocol[i] = (byte) protocol;
        c.shard[i] = Shards.of(c, i, ip, at, end, protocol);
        Tunnel around = c.tunnel[i];
        c.freshTunnels[i] = around == null ? 0 : (byte) around.note();
        if (protocol == Icmp.V6 && Neighbors.isDiscovery(c, i, at, end)) {
            int more = (c.flags[i] & Chunk.COPY) == 0 ? further(c) : NONE;
            if (more != NONE) {
                Neighbors.findDiscovery(c, i, more, ip, at, end);
            }
        }
    }
}
