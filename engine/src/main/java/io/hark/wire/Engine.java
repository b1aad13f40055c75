package io.hark.wire;

import io.hark.DatagramParser;
import io.hark.Decoder;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.carry.Carried;
import io.hark.event.Anomaly;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Side;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One worker's part of the wire: takes the frames of its host pairs, keeps their connections,
/// drives parsers, fires timers.
///
/// What it says goes to the [Sink] with its [Order]: the ordinal of the frame, or of a timer its
/// deadline, so that merging the workers' output gives the same whatever their number.
///
/// *Thread*: one owner, the worker.
///
/// This file is long because it is the one place where a frame's way through the worker can be read
/// from top to bottom.
public final class Engine {

    private static final int TCP = 6;
    private static final int UDP = 17;

    /// A TCP header with all options: what is longer has a payload. Cards that write checksums may
    /// still leave those of bare headers to the host.
    private static final int TCP_HEADER_AT_MOST = 60;

    private static final long SECOND = 1_000_000_000L;

    /// How long a connection may be silent, by Zeek's defaults: an attempt or a closed one, UDP and
    /// ICMP, an open TCP connection.
    private static final long LINGER = 5 * SECOND;

    private static final long DATAGRAM_SILENCE = 60 * SECOND;
    private static final long STREAM_SILENCE = 300 * SECOND;

    /// When an open connection tells of itself.
    private static final long[] UPDATES = {60 * SECOND, 600 * SECOND, 3600 * SECOND};

    final Setup setup;
    final Slots slots;
    final Blocks blocks;
    final Ids ids = new Ids();
    final Tasters tasters;
    final Candidates candidates;
    final Bytes head = new Bytes();
    final Bytes message = new Bytes();
    final Bytes piece = new Bytes();
    final Bytes tasteOriginator = new Bytes();
    final Bytes tasteResponder = new Bytes();
    final byte[] scratchIn = new byte[1 << 14];
    final byte[] scratchOut = new byte[1 << 16];
    final MemorySegment scratch;
    final MemorySegment sniffed;

    private final Sink sink;
    private final Wheel wheel = new Wheel();
    private final Order order = new Order();
    private final Slot slot = new Slot();
    private final Shape shape = new Shape();
    private final Tcp tcp = new Tcp(this);
    private final List<Tunnel> tunnels = new ArrayList<>();
    private final Map<Tunnel, Integer> tunnelNumbers = new HashMap<>();
    private final Expectations expectations = new Expectations();
    private final Rows rows;
    private final Talks talks = new Talks();
    private long now;
    private long clock = Long.MIN_VALUE;
    private final Map<String, Long> failures = new HashMap<>();
    private long shedPieces;
    private long frames;
    private long badChecksums;

    private static final int MAX_DATAGRAMS = 8; // shown of one connection before it is given up

    /// An engine whose memory lives as long as `arena`.
    public Engine(Setup setup, Sink sink, Arena arena) {
        this.setup = setup;
        this.sink = sink;
        this.slots = new Slots(arena, setup.secret());
        this.blocks = new Blocks(arena);
        this.tasters = new Tasters(setup.decoders());
        this.rows = new Rows(setup.local(), ids);
        this.candidates = new Candidates(setup.streamParsers(), setup.datagramParsers());
        this.scratch = arena.allocate(1 << 16);
        this.sniffed = arena.allocate(1 << 12);
    }

    // ---- frames

    /// Takes the chunk's frames that are this worker's, then fires the timers that are due at its
    /// end.
    ///
    /// @param worker number of this worker
    /// @param workers how many there are
    public void process(Chunk chunk, int worker, int workers) {
        order.deadline = Order.NO_DEADLINE;
        order.tie = 0;
        for (int i = 0; i < chunk.frames; i++) {
            int shard = chunk.shard[i];
            if (shard == 0 || workers > 1 && shard % workers != worker) {
                continue;
            }
            order.ordinal = chunk.firstOrdinal + i;
            now = chunk.ts[i];
            frames++;
            try {
                frame(chunk, i);
            } catch (RuntimeException e) { // ours: stops this connection, not the process
                failed(e);
            }
        }
        order.ordinal = chunk.firstOrdinal + Math.max(0, chunk.frames - 1);
        if (chunk.prefixMaxNanos != Long.MIN_VALUE) {
            tick(chunk.prefixMaxNanos);
        }
    }

