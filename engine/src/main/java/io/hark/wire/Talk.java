package io.hark.wire;

import io.hark.Body;
import io.hark.DatagramParser;
import io.hark.Decoder;
import io.hark.Parser;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Endpoints;
import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// What reads a connection, made with its first payload: streams, the parser that reads them,
/// tastes, bodies. What the parser sees of it is a [WireConnection].
///
/// A stream's parser is found by content ([Search]); who is found reads the bytes from the start.
///
/// This file is long because messages, bodies, gaps and ends of a stream are one contract with its
/// parser's session: each of them moves how far it has read.
///
/// *Thread*: the worker that owns the connection.
final class Talk implements Stream.Reader {

    /// How many protocols may lie in one another: a proxy behind a proxy, with room.
    private static final int MAX_TURNS = 4;

    final Engine engine;
    final WireConnection connection;
    final Directions directions;
    final Cursors cursors;
    private final boolean stream;

    @Nullable Search search; // while there is something to be found
    private StreamParser.@Nullable Session session;
    private @Nullable Datagrams datagrams;
    private long state; // how often something has happened that the session may remember
    boolean decided; // whether a reader was found, or given up
    @Nullable Side firstSpeaker;
    private byte turns; // small, as there is a talk for each connection
    private boolean turning;
    @Nullable Tasting tasting;

    /// What reads `flow`.
    Talk(Engine engine, Flow flow, boolean stream, @Nullable Expectation expected) {
        this.engine = engine;
        this.stream = stream;
        this.directions = new Directions(engine.blocks);
        this.cursors = engine.cursors;
        Object context = expected == null ? null : expected.context();
        this.connection = new WireConnection(flow, this, new Known(), context);
        if (stream && expected != null) {
            claimed(engine.candidates.stream(expected.parser()));
        }
    }

    /// What reads something inside of what `outer` reads.
    ///
    /// @param reader who reads it, null where that is to be found out
    /// @param about what its reader is told of it
    Talk(
            Engine engine,
            Flow flow,
            boolean stream,
            @Nullable Parser reader,
            @Nullable Object about,
            Talk outer) {
        this.engine = engine;
        this.stream = stream;
        this.directions = new Directions(engine.blocks);
        this.cursors = new Cursors();
        this.turns = (byte) (outer.turns + 1);
        this.decided = turns > MAX_TURNS;
        this.connection = new WireConnection(flow, this, outer.connection.known, about);
        claimed(reader);
    }

    String uid() {
        return connection.uid();
    }

    Endpoints id() {
        return connection.id();
    }

    boolean isStream() {
        return stream;
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
            dropTasting();
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

    /// Nobody may be after the connection any more; a connection that is silent keeps nothing then.
    void dropTasting() {
        if (tasting != null && tasting.isOver()) {
            tasting = null;
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
        connection.speaksAs(parser.name());
        state++;
        session = parser.open(connection);
        Decoder.Carrier carrier = Tasters.ofRead(parser.name());
        if (carrier != null && (tasting == null || tasting.givesWay())) {
            tasting = Tasting.of(engine, this, carrier);
        }
    }

    /// Reads what was kept while the parser was looked for: first what came first.
    int replay(Heard heard, Side side, byte[] memory, int at, int length) {
        Side other = side.other();
        Direction way = directions.spoken(other);
        boolean otherFirst = way != null && way.isPending();
        if (tasting != null) {
            tasting.both(heard, way, side, memory, at, length);
            dropTasting();
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
            Bytes beginning = cursors.head.wrap(memory, at + used, length - used);
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
            Bytes whole = cursors.message.wrap(memory, at + used, n);
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
        StreamParser next = connection.turn();
        decided = ++turns > MAX_TURNS;
        if (decided) {
            directions.each(Direction::forget);
            return length;
        }
        boolean ahead = directions.isPending(side.other());
        firstSpeaker = ahead ? side.other() : length > 0 ? side : null;
        if (next != null) {
            claim(next);
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
                pass((WireBody) body, Body.UNTIL_END);
            }
        }
    }

    /// The next `length` bytes of the direction at hand are that body.
    void pass(WireBody body, long length) {
        Direction way = directions.of(directions.atHand);
        way.body = body;
        way.passing = length;
        if (length == 0) {
            passed(way, body);
        }
    }

    /// The next bytes of the direction at hand are nobody's.
    void skip(long bytes) {
        Direction way = directions.of(directions.atHand);
        way.body = null;
        way.passing = bytes;
    }

    /// What comes behind the message at hand is another protocol, to be found out.
    void turnNext() {
        turning = stream;
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
        return engine.setup.targets().of(id().host(side.other()));
    }

    @Override
    public void differs(Side side, byte[] memory, int at, byte[] later, int laterAt, int length) {
        engine.evasions.differs(connection.flow, side, memory, at, later, laterAt, length);
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
        if (connection.known.carried > 0
                && engine.tasters.datagram(engine, this, side, memory, at, length)) {
            return;
        }
        if (!decided) {
            claimed(engine.candidates.datagram(memory, at, length, side, id().resp_p()));
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
        connection.fault(reason);
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
        connection.drop();
        directions.each(Direction::drop);
        if (tasting != null) {
            tasting.drop();
            tasting = null;
        }
        decided = true;
    }
}
