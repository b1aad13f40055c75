package io.hark.live;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.hark.bytes.BigEndian;
import io.hark.wire.Drops;
import io.hark.wire.Intake;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// A ring of blocks that the Linux kernel fills with frames of one interface and shares with us.
///
/// *Shape*: TPACKET_V3. A block is `version u32 | private u32 | status u32 | frames u32 | first u32
/// | length u32 …`; it is ours while bit 0 of its status is set, and goes back by writing 0. A
/// frame is `next u32 | sec u32 | nsec u32 | snaplen u32 | len u32 | status u32 | mac u16 | net u16
/// | hash u32 | vlan tci u32 | vlan tpid u16 …`, host order, its bytes `mac` behind its start.
///
/// A VLAN tag that card or kernel took off is put back. A frame whose checksum the card was still
/// to write says so to [Intake].
///
/// *Source*: `linux/if_packet.h`, kernel documentation `networking/packet_mmap`. *Thread*: one at a
/// time; [#counts] from any.
final class Ring implements Tap {

    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_RX_RING = 5;
    private static final int PACKET_STATISTICS = 6;
    private static final int PACKET_VERSION = 10;
    private static final int PACKET_IGNORE_OUTGOING = 23;
    private static final int TPACKET_V3 = 2;
    private static final int MR_PROMISC = 1;

    private static final int STATUS_USER = 1;
    private static final int STATUS_CSUM_NOT_READY = 1 << 3;
    private static final int STATUS_VLAN_VALID = 1 << 4;
    private static final int STATUS_VLAN_TPID_VALID = 1 << 6;

    private static final int BLOCK_STATUS = 8;
    private static final int BLOCK_FRAMES = 12;
    private static final int BLOCK_FIRST = 16;
    private static final int MACS = 12; // where a tag belongs in an Ethernet frame
    private static final int VLAN_TPID = 0x8100;

    /// A block holds the longest frame that segmentation offload makes, with room to spare.
    private static final int SMALL_BLOCK = 1 << 17;

    /// Large blocks mean few of them to wait for; a frame of a jumbo packet of IPv6 fits.
    private static final int LARGE_BLOCK = 1 << 20;

    private static final int LEAST_LARGE_BLOCKS = 8;

    /// After so long the kernel hands over a block that is not full.
    private static final int RETIRE_MILLIS = 40;

    private static final VarHandle STATUS = JAVA_INT.varHandle();

    private final String name;
    private final Kernel kernel;
    private final int socket;
    private final int number;
    private final int linkType;
    private final CardDrops card;
    private final int blockBytes;
    private final int blocks;
    private final MemorySegment ring;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment statistics = arena.allocate(12, 4);

    private int block; // the next one to be ours
    private int left; // frames of it not handed on yet
    private int at; // where the next one lies in it
    private long taken;

    private long seen;
    private long drops;
    private long freezes;
    private volatile Counts counts = new Counts(0, 0, Drops.NONE, 0);

    private Ring(Kernel kernel, Interface from, int socket, MemorySegment ring, int blockBytes) {
        this.kernel = kernel;
        this.name = from.name();
        this.number = from.number();
        this.linkType = from.linkType();
        this.card = new CardDrops(name);
        this.socket = socket;
        this.ring = ring;
        this.blockBytes = blockBytes;
        this.blocks = (int) (ring.byteSize() / blockBytes);
    }

    /// Opens a ring of about `bytes` on the interface. Not one frame gets in before the filter is
    /// in its place.
    static Ring open(
            Kernel kernel, Interface from, long bytes, boolean promiscuous, @Nullable Filter filter)
            throws IOException {
        int socket = kernel.socket(Kernel.AF_PACKET, Kernel.SOCK_RAW | Kernel.SOCK_CLOEXEC, 0);
        MemorySegment ring = MemorySegment.NULL;
        try (Arena call = Arena.ofConfined()) {
            kernel.option(socket, Kernel.SOL_PACKET, PACKET_VERSION, TPACKET_V3, "TPACKET_V3");
            if (filter != null) {
                filter.attach(kernel, socket);
            }
            if (from.isLoopback()) { // where every frame passes twice
                kernel.option(
                        socket, Kernel.SOL_PACKET, PACKET_IGNORE_OUTGOING, 1, "ignore outgoing");
            }
            int block =
                    bytes >= (long) LARGE_BLOCK * LEAST_LARGE_BLOCKS ? LARGE_BLOCK : SMALL_BLOCK;
            int count = (int) Math.max(2, bytes / block);
            kernel.option(
                    socket, Kernel.SOL_PACKET, PACKET_RX_RING, request(call, block, count), "ring");
            ring = kernel.map(socket, (long) block * count);
            kernel.bind(socket, Kernel.packetAddress(call, Kernel.ETH_P_ALL, from.number()));
            if (promiscuous && !from.isLoopback()) {
                MemorySegment membership = call.allocate(16, 8); // index, type, length, address
                membership.set(JAVA_INT, 0, from.number());
                membership.set(JAVA_SHORT, 4, (short) MR_PROMISC);
                kernel.option(
                        socket,
                        Kernel.SOL_PACKET,
                        PACKET_ADD_MEMBERSHIP,
                        membership,
                        "promiscuous mode");
            }
            return new Ring(kernel, from, socket, ring, block);
        } catch (IOException e) {
            if (ring.byteSize() > 0) {
                kernel.unmap(ring);
            }
            kernel.close(socket);
            throw e;
        }
    }