    private void failed(RuntimeException e) {
        StackTraceElement[] stack = e.getStackTrace();
        String cause = e.getClass().getSimpleName() + (stack.length > 0 ? " at " + stack[0] : "");
        if (failures.merge(cause, 1L, Long::sum) == 1) {
            System.getLogger(Engine.class.getName())
                    .log(
                            System.Logger.Level.ERROR,
                            "a connection is given up for an error of ours",
                            e);
        }
        Talk talk = slot.number >= 0 ? talk(slot) : null;
        if (talk != null) {
            talk.drop();
        }
    }

    private void frame(Chunk c, int i) {
        MemorySegment m = c.memory;
        int ip = c.ip[i];
        int at = c.transport[i];
        int captured = c.transportCaptured[i];
        int protocol = c.protocol[i] & 0xff;
        boolean v6 = (c.flags[i] & Chunk.V6) != 0;
        int src = 0;
        int dst = 0;
        boolean oneWay = false;
        slot.number = -1;
        switch (protocol) {
            case TCP, UDP, 132 -> {
                if (captured < (protocol == TCP ? 20 : 8)) {
                    return; // too little of the header was captured
                }
                src = m.get(Chunk.U16, at) & 0xffff;
                dst = m.get(Chunk.U16, at + 2) & 0xffff;
            }
            case Icmp.V4, Icmp.V6 -> {
                if (captured < 4) {
                    return;
                }
                src = m.get(ValueLayout.JAVA_BYTE, at) & 0xff;
                int answer = Icmp.answer(protocol == Icmp.V6, src);
                oneWay = answer < 0;
                dst = oneWay ? m.get(ValueLayout.JAVA_BYTE, at + 1) & 0xff : answer;
            }
            default -> {}
        }
        long srcHi = v6 ? m.get(Chunk.U64, ip + 8) : 0;
        long srcLo =
                v6
                        ? m.get(Chunk.U64, ip + 16)
                        : 0xffff_0000_0000L | m.get(Chunk.U32, ip + 12) & 0xffff_ffffL;
        long dstHi = v6 ? m.get(Chunk.U64, ip + 24) : 0;
        long dstLo =
                v6
                        ? m.get(Chunk.U64, ip + 32)
                        : 0xffff_0000_0000L | m.get(Chunk.U32, ip + 16) & 0xffff_ffffL;
        int compare = Long.compareUnsigned(srcHi, dstHi);
        compare = compare != 0 ? compare : Long.compareUnsigned(srcLo, dstLo);
        boolean sourceIsA = oneWay || (compare != 0 ? compare < 0 : src <= dst);
        int ports = sourceIsA ? src << 16 | dst : dst << 16 | src;
        Tunnel tunnel = c.tunnel[i];
        long around = tunnel == null ? 0 : tunnel.key();
        around =
                oneWay
                        ? around ^ 0x1c39
                        : around; // answers of another pair never meet a one-way message
        long aHi = sourceIsA ? srcHi : dstHi;
        long aLo = sourceIsA ? srcLo : dstLo;
        long bHi = sourceIsA ? dstHi : srcHi;
        long bLo = sourceIsA ? dstLo : srcLo;
        long hash = slots.hash(aHi, aLo, bHi, bLo, ports, protocol, around);
        int n = slots.find(hash, slot, aHi, aLo, bHi, bLo, ports, protocol, around);
        if (n >= 0 && isOver(m, at, protocol)) {
            end(slot, Math.min(now, deadline(slot)));
            n = -1;
        }
        if (n < 0) {
            slots.add(hash, slot);
            slot.identity(aHi, aLo, bHi, bLo, ports, protocol, around);
            begin(c, i, m, at, protocol, src, dst, sourceIsA, tunnel);
        }
        Side side = sourceIsA != slot.has(Slot.FLIPPED) ? Side.ORIGINATOR : Side.RESPONDER;
        account(c, i, side);
        int length = c.transportLength[i];
        switch (protocol) {
            case TCP -> {
                if (isSound(c, i, side, protocol)) {
                    tcp.segment(slot, side, m, at, length, captured, now);
                }
            }
            case UDP -> {
                if (isSound(c, i, side, protocol)) {
                    datagram(side, m, at, length, captured);
                }
            }
            default -> plain(side, protocol, m, at, length, captured);
        }
    }

