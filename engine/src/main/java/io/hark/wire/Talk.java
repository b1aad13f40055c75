package io.hark.wire;

import io.hark.Body;
import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Decoder;
import io.hark.Inside;
import io.hark.Parser;
import io.hark.SessionSecrets;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.carry.DnsTransaction;
import io.hark.carry.HttpExchange;
import io.hark.event.Anomaly;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Side;
import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// What reads a connection, made with its first payload: streams, the parser that reads them,
/// tastes, bodies.
///
/// A stream's parser is found by content ([Search]); who is found reads the bytes from the start.
/// This file is long because it is both sides of the contract: what the engine tells a connection,
/// and what its parser may ask.
///
/// *Thread*: the worker that owns the connection.
final class Talk implements Connection, Stream.Reader {

    /// How many protocols may lie in one another: a proxy behind a proxy, with room.
    private static final int MAX_TURNS = 4;

    private final Engine engine;
    private final Flow flow;
    final Known known; // shared with what runs inside
    final Bytes head; // cursors of its own, as what runs inside is read while it is at work
    final Bytes message;
    private final String uid;
    private final Endpoints id;
    private final boolean stream;

    final Directions directions;
    @Nullable Search search; // while there is something to be found
    private @Nullable String parserName;
    private StreamParser.@Nullable Session session;
    private @Nullable Datagrams datagrams;
    private long state; // how often something has happened that the session may remember
    boolean decided; // whether a reader was found, or given up
    private boolean confirmed;
    @Nullable Side firstSpeaker;
    private int turns;
    private @Nullable Insides insides; // made when something runs inside
    private boolean turning;
    private @Nullable StreamParser next; // who reads what is inside, where that is known
    private @Nullable Object context; // what who negotiated this, or is outside, told
    long carried; // messages of it that were handed up one by one
    @Nullable Tasting tasting;

    /// What reads `flow`.
    Talk(
            Engine engine,
            Flow flow,
            String uid,
            Endpoints id,
            boolean stream,
            @Nullable Expectation expected) {
        this(engine, flow, uid, id, stream, expected == null ? null : expected.context(), null);
        if (stream && expected != null) {
            claimed(engine.candidates.stream(expected.parser()));
        }
    }

    private Talk(
            Engine engine,
            Flow flow,
            String uid,
            Endpoints id,
            boolean stream,
            @Nullable Object context,
            @Nullable Talk outer) {
        this.engine = engine;
        this.flow = flow;
        this.uid = uid;
        this.id = id;
        this.stream = stream;
        this.context = context;
        this.known = outer == null ? new Known() : outer.known;
        this.turns = outer == null ? 0 : outer.turns + 1;
        this.decided = turns > MAX_TURNS;
        this.directions = new Directions(engine.blocks);
        this.head = outer == null ? engine.head : new Bytes();
        this.message = outer == null ? engine.message : new Bytes();
    }

    Direction direction(Side side) {
        return directions.of(side);
    }

    // ---- a stream, in order

    @Override
    public void bytes(Side side, byte[] memory, int at, int length) {
        if (firstSpeaker == null) {
            firstSpeaker = side;
        }
        if (tasting != null) {
            tasting.data(side, memory, at, length);
            if (tasting.isOver()) {
                tasting = null;
            }
        }
        if (search != null) {
            search.alsoSays(side, memory, at, length);
        }
        if (session != null || !decided) {
            Direction way = directions.of(side);
            if (way.isPending()) {
                Pending kept = way.pending();
                kept.append(memory, at, length);
                int used = show(side, kept.memory(), kept.at(), kept.length());
                kept.consume(Math.min(used, kept.length()));
            } else {
                int used = show(side, memory, at, length);
                if (used < length && (session != null || !decided)) {
                    way.pending().append(memory, at + used, length - used);
                }
            }
        }
    }

    private int show(Side side, byte[] memory, int at, int length) {
        if (decided) {
            return read(side, memory, at, length);
        }
        search = search == null ? new Search(engine, this) : search;
        return search.probe(side, memory, at, length);
    }

    /// Is read by that parser, if there is one and nobody else has it.
    private void claimed(@Nullable Parser parser) {
        if (!decided && parser instanceof StreamParser ofStream) {
            claim(ofStream);
        } else if (!decided && parser instanceof DatagramParser ofDatagrams) {
            datagrams(ofDatagrams);
        }
    }

    void claim(StreamParser parser) {
        decided = true;
        search = null;
        parserName = parser.name();
        state++;
        session = parser.open(this);
        if (parserName.equals(Tasting.TLS)) {
            tasting = Tasting.of(engine, this, Tasting.Kind.TLS);
        }
    }

    /// Reads what was kept while the parser was looked for: first what came first.
    int replay(Heard heard, Side side, byte[] memory, int at, int length) {
        Side other = side.other();
        Direction way = directions.spoken(other);
        boolean otherFirst = way != null && way.isPending();
        if (tasting != null) {
            tasting.both(heard, way, side, memory, at, length);
        }
        boolean before = otherFirst && firstSpeaker == other;
        int used = before ? 0 : read(side, memory, at, length);
        if (otherFirst && way != null) {
            Pending kept = way.pending();
            int read = read(other, kept.memory(), kept.at(), kept.length());
            kept.consume(Math.min(kept.length(), read));
        }
        return before ? read(side, memory, at, length) : used;
    }

