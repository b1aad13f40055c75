package io.hark.wire;

import io.hark.DatagramParser;
import io.hark.bytes.Bytes;
import io.hark.carry.Carried;
import io.hark.event.Anomaly;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Side;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
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

    /// Frames that are looked up together, so that the waits for memory overlap.
    static final int AHEAD = 32;

    final Setup setup;
    final Flows flows;
    final Blocks blocks;
    final Ids ids = new Ids();
    final Tasters tasters;
    final Candidates candidates;
    final Cursors cursors = new Cursors();
    final Bytes piece = new Bytes();
    final Bytes tasteOriginator = new Bytes();
    final Bytes tasteResponder = new Bytes();
    final byte[] scratchOut = new byte[1 << 16];

    private final Sink sink;
    private final Soundness soundness;
    private final Timers timers;
    private final Order order = new Order();
    final Secrets secrets;
    final Meter meter = new Meter();
    private final Flow nobody = new Flow(-1);
    private Flow flow = nobody; // the connection at hand
    private final Tuple[] tuples = new Tuple[AHEAD];
    private final Shape shape = new Shape();
    private final Tcp tcp = new Tcp(this);
    private final Udp udp = new Udp(this);
    private final Plain plain = new Plain(this);
    private final TunnelRows tunnels = new TunnelRows(this);
    final Evasions evasions = new Evasions(this);
    private final Expectations expectations = new Expectations();
    private final Rows rows;
    private Flow @Nullable [] rest; // what is open at the end, the oldest first
    private int ended; // how many of them are done
    private long now;
    private final Map<String, Long> failures = new HashMap<>();
    private long frames;

    /// An engine that tells `sink` what it sees.
    public Engine(Setup setup, Sink sink) {
        this.setup = setup;
        this.sink = sink;
        this.soundness = new Soundness(setup.checksums());
        this.flows = new Flows(setup.secret(), setup.maxConnections());
        this.timers = new Timers(flows);
        this.blocks = new Blocks();
        this.secrets = new Secrets(setup.keyring());
        this.tasters = new Tasters(setup.decoders());
        this.rows = new Rows(setup.local(), ids);
        Arrays.setAll(tuples, _ -> new Tuple());
        this.candidates = new Candidates(setup.streamParsers(), setup.datagramParsers());
    }

    // ---- frames

    /// Takes the chunk's frames that are this worker's, and fires the timers that are due meanwhile
    /// and at its end.
    ///
    /// @param worker number of this worker
    /// @param workers how many there are
    public void process(Chunk chunk, int worker, int workers) {
        order.deadline = Order.NO_DEADLINE;
        order.tie = 0;
        evasions.chunk(chunk.number);
        secrets.learn(chunk.secrets);
        int n = 0;
        for (int i = 0; i < chunk.frames; i++) {
            if (timers.isDue(chunk.ts[i])) { // for all workers alike
                take(chunk, n);
                n = 0;
                order.tie = 0;
                order.ordinal = chunk.firstOrdinal + i - 1;
                tick(chunk.ts[i] - 1);
            }
            int tie = 0;
            int place = i;
            do { // the frame's packet, and what it is wrapped in
                int shard = chunk.shard[place];
                if (shard != 0 && (workers == 1 || shard % workers == worker)) {
                    frames += tie == 0 ? 1 : 0;
                    n += prepare(chunk, i, place, tie, tuples[n]);
                    if (n == AHEAD) {
                        take(chunk, n);
                        n = 0;
                    }
                }
                place = chunk.next[place];
                tie++;
            } while (place != 0);
        }
        take(chunk, n);
        order.tie = 0;
        order.ordinal = chunk.firstOrdinal + Math.max(0, chunk.frames - 1);
        if (chunk.prefixMaxNanos != Long.MIN_VALUE) {
            tick(chunk.prefixMaxNanos);
        }
    }

    private int prepare(Chunk chunk, int frame, int place, int tie, Tuple tuple) {
        if ((chunk.flags[place] & Chunk.NEIGHBOR) != 0) {
            order.ordinal = chunk.firstOrdinal + frame;
            order.tie = tie;
            now = chunk.ts[place];
            plain.neighbors.take(chunk, place, now, place());
            return 0;
        }
        if (!tuple.read(chunk, place)) {
            return 0;
        }
        tuple.frame = frame;
        tuple.place = place;
        tuple.tie = tie;
        flows.hash(tuple);
        return 1;
    }

    private void take(Chunk chunk, int n) {
        flows.ahead(tuples, n);
        for (int i = 0; i < n; i++) {
            Tuple tuple = tuples[i];
            order.ordinal = chunk.firstOrdinal + tuple.frame;
            order.tie = tuple.tie;
            now = chunk.ts[tuple.place];
            try {
                frame(chunk, tuple.place, tuple);
            } catch (RuntimeException e) { // ours: stops this connection, not the process
                failed(e);
            }
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
        Talk talk = flow.talk;
        if (talk != null) {
            talk.drop();
        }
    }

    private void frame(Chunk c, int i, Tuple tuple) {
        byte[] m = c.memory;
        int at = c.transport[i];
        int captured = c.transportCaptured[i];
        int protocol = tuple.protocol;
        flow = nobody;
        Flow known = flows.find(tuple);
        if (known != null && isOver(known, m, at, captured, protocol)) {
            end(known, Math.min(now, Timers.deadline(known)));
            known = null;
        }
        if (known == null) {
            Flow spare = flows.spare();
            if (spare != null) {
                meter.shedConnections++;
                end(spare, now);
            }
            flow = flows.add(tuple);
            begin(c, i, tuple);
        } else {
            flow = known;
        }
        Side side = tuple.sourceIsA != flow.flipped ? Side.ORIGINATOR : Side.RESPONDER;
        identify(c, i, side);
        if (!soundness.isSound(flow, c, i, side, protocol)) {
            return; // its receiver takes no notice of it either
        }
        flow.half(side).packets += 1;
        flow.half(side).ipBytes += c.ipLength[i];
        flow.half(side).frameBytes += c.frameBytes(i, tuple.frame);
        int length = c.transportLength[i];
        int odd = c.flags[i] & Chunk.ODD;
        if (odd != 0) {
            evasions.fragments(flow, odd);
        }
        boolean copy = (odd & Chunk.COPY) != 0;
        switch (protocol) {
            case Layers.TCP -> {
                if (copy) {
                    touch(); // counted as a packet; its connection has had it already
                } else {
                    tcp.segment(flow, side, m, at, length, captured, now);
                }
            }
            case Layers.UDP -> {
                tunnels.carried(flow, c.carries[i]);
                touch();
                boolean isUnread = c.carries[i] == 0 && !copy;
                udp.datagram(flow, side, m, at, length, captured, isUnread);
            }
            default -> {
                touch();
                plain.packet(flow, side, tuple, m, at, length, captured, copy);
            }
        }
    }

    /// Whether the connection of this 5-tuple has ended, so that the packet begins a new one.
    private boolean isOver(Flow of, byte[] m, int at, int captured, int protocol) {
        if (now - of.last > Timers.LINGER && now > Timers.deadline(of)) {
            return true;
        }
        return protocol == Layers.TCP && Tcp.isReuse(of, m, at, now)
                || protocol == Layers.SCTP && plain.associations.isReuse(of, m, at, captured);
    }

    private void begin(Chunk c, int i, Tuple tuple) {
        meter.began(tuple.protocol);
        flow.first = now;
        flow.last = now;
        flow.ordinal = place();
        flow.vlan = c.vlan[i];
        flow.tunnel = c.tunnel[i];
        boolean sourceOriginates =
                switch (tuple.protocol) {
                    case Layers.TCP ->
                            !Tcp.isAnswer(
                                    c.memory, c.transport[i], tuple.source, tuple.destination);
                    case Layers.UDP ->
                            !Services.isUdp(tuple.source)
                                    || Services.isUdp(tuple.destination)
                                    || c.isBroadcast(i); // nobody answers with a broadcast
                    case Layers.SCTP ->
                            !Associations.isAnswer(
                                    c.memory, c.transport[i], c.transportCaptured[i]);
                    default -> true;
                };
        flow.flipped = sourceOriginates != tuple.sourceIsA;
        if (!sourceOriginates) {
            flow.history(Side.ORIGINATOR, '^');
        }
        timers.watch(flow);
        tunnels.found(flow.tunnel, c.freshTunnels[i]);
    }

    private void identify(Chunk c, int i, Side side) {
        Half half = flow.half(side);
        half.ttl(c.ttl[i] & 0xff);
        int hardware = c.hardware[i];
        if (hardware >= 0 && !half.hasMac) {
            half.hasMac = true;
            half.mac = c.mac(hardware + 6);
            if (!flow.half(side.other()).hasMac) {
                flow.half(side.other()).mac = c.mac(hardware);
            }
        }
    }

    private void touch() {
        flow.last = Math.max(flow.last, now);
    }

    /// Notes a payload for the connection's shape.
    void payloadSeen(Side side, byte[] m, int at, int there, int length) {
        flow.payload(side, length, now);
        if (there > 0 && !flow.half(side).isMeasured()) {
            shape.measure(flow, side, m, at, there);
        }
    }

    // ---- talks

    /// Makes what reads the connection at hand.
    Talk open(boolean stream) {
        Talk talk = new Talk(this, flow, stream, expectation(flow));
        flow.talk = talk;
        return talk;
    }

    /// Who reads the datagrams of a connection that was negotiated; null where none was, or by
    /// nobody.
    @Nullable DatagramParser expected(Flow of) {
        Expectation expected = expectation(of);
        return expected == null ? null : candidates.datagram(expected.parser());
    }

    private @Nullable Expectation expectation(Flow of) {
        return expectations.isEmpty() ? null : expectations.find(ids.endpoints(of), now);
    }

    /// A connection is negotiated: known here at once where it can be, to other workers four chunks
    /// later.
    void expect(Expectation expectation, Endpoints by) {
        expectations.negotiated(expectation, by, now);
        sink.publish(expectation, order);
    }

    /// Learns what other workers' connections negotiated.
    public void learn(Expectation expectation) {
        expectations.learn(expectation, now);
    }

    // ---- timers

    private void tick(long time) {
        if (timers.isSetBack(time)) {
            plain.minutes.all(timers.clock(), Order.NO_DEADLINE + 1);
            timers.reset();
        }
        for (Timers.Due one : timers.due(time)) {
            plain.minutes.until(one.deadline(), one.ordinal());
            flow = one.flow();
            if (!one.stands()) {
                continue;
            }
            order.deadline = one.deadline();
            order.tie = one.ordinal();
            now = one.deadline();
            try {
                fire(one);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
        plain.minutes.until(time, Long.MAX_VALUE);
        order.deadline = Order.NO_DEADLINE;
        order.tie = 0;
    }

    private void fire(Timers.Due due) {
        if (due.ends()) {
            end(flow, due.deadline());
        } else {
            emit(rows.update(flow, due.deadline(), false));
            flow.updates++;
            timers.again(flow);
        }
    }

    /// A connection may end sooner than was thought: it is looked at again then.
    void hasten(Flow of) {
        timers.watch(of);
    }

    // ---- the end of a connection

    /// The input is over: ends the connections that began up to a frame, the oldest first.
    ///
    /// In parts, so that what they say need not be kept all at once.
    ///
    /// @param ordinal of the first frame whose connections are not meant; rises from call to call
    public void finish(long ordinal) {
        Flow[] all = rest;
        if (all == null) {
            all = flows.all();
            Arrays.sort(all, Comparator.comparingLong(of -> of.ordinal));
            rest = all;
            plain.minutes.all(timers.clock(), Long.MAX_VALUE - 1);
        }
        for (; ended < all.length; ended++) {
            flow = all[ended];
            if (flow.ordinal / (Chunk.MAX_FURTHER + 1) >= ordinal) {
                return;
            }
            order.deadline = Long.MAX_VALUE;
            order.tie = flow.ordinal;
            now = Math.max(timers.clock(), flow.last);
            try {
                end(flow, now);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    private void end(Flow of, long when) {
        long before = now;
        now = when;
        Talk talk = of.talk;
        if (talk != null) {
            if (of.protocol == Layers.TCP) {
                tcp.flush(of, talk);
            }
            talk.close();
        }
        Association association = plain.associations.end(of);
        if (association != null) {
            emit(association.event(of, ids.uid(of), ids.endpoints(of), when));
        }
        tunnels.ended(of);
        emit(rows.conn(of, talk, when));
        if (of.updates > 0) {
            emit(rows.update(of, when, true));
        }
        of.talk = null;
        meter.ended(of.protocol);
        flows.remove(of);
        now = before;
    }

    // ---- what is said

    long now() {
        return now;
    }

    /// Place of the packet at hand among all.
    long place() {
        return order.ordinal * (Chunk.MAX_FURTHER + 1) + order.tie;
    }

    /// Tells of what was rolled up, as of a deadline.
    void tell(Event event, long deadline, long tie) {
        long before = order.tie;
        order.deadline = deadline;
        order.tie = deadline == Order.NO_DEADLINE ? before : tie;
        emit(event);
        order.deadline = Order.NO_DEADLINE;
        order.tie = before;
    }

    void emit(Event event) {
        sink.emit(event, order);
    }

    void carry(Carried carried) {
        sink.carry(carried, order);
    }

    /// Tells of an anomaly of the connection, once of each kind.
    void anomaly(Flow of, String name, @Nullable String detail) {
        if (!evasions.isFirst(of, name)) {
            return;
        }
        String uid = ids.uid(of);
        Endpoints id = ids.endpoints(of);
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
        return soundness.bad();
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