    /// Whether the connection of this 5-tuple has ended, so that the packet begins a new one.
    private boolean isOver(MemorySegment m, int at, int protocol) {
        if (now - slot.last() > LINGER && now > deadline(slot)) {
            return true;
        }
        return protocol == TCP && tcp.isReuse(slot, m, at);
    }

    private void begin(
            Chunk c,
            int i,
            MemorySegment m,
            int at,
            int protocol,
            int src,
            int dst,
            boolean sourceIsA,
            @Nullable Tunnel tunnel) {
        slot.first(now);
        slot.last(now);
        slot.ordinal(order.ordinal);
        slot.vlan(c.vlan[i]);
        slot.tunnel(tunnel == null ? 0 : number(tunnel));
        boolean sourceOriginates =
                switch (protocol) {
                    case TCP -> !tcp.isAnswer(m, at, src, dst);
                    case UDP -> !(Services.isUdp(src) && !Services.isUdp(dst));
                    default -> true;
                };
        slot.set(Slot.FLIPPED, sourceOriginates != sourceIsA);
        if (!sourceOriginates) {
            slot.history(Side.ORIGINATOR, '^');
        }
        wheel.add(slot.number, slots.generation(slot.number), deadline(slot));
    }

    private int number(Tunnel tunnel) {
        return tunnelNumbers.computeIfAbsent(
                tunnel,
                t -> {
                    tunnels.add(t);
                    return tunnels.size();
                });
    }

    private void account(Chunk c, int i, Side side) {
        slot.add(side, Slot.PACKETS, 1);
        slot.add(side, Slot.IP_BYTES, c.ipLength[i]);
        if (!slot.has(side, Slot.HAS_TTL)) {
            slot.set(side, Slot.HAS_TTL, true);
            slot.ttl(side, c.ttl[i]);
        }
        int hardware = c.hardware[i];
        if (hardware >= 0 && !slot.has(side, Slot.HAS_MAC)) {
            slot.set(side, Slot.HAS_MAC, true);
            slot.mac(side, c.mac(hardware + 6));
            if (!slot.has(side.other(), Slot.HAS_MAC)) {
                slot.mac(side.other(), c.mac(hardware));
            }
        }
    }

    /// Checks the transport checksum where the whole packet is there.
    private boolean isSound(Chunk c, int i, Side side, int protocol) {
        int length = c.transportLength[i];
        if (setup.checksums() == Setup.Checksums.IGNORE || c.transportCaptured[i] < length) {
            return true;
        }
        if (Checksum.isRight(c, i)) {
            if (length > (protocol == TCP ? TCP_HEADER_AT_MOST : 8)) {
                slot.set(side, Slot.GOOD_CHECKSUM, true);
            }
            return true;
        }
        if (setup.checksums() == Setup.Checksums.AUTO && !slot.has(side, Slot.GOOD_CHECKSUM)) {
            return true;
        }
        badChecksums++;
        slot.historyScaled(side, 0, 'C');
        return false;
    }

    private void datagram(Side side, MemorySegment m, int at, int length, int captured) {
        touch();
        int announced = m.get(Chunk.U16, at + 4) & 0xffff;
        int payload = Math.max(0, (announced >= 8 ? Math.min(announced, length) : length) - 8);
        int there = Math.min(payload, captured - 8);
        slot.historyOnce(side, 1, 'D');
        slot.add(side, Slot.PAYLOAD, payload);
        slot.set(side == Side.ORIGINATOR ? Slot.ORIG_SEEN : Slot.RESP_SEEN, true);
        slot.answered(side, now);
        if (payload == 0) {
            return;
        }
        payloadSeen(side, m, at + 8, there, payload);
        if (there == payload && !slot.has(Slot.OPAQUE)) {
            Talk talk = talk(slot);
            if (talk == null) {
                recognise(side, m, at + 8, there);
            } else {
                talk.datagram(side, m, at + 8, there);
            }
        }
    }

