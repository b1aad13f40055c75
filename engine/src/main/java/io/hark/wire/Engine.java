package io.hark.wire;

import io.hark.DatagramParser;
import io.hark.Decoder;
import io.hark.Verdict;
import io.hark.bytes.BigEndian;
import io.hark.bytes.Bytes;
import io.hark.carry.Carried;
import io.hark.event.Anomaly;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
    final Flows flows;
    final Blocks blocks;
    final Ids ids = new Ids();
    final Tasters tasters;
    final Candidates candidates;
    final Bytes head = new Bytes();
    final Bytes message = new Bytes();
    final Bytes piece = new Bytes();
    final Bytes tasteOriginator = new Bytes();
    final Bytes tasteResponder = new Bytes();
    final byte[] scratchOut = new byte[1 << 16];

    private final Sink sink;
    private final Wheel wheel = new Wheel();
    private final Order order = new Order();
    final Meter meter = new Meter();
    private final Flow nobody = new Flow(-1);
    private Flow flow = nobody; // the connection at hand
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
    private long frames;
    private long badChecksums;

    private static final int MAX_DATAGRAMS = 8; // shown of one connection before it is given up

    /// An engine that tells `sink` what it sees.
    public Engine(Setup setup, Sink sink) {
        this.setup = setup;
        this.sink = sink;
        this.flows = new Flows(setup.secret());
        this.blocks = new Blocks();
        this.tasters = new Tasters(setup.decoders());
        this.rows = new Rows(setup.local(), ids);
        this.candidates = new Candidates(setup.streamParsers(), setup.datagramParsers());
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
        Talk talk = talk(flow);
        if (talk != null) {
            talk.drop();
        }
    }

    private void frame(Chunk c, int i) {
        byte[] m = c.memory;
        int ip = c.ip[i];
        int at = c.transport[i];
        int captured = c.transportCaptured[i];
        int protocol = c.protocol[i] & 0xff;
        boolean v6 = (c.flags[i] & Chunk.V6) != 0;
        int src = 0;
        int dst = 0;
        boolean oneWay = false;
        flow = nobody;
        switch (protocol) {
            case TCP, UDP, 132 -> {
                if (captured < (protocol == TCP ? 20 : 8)) {
                    return; // too little of the header was captured
                }
                src = BigEndian.u16(m, at);
                dst = BigEndian.u16(m, at + 2);
            }
            case Icmp.V4, Icmp.V6 -> {
                if (captured < 4) {
                    return;
                }
                src = m[at] & 0xff;
                int answer = Icmp.answer(protocol == Icmp.V6, src);
                oneWay = answer < 0;
                dst = oneWay ? m[at + 1] & 0xff : answer;
            }
            default -> {}
        }
        long srcHi = v6 ? BigEndian.i64(m, ip + 8) : 0;
        long srcLo = v6 ? BigEndian.i64(m, ip + 16) : 0xffff_0000_0000L | BigEndian.u32(m, ip + 12);
        long dstHi = v6 ? BigEndian.i64(m, ip + 24) : 0;
        long dstLo = v6 ? BigEndian.i64(m, ip + 32) : 0xffff_0000_0000L | BigEndian.u32(m, ip + 16);
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
        long hash = flows.hash(aHi, aLo, bHi, bLo, ports, protocol, around);
        Flow known = flows.find(hash, aHi, aLo, bHi, bLo, ports, protocol, around);
        if (known != null && isOver(known, m, at, protocol)) {
            end(known, Math.min(now, deadline(known)));
            known = null;
        }
        if (known == null) {
            flow = flows.add(hash);
            flow.begin(aHi, aLo, bHi, bLo, ports, protocol, around);
            begin(c, i, m, at, protocol, src, dst, sourceIsA, tunnel);
        } else {
            flow = known;
        }
        Side side = sourceIsA != flow.flipped ? Side.ORIGINATOR : Side.RESPONDER;
        account(c, i, side);
        int length = c.transportLength[i];
        switch (protocol) {
            case TCP -> {
                if (isSound(c, i, side, protocol)) {
                    tcp.segment(flow, side, m, at, length, captured, now);
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
    private boolean isOver(Flow of, byte[] m, int at, int protocol) {
        if (now - of.last > LINGER && now > deadline(of)) {
            return true;
        }
        return protocol == TCP && tcp.isReuse(of, m, at);
    }

    private void begin(
            Chunk c,
            int i,
            byte[] m,
            int at,
            int protocol,
            int src,
            int dst,
            boolean sourceIsA,
            @Nullable Tunnel tunnel) {
        meter.began(protocol);
        flow.first = now;
        flow.last = now;
        flow.ordinal = order.ordinal;
        flow.vlan = c.vlan[i];
        flow.tunnel = tunnel == null ? 0 : number(tunnel);
        boolean sourceOriginates =
                switch (protocol) {
                    case TCP -> !tcp.isAnswer(m, at, src, dst);
                    case UDP -> !(Services.isUdp(src) && !Services.isUdp(dst));
                    default -> true;
                };
        flow.flipped = sourceOriginates != sourceIsA;
        if (!sourceOriginates) {
            flow.history(Side.ORIGINATOR, '^');
        }
        wheel.add(flow, deadline(flow));
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
        flow.half(side).packets += 1;
        flow.half(side).ipBytes += c.ipLength[i];
        if (!flow.half(side).hasTtl) {
            flow.half(side).hasTtl = true;
            flow.half(side).ttl = c.ttl[i];
        }
        int hardware = c.hardware[i];
        if (hardware >= 0 && !flow.half(side).hasMac) {
            flow.half(side).hasMac = true;
            flow.half(side).mac = c.mac(hardware + 6);
            if (!flow.half(side.other()).hasMac) {
                flow.half(side.other()).mac = c.mac(hardware);
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
                flow.half(side).goodChecksum = true;
            }
            return true;
        }
        if (setup.checksums() == Setup.Checksums.AUTO && !flow.half(side).goodChecksum) {
            return true;
        }
        badChecksums++;
        flow.historyScaled(side, ++flow.half(side).badChecksums, 'C');
        return false;
    }

    private void datagram(Side side, byte[] m, int at, int length, int captured) {
        touch();
        int announced = BigEndian.u16(m, at + 4);
        int payload = Math.max(0, (announced >= 8 ? Math.min(announced, length) : length) - 8);
        int there = Math.min(payload, captured - 8);
        flow.historyOnce(side, 1, 'D');
        flow.half(side).payload += payload;
        flow.half(side).seen = true;
        flow.answered(side, now);
        if (payload == 0) {
            return;
        }
        payloadSeen(side, m, at + 8, there, payload);
        if (there == payload && !flow.opaque) {
            Talk talk = talk(flow);
            if (talk == null) {
                recognise(side, m, at + 8, there);
            } else {
                talk.datagram(side, m, at + 8, there);
            }
        }
    }

    /// Shows a datagram to parsers and tasters; a talk is made only for one that somebody claims,
    /// so that traffic nobody knows costs no object.
    private void recognise(Side side, byte[] m, int at, int length) {
        DatagramParser parser = candidates.datagram(m, at, length, side, flow.port(Side.RESPONDER));
        if (parser != null) {
            open(false).datagrams(parser).datagram(side, m, at, length);
            return;
        }
        if (!tasters.datagrams.isEmpty()) {
            Endpoints id = Rows.endpoints(flow);
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
        if (flow.payloads() >= MAX_DATAGRAMS) {
            flow.opaque = true;
        }
    }

    private void plain(Side side, int protocol, byte[] m, int at, int length, int captured) {
        touch();
        boolean icmp = protocol == Icmp.V4 || protocol == Icmp.V6;
        int payload = Math.max(0, length - (icmp ? 8 : protocol == 132 ? 12 : 0));
        flow.half(side).payload += payload;
        flow.half(side).seen = true;
        flow.answered(side, now);
        if (icmp && payload > 0 && captured > 8) {
            payloadSeen(side, m, at + 8, Math.min(payload, captured - 8), payload);
        }
    }

    private void touch() {
        flow.last = Math.max(flow.last, now);
    }

    /// Notes a payload for the connection's shape.
    void payloadSeen(Side side, byte[] m, int at, int there, int length) {
        flow.payload(side, length, now);
        if (there > 0 && !flow.half(side).measured) {
            shape.measure(flow, side, m, at, there);
        }
    }

    // ---- talks

    /// The heap part of the connection, or null.
    @Nullable Talk talk(Flow of) {
        return talks.get(of.talk);
    }

    /// Makes the heap part.
    Talk open(boolean stream) {
        Endpoints id = Rows.endpoints(flow);
        Talk talk =
                new Talk(
                        this,
                        flow,
                        ids.uid(flow),
                        id,
                        stream,
                        stream ? expectations.find(id, now) : null);
        flow.talk = talks.add(talk);
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
    private long deadline(Flow of) {
        long silence =
                of.protocol != TCP
                        ? DATAGRAM_SILENCE
                        : Tcp.isQuickToEnd(of) ? LINGER : STREAM_SILENCE;
        return of.last + silence;
    }

    private long nextUpdate(Flow of) {
        int n = of.updates;
        return of.first + (n < 2 ? UPDATES[n] : (n - 1) * UPDATES[2]);
    }

    private record Due(Flow flow, int generation, long deadline, long ordinal) {}

    private void tick(long time) {
        if (wheel.isBehind(time) && clock - time > 60 * SECOND) {
            wheel.reset(); // the clock was set back
            for (Flow one : flows.all()) {
                wheel.add(one, deadline(one));
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
            flow = one.flow;
            if (flow.generation != one.generation
                    || Math.min(deadline(flow), nextUpdate(flow)) != one.deadline) {
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
        Flow of = flows.get(n, generation);
        if (of == null) {
            return; // that connection is gone
        }
        long next = Math.min(deadline(of), nextUpdate(of));
        if (next <= time) {
            due.add(new Due(of, generation, next, of.ordinal));
        } else {
            wheel.add(of, next);
        }
    }

    private void fire(Due one) {
        long deadline = deadline(flow);
        long next = nextUpdate(flow);
        if (one.deadline == deadline) {
            end(flow, deadline);
        } else if (one.deadline == next) {
            emit(rows.update(flow, talk(flow), next, false));
            flow.updates = flow.updates + 1;
            wheel.add(flow, Math.min(deadline, nextUpdate(flow)));
        }
    }

    /// A connection may end sooner than was thought: it is looked at again then.
    void hasten(Flow of) {
        wheel.add(of, deadline(of));
    }

    // ---- the end of a connection

    /// The input is over: ends every connection, the oldest first.
    public void finish() {
        Flow[] rest = flows.all();
        Arrays.sort(rest, Comparator.comparingLong(of -> of.ordinal));
        for (Flow one : rest) {
            flow = one;
            order.deadline = Long.MAX_VALUE;
            order.tie = one.ordinal;
            now = Math.max(clock, one.last);
            try {
                end(one, now);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    private void end(Flow of, long when) {
        long before = now;
        now = when;
        Talk talk = talk(of);
        if (talk != null) {
            if (of.protocol == TCP) {
                tcp.flush(of, talk);
            }
            talk.close();
        }
        Tunnel tunnel = of.tunnel == 0 ? null : tunnels.get(of.tunnel - 1);
        emit(rows.conn(of, talk, tunnel, when));
        if (of.updates > 0) {
            emit(rows.update(of, talk, when, true));
        }
        meter.ended(of.protocol);
        talks.remove(of.talk);
        flows.remove(of);
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

    void anomaly(Flow of, String name, @Nullable String detail) {
        Talk talk = talk(of);
        String uid = talk == null ? ids.uid(of) : talk.uid();
        Endpoints id = talk == null ? Rows.endpoints(of) : talk.id();
        emit(new Anomaly(now, now, uid, id, name, detail, false, Rows.proto(of.protocol)));
    }

    /// A piece was not carried for want of budget.
    void shedPiece() {
        meter.shedPieces++;
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

    /// What this worker counted.
    public Meter meter() {
        return meter;
    }

    /// Errors of ours by cause.
    public Map<String, Long> failures() {
        return Map.copyOf(failures);
    }
}
