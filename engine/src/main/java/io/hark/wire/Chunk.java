package io.hark.wire;

import io.hark.Secret;
import io.hark.bytes.BigEndian;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A run of whole frames in one array and what [Layers] found in each: the innermost IP packet and
/// its transport header.
///
/// *Shape*: parallel arrays, one place a frame. Offsets are into [#memory]; datagrams put together
/// from fragments lie behind the frames. What a frame holds besides its innermost packet, the
/// datagrams that carried it and further packets of an aggregate, has places of its own: they are
/// taken from the end of the arrays, and [#next] leads to them.
///
/// *Thread*: written by the reader, then read by every worker, then handed back.
public final class Chunk {

    /// Bytes read at a time; a frame that is longer gets a chunk of its own size.
    static final int BYTES = 1 << 20;

    /// Room behind the frames for datagrams put together from fragments: four of the longest.
    static final int SPARE = 1 << 18;

    /// The most frames in a chunk: keeps the arrays small where frames are.
    static final int MAX_FRAMES = 1 << 14;

    /// Further packets of one frame: tunnels in tunnels, or an 802.11 aggregate of 8 KB in small
    /// packets.
    static final int MAX_FURTHER = 31;

    /// The packet is IPv6.
    static final byte V6 = 1;

    /// It was put together from fragments.
    static final byte REASSEMBLED = 2;

    /// Fragments of it overlapped without need.
    static final byte FRAGMENTS_OVERLAP = 4;

    /// Fragments of it told different bytes for the same place, or different lengths.
    static final byte FRAGMENTS_DIFFER = 8;

    /// It is a copy of a frame that was captured a moment ago.
    static final byte COPY = 16;

    /// What the engine has to look at closer.
    static final int ODD = FRAGMENTS_OVERLAP | FRAGMENTS_DIFFER | COPY;

    /// It is a word between neighbours on a link, ARP or IPv6's; no connection takes it.
    static final byte NEIGHBOR = 64;

    /// Its transport checksum is not there yet: the card was to write it, and the frame was taken
    /// before.
    static final byte UNSUMMED = 32;

    /// Octets of an Ethernet header with two VLAN tags: an address that stands farther in front of
    /// a packet is that of another.
    private static final int MAX_LINK = 22;

    byte[] memory;
    int capacity;
    private final int spare;

    /// Number of the chunk, from 0, and the ordinal of its first frame.
    long number;

    long firstOrdinal;
    int frames;

    /// Whether the input ends with this chunk.
    boolean last;

    /// The highest time of any frame up to the end of this chunk: what timers fire on.
    long prefixMaxNanos;

    /// Secrets that the capture brought in front of the frames, or among them.
    final List<Secret> secrets = new ArrayList<>();

    // what the source had counted at its end
    long octets;
    long firstNanos = Long.MAX_VALUE;
    Drops drops = Drops.NONE;

    final long[] ts;
    final int[] at;
    final int[] captured;
    final int[] length;
    final int[] linkType;

    /// Worker hash; 0 where no connection takes the frame.
    final int[] shard;

    final int[] ip;
    final int[] ipLength;
    final int[] transport;
    final int[] transportLength;
    final int[] transportCaptured;
    final byte[] protocol;
    final byte[] ttl;
    final byte[] flags;
    final int[] hardware;
    final int[] vlan;
    final @Nullable Tunnel[] tunnel;

    /// What the datagram carries, one of the numbers of [Tunnels], where a packet was taken out of
    /// it; else 0.
    final byte[] carries;

    /// How many of the tunnels around the packet, from inside, were not there before.
    final byte[] freshTunnels;

    /// Where the frame's next packet is, 0 for none.
    final int[] next;

    /// How many further packets there are.
    int further;

    /// How much of the spare room is used.
    int spareUsed;

    Chunk() {
        this(BYTES, SPARE, MAX_FRAMES);
    }

    /// A chunk of another size.
    ///
    /// @param spare at least [Fragments#MAX_DATAGRAM]
    Chunk(int bytes, int spare, int maxFrames) {
        this.capacity = bytes;
        this.spare = spare;
        this.memory = new byte[bytes + spare];
        this.ts = new long[maxFrames];
        this.at = new int[maxFrames];
        this.captured = new int[maxFrames];
        this.length = new int[maxFrames];
        this.linkType = new int[maxFrames];
        this.shard = new int[maxFrames];
        this.ip = new int[maxFrames];
        this.ipLength = new int[maxFrames];
        this.transport = new int[maxFrames];
        this.transportLength = new int[maxFrames];
        this.transportCaptured = new int[maxFrames];
        this.protocol = new byte[maxFrames];
        this.ttl = new byte[maxFrames];
        this.flags = new byte[maxFrames];
        this.hardware = new int[maxFrames];
        this.vlan = new int[maxFrames];
        this.tunnel = new Tunnel[maxFrames];
        this.carries = new byte[maxFrames];
        this.freshTunnels = new byte[maxFrames];
        this.next = new int[maxFrames];
    }

    /// Makes room for a frame longer than a chunk; what is in the memory up to `keep` stays.
    void grow(int bytes, int keep) {
        byte[] larger = new byte[bytes + spare];
        System.arraycopy(memory, 0, larger, 0, keep);
        memory = larger;
        capacity = bytes;
    }

    /// Starts anew.
    void reset(long chunkNumber, long ordinal) {
        secrets.clear();
        number = chunkNumber;
        firstOrdinal = ordinal;
        frames = 0;
        further = 0;
        last = false;
        spareUsed = 0;
    }

    /// Notes what its source has counted now that it is filled.
    public void note(Source source) {
        octets = source.octetCount();
        firstNanos = source.firstNanos();
        drops = source.drops();
    }

    /// Whether the input ends with it.
    public boolean isLast() {
        return last;
    }

    /// How many frames it holds.
    public int frames() {
        return frames;
    }

    /// When that frame was captured, nanoseconds.
    public long ts(int frame) {
        return ts[frame];
    }

    /// Hands on the shard of each packet in the frame that a connection takes ([Pick#shard]).
    public void eachShard(int frame, IntConsumer to) {
        int place = frame;
        do {
            if (shard[place] != 0) {
                to.accept(shard[place]);
            }
            place = next[place];
        } while (place != 0);
    }

    /// Whether there is room for one more frame and the datagram it may complete.
    boolean isFull() {
        return frames + further >= ts.length - MAX_FURTHER
                || spareUsed > spare - Fragments.MAX_DATAGRAM;
    }

    /// Takes a place for one more packet of a frame, behind the place of its last.
    int further(int behind) {
        int i = ts.length - ++further;
        ts[i] = ts[behind];
        shard[i] = 0;
        next[i] = 0;
        next[behind] = i;
        return i;
    }

    /// Whether the packet goes to everybody: 255.255.255.255 (RFC 919).
    boolean isBroadcast(int i) {
        return (flags[i] & V6) == 0 && BigEndian.i32(memory, ip[i] + 16) == -1;
    }

    /// Bytes of the frame of packet `i`; of a packet in a tunnel, its own, with the link header
    /// that is inside, too.
    int frameBytes(int i, int frame) {
        if (next[i] == 0) {
            return length[frame];
        }
        int link = hardware[i] < 0 ? 0 : ip[i] - hardware[i];
        return ipLength[i] + (link > 0 && link <= MAX_LINK ? link : 0);
    }

    /// The hardware address that lies at `at`, in the low 48 bits.
    long mac(int at) {
        return (long) BigEndian.u16(memory, at) << 32 | BigEndian.u32(memory, at + 2);
    }
}