    /// Shows a datagram to parsers and tasters; a talk is made only for one that somebody claims,
    /// so that traffic nobody knows costs no object.
    private void recognise(Side side, MemorySegment m, int at, int length) {
        DatagramParser parser = candidates.datagram(m, at, length, side, slot.port(Side.RESPONDER));
        if (parser != null) {
            open(false).datagrams(parser).datagram(side, m, at, length);
            return;
        }
        if (!tasters.datagrams.isEmpty()) {
            Endpoints id = Rows.endpoints(slot);
            for (int i = 0; i < tasters.datagrams.size(); i++) {
                Decoder<?> decoder = tasters.datagrams.get(i);
                tasteOriginator.wrap(m, at, length);
                if (decoder.taste(new Decoder.DatagramSeen(id, side, tasteOriginator))
                        > Verdict.MORE) {
                    open(false).datagrams(decoder).datagram(side, m, at, length);
                    return;
                }
            }
        }
        if (slot.payloads() >= MAX_DATAGRAMS) {
            slot.set(Slot.OPAQUE, true);
        }
    }

    private void plain(Side side, int protocol, MemorySegment m, int at, int length, int captured) {
        touch();
        boolean icmp = protocol == Icmp.V4 || protocol == Icmp.V6;
        int payload = Math.max(0, length - (icmp ? 8 : protocol == 132 ? 12 : 0));
        slot.add(side, Slot.PAYLOAD, payload);
        slot.set(side == Side.ORIGINATOR ? Slot.ORIG_SEEN : Slot.RESP_SEEN, true);
        slot.answered(side, now);
        if (icmp && payload > 0 && captured > 8) {
            payloadSeen(side, m, at + 8, Math.min(payload, captured - 8), payload);
        }
    }

    private void touch() {
        slot.last(Math.max(slot.last(), now));
    }

    /// Notes a payload for the connection's shape.
    void payloadSeen(Side side, MemorySegment m, int at, int there, int length) {
        slot.payload(side, length, now);
        if (there > 0 && !slot.has(side, Slot.HAS_STATS)) {
            shape.measure(slot, side, m, at, there);
        }
    }

    // ---- talks

    /// The heap part of the connection, or null.
    @Nullable Talk talk(Slot of) {
        return talks.get(of.talk());
    }

    /// Makes the heap part.
    Talk open(boolean stream) {
        Slot own = new Slot();
        slots.wrap(own, slot.number);
        Endpoints id = Rows.endpoints(slot);
        Talk talk =
                new Talk(
                        this,
                        own,
                        ids.uid(slot),
                        id,
                        stream,
                        stream ? expectations.find(id, now) : null);
        slot.talk(talks.add(talk));
        return talk;
    }

    /// A connection is negotiated: known here at once where it can be, to other workers by the
    /// chunk after next.
    void expect(Expectation expectation, Endpoints by) {
        expectations.negotiated(expectation, by, now);
        sink.publish(expectation, order);
    }

    /// Learns what other workers' connections negotiated.
    public void learn(Expectation expectation) {
        expectations.learn(expectation, now);
    }

    // ---- timers

    /// When the connection is given up if nothing more comes.
    private long deadline(Slot of) {
        long silence =
                of.protocol() != TCP
                        ? DATAGRAM_SILENCE
                        : Tcp.isQuickToEnd(of) ? LINGER : STREAM_SILENCE;
        return of.last() + silence;
    }

    private long nextUpdate(Slot of) {
        int n = of.updates();
        return of.first() + (n < 2 ? UPDATES[n] : (n - 1) * UPDATES[2]);
    }

    private record Due(int slot, int generation, long deadline, long ordinal) {}