    /// Frames and reads messages and hands bodies on; answers how many bytes are used up.
    private int read(Side side, byte[] memory, int at, int length) {
        Direction way = directions.of(side);
        int used = 0;
        while (used < length) {
            StreamParser.Session reading = session;
            if (reading == null) {
                return length;
            }
            directions.atHand = side;
            ask(way, reading);
            if (way.passing > 0) {
                int n = (int) Math.min(way.passing, length - used);
                passed(way, way.pass(memory, at + used, n));
                used += n;
                continue;
            }
            Bytes beginning = head.wrap(memory, at + used, length - used);
            int n = reading.frame(beginning.seen(used == 0 ? way.seen(state) : 0), side);
            if (n == StreamParser.Session.MALFORMED || n > reading.maxMessage()) {
                fault(n == StreamParser.Session.MALFORMED ? beginning.fault() : "message too long");
                return length;
            }
            if (n == StreamParser.Session.MORE || n > length - used) {
                if (n == StreamParser.Session.MORE && length - used > reading.maxMessage()) {
                    fault("message too long");
                    return length;
                }
                way.saw(n == StreamParser.Session.MORE ? length - used : 0, state);
                return used;
            }
            state++;
            Bytes whole = message.wrap(memory, at + used, n);
            used += n;
            reading.message(whole, side);
            if (!whole.ok()) {
                fault(whole.fault());
                return length;
            }
            if (turning) {
                return used + turn(side, memory, at + used, length - used);
            }
        }
        return used;
    }

    /// Looks for the protocol inside what the session has read; answers how many bytes are used up.
    private int turn(Side side, byte[] memory, int at, int length) {
        turning = false;
        endReading();
        confirmed = false;
        decided = ++turns > MAX_TURNS;
        if (decided) {
            directions.each(Direction::forget);
            return length;
        }
        boolean ahead = directions.isPending(side.other());
        firstSpeaker = ahead ? side.other() : length > 0 ? side : null;
        if (next != null) {
            claim(next);
            next = null;
            return replay(new Heard(), side, memory, at, length);
        }
        return length > 0 ? show(side, memory, at, length) : 0;
    }

    /// Whether the whole side is one body: asked once.
    private void ask(Direction way, StreamParser.Session reading) {
        if (!way.asked) {
            way.asked = true;
            Body body = reading.whole(way.side());
            if (body != null) {
                pass(body, Body.UNTIL_END);
            }
        }
    }

    private void passed(Direction way, @Nullable WireBody body) {
        if (body != null) {
            state++;
            way.body = null;
            if (session != null) {
                session.passed(body, way.side());
            }
        }
    }

    @Override
    public void gap(Side side, long length) {
        if (tasting != null) {
            tasting.gap(side, length);
        }
        Direction way = directions.of(side);
        long left = length;
        directions.atHand = side;
        if (session != null) {
            ask(way, session);
        }
        while (left > 0 && way.passing > 0) {
            long n = Math.min(left, way.passing);
            left -= n;
            passed(way, way.lose(n));
        }
        if (left > 0) {
            state++;
            if (!decided && way.isPending()) {
                decided = true; // the beginning is cut; a side that has not begun may still tell
                search = null;
            }
            way.forget();
            if (session != null && !session.gap(side, left)) {
                stop();
            }
        }
    }

    @Override
    public OverlapPolicy policy(Side side) {
        return engine.setup.targets().of(id.host(side.other()));
    }

    @Override
    public void differs(Side side, byte[] memory, int at, byte[] later, int laterAt, int length) {
        engine.evasions.differs(flow, side, memory, at, later, laterAt, length);
    }

    /// The side's stream ended in order.
    void end(Side side) {
        Direction way = directions.of(side);
        if (way.ended) {
            return;
        }
        way.ended = true;
        if (tasting != null) {
            tasting.end(side);
        }
        tellEnd(way);
        if (directions.hasEnded(side.other()) && search != null) {
            search.settle();
        }
    }

    /// Tells the reader, who may have been found late, of a direction that has ended.
    void tellEnd(Direction way) {
        if (!way.ended) {
            return;
        }
        directions.atHand = way.side();
        WireBody body = way.body;
        if (way.passing > 0 && body != null) {
            way.passing = 0;
            passed(way, body);
        }
        if (session != null) {
            state++;
            session.end(way.side());
        }
    }

    // ---- datagrams

    /// Has its datagrams read by that parser.
    Talk datagrams(DatagramParser parser) {
        decided = true;
        datagrams = new Datagrams(engine, this, parser);
        return this;
    }

    /// Has its datagrams carried to that decoder.
    Talk datagrams(Decoder<?> decoder) {
        decided = true;
        tasting = Tasting.ofDatagrams(engine, this, decoder);
        return this;
    }

