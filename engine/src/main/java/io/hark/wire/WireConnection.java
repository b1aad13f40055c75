package io.hark.wire;

import io.hark.Body;
import io.hark.Connection;
import io.hark.Decoder;
import io.hark.Inside;
import io.hark.Parser;
import io.hark.SessionSecrets;
import io.hark.StreamParser;
import io.hark.carry.Offered;
import io.hark.event.Anomaly;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Side;
import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// A connection as its parser sees it: what the parser is told, may ask and may say. How the bytes
/// come to it is its [Talk]'s.
///
/// *Thread*: the worker that owns the connection.
final class WireConnection implements Connection {

    final Flow flow;
    private final Talk talk;

    /// Shared with what runs inside.
    final Known known;

    /// What who negotiated this connection, or is outside of it, told.
    private @Nullable Object context;

    private @Nullable String parser; // who speaks
    private @Nullable Insides insides; // made when something runs inside
    private @Nullable StreamParser next; // who reads what is inside, where that is known
    private boolean confirmed; // whether the protocol is certain

    /// The connection of `flow`, read by `talk`.
    WireConnection(Flow flow, Talk talk, Known known, @Nullable Object context) {
        this.flow = flow;
        this.talk = talk;
        this.known = known;
        this.context = context;
    }

    private Engine engine() {
        return talk.engine;
    }

    // ---- as its talk sees it

    /// Speaks as the parser of that name from now on; answers whether its protocol is certain.
    boolean speaksAs(String name) {
        parser = name;
        return confirmed;
    }

    /// A parser said that it cannot read on: worth a word if it was certain before.
    void fault(@Nullable String reason) {
        if (confirmed) {
            anomaly(parser + "_parse_error", reason);
        }
    }

    /// Looks for another parser; answers the one that is known already, if one is.
    @Nullable StreamParser turn() {
        confirmed = false;
        StreamParser known = next;
        next = null;
        return known;
    }

    /// Gives the memory of what runs inside back without another word.
    void drop() {
        if (insides != null) {
            insides.drop();
        }
    }

    // ---- as the parser sees it

    @Override
    public String uid() {
        return engine().ids.uid(flow);
    }

    @Override
    public Endpoints id() {
        return engine().ids.endpoints(flow);
    }

    @Override
    public String proto() {
        return talk.isStream() ? "tcp" : "udp";
    }

    @Override
    public long now() {
        return engine().now();
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
        return engine().setup.local().isLocal(id().host(side));
    }

    @Override
    public void confirm() {
        String name = parser;
        if (name != null && (!confirmed || !talk.isStream())) {
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
        return engine().setup.details().contains(detail);
    }

    @Override
    public void emit(Event event) {
        engine().emit(event);
    }

    @Override
    public void anomaly(String what, @Nullable String detail) {
        String source = parser == null ? proto() : parser;
        engine().emit(new Anomaly(now(), now(), uid(), id(), what, detail, false, source));
    }

    @Override
    public Body body(
            Side side,
            String source,
            @Nullable String filename,
            @Nullable String coding,
            long total) {
        String fuid = engine().ids.fuid(flow, known.files++);
        return new WireBody(engine(), this, fuid, side, source, filename, coding, total);
    }

    @Override
    public void pass(Body body, long length) {
        talk.pass((WireBody) body, length);
    }

    @Override
    public void skip(long bytes) {
        talk.skip(bytes);
    }

    @Override
    public void inner() {
        talk.turnNext();
    }

    @Override
    public void inner(String parser, @Nullable Object context) {
        talk.turnNext();
        next = engine().candidates.stream(parser);
        this.context = context;
    }

    @Override
    public Inside inside() {
        return within(true, null, null);
    }

    @Override
    public Inside inside(String parser, @Nullable Object about) {
        return within(true, engine().candidates.stream(parser), about);
    }

    @Override
    public Inside insideDatagrams(String parser) {
        return within(false, engine().candidates.datagram(parser), null);
    }

    private Inside within(boolean ofStream, @Nullable Parser reader, @Nullable Object about) {
        insides = insides == null ? new Insides() : insides;
        return insides.add(new Talk(engine(), flow, ofStream, reader, about, talk), ofStream);
    }

    @Override
    public SessionSecrets secrets() {
        return engine().secrets;
    }

    @Override
    public void name(String name, String source) {
        known.name(name, source);
    }

    @Override
    public void expect(Addr host, int port, String parser, @Nullable Object context) {
        engine().expect(
                        new Expectation(
                                host, port, parser, context, now() + Expectation.PATIENCE_NANOS),
                        id());
    }

    @Override
    public @Nullable Object context() {
        return context;
    }

    @Override
    public boolean wants(Offered head) {
        return engine().tasters.wants(head);
    }

    @Override
    public void offer(Offered whole) {
        engine().tasters.offer(engine(), this, whole);
    }

    @Override
    public boolean isTasted(Decoder.Carrier carrier) {
        return !engine().tasters.of(carrier).isEmpty();
    }
}