    private static MemorySegment request(Arena call, int block, int count) {
        MemorySegment request = call.allocate(28, 4);
        int[] values = {block, count, block, count, RETIRE_MILLIS, 0, 0};
        for (int i = 0; i < values.length; i++) {
            request.setAtIndex(JAVA_INT, i, values[i]);
        }
        return request;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int descriptor() {
        return socket;
    }

    @Override
    public boolean drain(Intake intake) {
        boolean any = false;
        while (true) {
            long start = (long) block * blockBytes;
            if (left == 0) {
                if (((int) STATUS.getAcquire(ring, start + BLOCK_STATUS) & STATUS_USER) == 0) {
                    return any;
                }
                left = ring.get(JAVA_INT, start + BLOCK_FRAMES);
                at = ring.get(JAVA_INT, start + BLOCK_FIRST);
            }
            while (left > 0) {
                if (!frame(start + at, intake)) {
                    return any;
                }
                any = true;
                left--;
                taken++;
                at += ring.get(JAVA_INT, start + at);
            }
            STATUS.setRelease(ring, start + BLOCK_STATUS, 0);
            block = (block + 1) % blocks;
        }
    }

    /// Copies one frame; false if it has to wait.
    private boolean frame(long from, Intake intake) {
        int captured = ring.get(JAVA_INT, from + 12);
        int length = ring.get(JAVA_INT, from + 16);
        int status = ring.get(JAVA_INT, from + 20);
        long bytes = from + Short.toUnsignedInt(ring.get(JAVA_SHORT, from + 24));
        boolean tagged =
                (status & STATUS_VLAN_VALID) != 0
                        && linkType == Interface.ETHERNET
                        && captured >= MACS;
        int tag = tagged ? 4 : 0;
        int to = intake.place(captured + tag);
        if (to < 0) {
            return false;
        }
        byte[] memory = intake.memory();
        if (tagged) {
            MemorySegment.copy(ring, JAVA_BYTE, bytes, memory, to, MACS);
            int type =
                    (status & STATUS_VLAN_TPID_VALID) != 0
                            ? Short.toUnsignedInt(ring.get(JAVA_SHORT, from + 36))
                            : VLAN_TPID;
            BigEndian.put16(memory, to + MACS, type);
            BigEndian.put16(memory, to + MACS + 2, ring.get(JAVA_INT, from + 32) & 0xffff);
            int rest = captured - MACS;
            MemorySegment.copy(ring, JAVA_BYTE, bytes + MACS, memory, to + MACS + tag, rest);
        } else {
            MemorySegment.copy(ring, JAVA_BYTE, bytes, memory, to, captured);
        }
        long seconds = Integer.toUnsignedLong(ring.get(JAVA_INT, from + 4));
        long nanos = seconds * 1_000_000_000L + ring.get(JAVA_INT, from + 8);
        intake.add(
                nanos,
                captured + tag,
                length + tag,
                linkType,
                (status & STATUS_CSUM_NOT_READY) != 0);
        return true;
    }

    @Override
    public void refuse() throws IOException {
        Filter.NOTHING.attach(kernel, socket);
    }

    @Override
    public boolean isDrained() throws IOException {
        count();
        return taken >= seen - drops;
    }

    @Override
    public String trouble() throws IOException {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment error = call.allocate(JAVA_INT);
            kernel.read(socket, Kernel.SOL_SOCKET, Kernel.SO_ERROR, error, "socket error");
        }
        // one of the same name that was made since is another: our socket does not hear it
        return kernel.interfaceNumber(name) != number ? "the interface is gone" : "";
    }

    @Override
    public Counts counts() {
        return counts;
    }

    @Override
    public void count() throws IOException {
        kernel.read(socket, Kernel.SOL_PACKET, PACKET_STATISTICS, statistics, "packet statistics");
        // the kernel starts anew with every look at it, and counts dropped packets as packets
        seen += Integer.toUnsignedLong(statistics.get(JAVA_INT, 0));
        drops += Integer.toUnsignedLong(statistics.get(JAVA_INT, 4));
        freezes += Integer.toUnsignedLong(statistics.get(JAVA_INT, 8));
        counts = new Counts(seen, taken, new Drops(drops, card.since(), 0), freezes);
    }

    @Override
    public void close() throws IOException {
        kernel.unmap(ring);
        kernel.close(socket);
        arena.close();
    }
}