    /// Reads one datagram.
    void datagram(Side side, byte[] memory, int at, int length) {
        directions.atHand = side;
        if (carried > 0 && engine.tasters.datagram(engine, this, side, memory, at, length)) {
            return;
        }
        if (!decided) {
            claimed(engine.candidates.datagram(memory, at, length, side, id.resp_p()));
        }
        if (datagrams != null) {
            datagrams.read(side, memory, at, length);
        } else if (tasting != null) {
            tasting.datagram(side, memory, at, length);
        }
    }

    // ---- the end

    /// What a parser said cannot be read on.
    private void fault(@Nullable String reason) {
        if (confirmed) {
            anomaly(parserName + "_parse_error", reason);
        }
        stop();
    }

    private void stop() {
        endReading();
        decided = true;
        directions.each(Direction::forget);
    }

    private void endReading() {
        if (session != null) {
            session.close();
            session = null;
        }
        if (datagrams != null) {
            datagrams.close();
            datagrams = null;
        }
        directions.each(Direction::endBody);
    }

    /// Speaks as the parser of that name from now on; answers whether its protocol is certain.
    boolean speaksAs(String parser) {
        parserName = parser;
        return confirmed;
    }

    /// The connection is over.
    void close() {
        if (search != null) {
            search.settle();
        }
        stop();
        if (tasting != null) {
            tasting.close();
        }
        drop();
    }

    /// Gives all memory back without another word: after an error of ours.
    void drop() {
        session = null;
        datagrams = null;
        if (insides != null) {
            insides.drop();
        }
        directions.each(Direction::drop);
        if (tasting != null) {
            tasting.drop();
            tasting = null;
        }
        decided = true;
    }

    // ---- as the parser sees it

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public Endpoints id() {
        return id;
    }

    @Override
    public String proto() {
        return stream ? "tcp" : "udp";
    }

    @Override
    public long now() {
        return engine.now();
    }

    @Override
    public long began() {
        return flow.first;
    }

    @Override
    public boolean isMidstream() {
        return flow.partial;
    }

    @Override
    public boolean isLocal(Side side) {
        return engine.setup.local().isLocal(id.host(side));
    }

    @Override
    public void confirm() {
        String name = parserName;
        if (name != null && (!confirmed || datagrams != null)) {
            confirmed = true;
            confirm(name);
        }
    }

    @Override
    public void confirm(String carried) {
        known.serves(carried);
    }

    @Override
    public boolean isWanted(Class<? extends Event> detail) {
        return engine.setup.details().contains(detail);
    }

    @Override
    public void emit(Event event) {
        engine.emit(event);
    }

    @Override
    public void anomaly(String what, @Nullable String detail) {
        String source = parserName == null ? proto() : parserName;
        engine.emit(new Anomaly(now(), now(), uid, id, what, detail, false, source));
    }

    @Override
    public Body body(
            Side side,
            String source,
            @Nullable String filename,
            @Nullable String coding,
            long total) {
        String fuid = engine.ids.fuid(flow, known.files++);
        return new WireBody(engine, this, fuid, side, source, filename, coding, total);
    }

    @Override
    public void pass(Body body, long length) {
        Direction way = directions.of(directions.atHand);
        way.body = (WireBody) body;
        way.passing = length;
        if (length == 0) {
            passed(way, (WireBody) body);
        }
    }

    @Override
    public void skip(long bytes) {
        Direction way = directions.of(directions.atHand);
        way.body = null;
        way.passing = bytes;
    }

    @Override
    public void inner() {
        turning = stream;
    }

    @Override
    public void inner(String parser, @Nullable Object context) {
        turning = stream;
        next = engine.candidates.stream(parser);
        this.context = context;
    }

    @Override
    public Inside inside() {
        return within(true, null, null);
    }

    @Override
    public Inside inside(String parser, @Nullable Object about) {
        return within(true, engine.candidates.stream(parser), about);
    }

    @Override
    public Inside insideDatagrams(String parser) {
        return within(false, engine.candidates.datagram(parser), null);
    }

    private Inside within(boolean ofStream, @Nullable Parser parser, @Nullable Object about) {
        Talk inner = new Talk(engine, flow, uid, id, ofStream, about, this);
        inner.claimed(parser);
        insides = insides == null ? new Insides() : insides;
        return insides.add(inner, ofStream);
    }

    @Override
    public SessionSecrets secrets() {
        return engine.secrets;
    }

    @Override
    public void name(String name, String source) {
        known.name(name, source);
    }

    @Override
    public void expect(Addr host, int port, String parser, @Nullable Object context) {
        engine.expect(
                new Expectation(host, port, parser, context, now() + Expectation.PATIENCE_NANOS),
                id);
    }

    @Override
    public @Nullable Object context() {
        return context;
    }

    @Override
    public boolean wants(HttpExchange head) {
        return engine.tasters.wants(head);
    }

    @Override
    public void offer(HttpExchange exchange) {
        engine.tasters.offer(engine, exchange);
    }

    @Override
    public boolean isTasted(Decoder.Carrier carrier) {
        return engine.tasters.isTasted(carrier);
    }

    @Override
    public void offer(DnsTransaction message) {
        engine.tasters.offer(engine, this, message);
    }
}