    private void tick(long time) {
        if (wheel.isBehind(time) && clock - time > 60 * SECOND) {
            wheel.reset(); // the clock was set back
            for (int n : slots.all()) {
                slots.wrap(slot, n);
                wheel.add(n, slots.generation(n), deadline(slot));
            }
        }
        clock = time;
        List<Due> due = new ArrayList<>();
        wheel.due(time, (n, generation) -> consider(n, generation, time, due));
        due.sort(
                (a, b) ->
                        a.deadline != b.deadline
                                ? Long.compare(a.deadline, b.deadline)
                                : Long.compare(a.ordinal, b.ordinal));
        for (Due one : due) {
            slots.wrap(slot, one.slot);
            if (slots.generation(one.slot) != one.generation
                    || Math.min(deadline(slot), nextUpdate(slot)) != one.deadline) {
                continue; // a connection that was hastened stands in the wheel twice
            }
            order.deadline = one.deadline;
            order.tie = one.ordinal;
            now = one.deadline;
            try {
                fire(one);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
        order.deadline = Order.NO_DEADLINE;
        order.tie = 0;
    }

    private void consider(int n, int generation, long time, List<Due> due) {
        if (slots.generation(n) != generation) {
            return; // that connection is gone
        }
        slots.wrap(slot, n);
        long next = Math.min(deadline(slot), nextUpdate(slot));
        if (next <= time) {
            due.add(new Due(n, generation, next, slot.ordinal()));
        } else {
            wheel.add(n, generation, next);
        }
    }

    private void fire(Due one) {
        long deadline = deadline(slot);
        long next = nextUpdate(slot);
        if (one.deadline == deadline) {
            end(slot, deadline);
        } else if (one.deadline == next) {
            emit(rows.update(slot, talk(slot), next, false));
            slot.updates(slot.updates() + 1);
            wheel.add(
                    slot.number,
                    slots.generation(slot.number),
                    Math.min(deadline, nextUpdate(slot)));
        }
    }

    /// A connection may end sooner than was thought: it is looked at again then.
    void hasten(Slot of) {
        wheel.add(of.number, slots.generation(of.number), deadline(of));
    }

    // ---- the end of a connection

    /// The input is over: ends every connection, the oldest first.
    public void finish() {
        List<Due> rest = new ArrayList<>();
        for (int n : slots.all()) {
            slots.wrap(slot, n);
            rest.add(new Due(n, slots.generation(n), 0, slot.ordinal()));
        }
        rest.sort((a, b) -> Long.compare(a.ordinal, b.ordinal));
        for (Due one : rest) {
            slots.wrap(slot, one.slot);
            order.deadline = Long.MAX_VALUE;
            order.tie = one.ordinal;
            now = Math.max(clock, slot.last());
            try {
                end(slot, now);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    private void end(Slot of, long when) {
        long before = now;
        now = when;
        Talk talk = talk(of);
        if (talk != null) {
            if (of.protocol() == TCP) {
                tcp.flush(of, talk);
            }
            talk.close();
        }
        Tunnel tunnel = of.tunnel() == 0 ? null : tunnels.get(of.tunnel() - 1);
        emit(rows.conn(of, talk, tunnel, when));
        if (of.updates() > 0) {
            emit(rows.update(of, talk, when, true));
        }
        talks.remove(of.talk());
        slots.remove(of.number, of);
        now = before;
    }

    // ---- what is said

    long now() {
        return now;
    }

    void emit(Event event) {
        sink.emit(event, order);
    }

    void carry(Carried carried) {
        sink.carry(carried, order);
    }

    void anomaly(Slot of, String name, @Nullable String detail) {
        Talk talk = talk(of);
        String uid = talk == null ? ids.uid(of) : talk.uid();
        Endpoints id = talk == null ? Rows.endpoints(of) : talk.id();
        emit(new Anomaly(now, now, uid, id, name, detail, false, Rows.proto(of.protocol())));
    }

    /// A piece was not carried for want of budget.
    void shedPiece() {
        shedPieces++;
    }

    // ---- counters

    /// Frames taken by this worker.
    public long frames() {
        return frames;
    }

    /// Packets dropped for a bad transport checksum.
    public long badChecksums() {
        return badChecksums;
    }

    /// Pieces that no budget was left to carry up.
    public long shedPieces() {
        return shedPieces;
    }

    /// Errors of ours by cause.
    public Map<String, Long> failures() {
        return Map.copyOf(failures);
    }
}
