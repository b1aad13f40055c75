package io.hark;

import io.hark.bytes.Bytes;
import io.hark.carry.DnsTransaction;
import io.hark.carry.HttpExchange;
import io.hark.carry.Offered;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Side;
import io.hark.schema.Addr;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A connection that writes down everything its session says. Settings come before the run, results
/// stand in the public lists.
public final class TestConnection implements Connection {

    /// 10.0.0.1:40000 to 192.0.2.1:80.
    public static final Endpoints ENDPOINTS =
            new Endpoints(Addr.v4(0x0a000001), 40000, Addr.v4(0xc0000201), 80);

    /// What [#expect] was told.
    public record Expected(Addr host, int port, String parser, @Nullable Object context) {}

    /// All events, in order.
    public final List<Event> events = new ArrayList<>();

    /// All anomalies, in order: the name, or `name: detail`.
    public final List<String> anomalies = new ArrayList<>();

    /// All bodies, in order of their opening.
    public final List<TestBody> bodies = new ArrayList<>();

    /// All connections that were announced.
    public final List<Expected> expected = new ArrayList<>();

    /// Whether decoders taste.
    public boolean tasted;

    /// All DNS messages that were offered.
    public final List<DnsTransaction> messages = new ArrayList<>();

    /// All exchanges that were offered.
    public final List<HttpExchange> offered = new ArrayList<>();

    /// Mails, files and messages of WebSockets that were offered.
    public final List<Offered> pieces = new ArrayList<>();

    /// What ran inside, in order: `parser side hex`.
    public final List<String> inside = new ArrayList<>();

    /// What the responder was called, in order: `source: name`.
    public final List<String> names = new ArrayList<>();

    /// Whether the session is certain.
    public boolean confirmed;

    /// Protocols that the session found inside its own, in order of their names.
    public final Set<String> carried = new TreeSet<>();

    /// Whether what follows is another protocol: nothing more reaches the session.
    public boolean turned;

    /// What [#context] answers.
    public @Nullable Object context;

    /// What [#secrets] answers.
    public SessionSecrets secrets = SessionSecrets.NONE;

    /// What [#isMidstream] answers.
    public boolean midstream;

    /// What [#wants] answers.
    public Predicate<Offered> wanted = head -> false;

    /// What [#isWanted] answers yes to.
    public Set<Class<? extends Event>> wantedDetails = Set.of();

    /// What types bodies, from the first 4 KB.
    public Function<byte[], @Nullable String> types = head -> null;

    /// Endpoints; [#ENDPOINTS] by default.
    public Endpoints id = ENDPOINTS;

    long now;
    private final Map<Side, Pass> passes = new HashMap<>();
    private final Map<Side, Long> skips = new HashMap<>();
    private @Nullable Side atHand;

    private record Pass(TestBody body, long left) {}

    /// The events of one kind.
    public <E extends Event> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// Everything that a run says, to compare two runs by.
    public List<Object> all() {
        List<String> announced =
                expected.stream().map(one -> one.host + " " + one.port + " " + one.parser).toList();
        List<List<Object>> said = events.stream().map(TestConnection::parts).toList();
        List<String> files = bodies.stream().map(TestBody::toString).toList();
        return List.of(said, anomalies, files, announced, confirmed, carried);
    }

    /// What an event says, in order; arrays by what is in them.
    private static List<Object> parts(Event event) {
        List<Object> parts = new ArrayList<>();
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(event);
                Object shown = value instanceof long[] numbers ? Arrays.toString(numbers) : value;
                parts.add(component.getName() + "=" + shown);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return parts;
    }

    // ---- what the engine does, for the driver

    void at(Side side) {
        atHand = side;
    }

    @Nullable TestBody passing(Side side) {
        Pass pass = passes.get(side);
        return pass == null ? null : pass.body;
    }

    /// How many of `n` bytes the body at hand takes.
    int take(Side side, long n) {
        Pass pass = passes.get(side);
        return pass == null ? 0 : (int) Math.min(n, pass.left);
    }

    /// Whether the body at hand is through with it.
    boolean took(Side side, int n) {
        Pass pass = passes.get(side);
        if (pass == null) {
            return true;
        }
        if (pass.left == n) {
            passes.remove(side);
            return true;
        }
        passes.put(
                side,
                new Pass(pass.body, pass.left == Body.UNTIL_END ? Body.UNTIL_END : pass.left - n));
        return false;
    }

    /// How many of `n` bytes nobody reads; they count as skipped.
    long skipped(Side side, long n) {
        long left = skips.getOrDefault(side, 0L);
        long taken = Math.min(n, left);
        if (left != Body.UNTIL_END) {
            skips.put(side, left - taken);
        }
        return taken;
    }

    void stop(Side side) {
        passes.remove(side);
    }

    // ---- what the session asks and says

    @Override
    public String uid() {
        return "CTest";
    }

    @Override
    public Endpoints id() {
        return id;
    }

    @Override
    public String proto() {
        return "tcp";
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public long began() {
        return 0;
    }

    @Override
    public boolean isMidstream() {
        return midstream;
    }

    @Override
    public boolean isLocal(Side side) {
        return id.host(side).isPrivate();
    }

    @Override
    public void confirm() {
        confirmed = true;
    }

    @Override
    public void confirm(String protocol) {
        carried.add(protocol);
    }

    @Override
    public boolean isWanted(Class<? extends Event> detail) {
        return wantedDetails.contains(detail);
    }

    @Override
    public void emit(Event event) {
        events.add(event);
    }

    @Override
    public void anomaly(String name, @Nullable String detail) {
        anomalies.add(detail == null ? name : name + ": " + detail);
    }

    @Override
    public Body body(
            Side side,
            String source,
            @Nullable String filename,
            @Nullable String coding,
            long total) {
        TestBody body =
                new TestBody("F" + bodies.size(), side, source, filename, coding, total, types);
        bodies.add(body);
        return body;
    }

    @Override
    public void pass(Body body, long length) {
        if (atHand == null || length <= 0 || passes.containsKey(atHand)) {
            throw new IllegalStateException("pass of " + length + " bytes at " + atHand);
        }
        passes.put(atHand, new Pass((TestBody) body, length));
    }

    @Override
    public void skip(long bytes) {
        if (atHand == null || bytes < 0 || passes.containsKey(atHand)) {
            throw new IllegalStateException("skip of " + bytes + " bytes at " + atHand);
        }
        skips.put(atHand, bytes);
    }

    @Override
    public void inner() {
        turned = true;
    }

    @Override
    public void inner(String parser, @Nullable Object context) {
        turned = true;
    }

    @Override
    public Inside inside() {
        return new Told("");
    }

    @Override
    public Inside inside(String parser, @Nullable Object given) {
        return new Told(parser);
    }

    @Override
    public Inside insideDatagrams(String parser) {
        return new Told(parser);
    }

    /// Writes down what runs inside: `parser side hex`, and what else is told of it.
    private final class Told implements Inside {
        private final String parser;

        Told(String parser) {
            this.parser = parser;
        }

        @Override
        public void take(Bytes piece, Side side) {
            inside.add(parser + " " + side + " " + HexFormat.of().formatHex(piece.toArray()));
        }

        @Override
        public boolean isWaiting() {
            return false;
        }

        @Override
        public void lose(Side side, long bytes) {
            inside.add(parser + " " + side + " lost " + bytes);
        }

        @Override
        public void end(Side side) {
            inside.add(parser + " " + side + " ends");
        }

        @Override
        public void close() {
            inside.add(parser + " is over");
        }
    }

    @Override
    public SessionSecrets secrets() {
        return secrets;
    }

    @Override
    public void name(String name, String source) {
        names.add(source + ": " + name);
    }

    @Override
    public void expect(Addr host, int port, String parser, @Nullable Object given) {
        expected.add(new Expected(host, port, parser, given));
    }

    @Override
    public @Nullable Object context() {
        return context;
    }

    @Override
    public boolean wants(Offered head) {
        return wanted.test(head);
    }

    @Override
    public void offer(Offered whole) {
        if (whole instanceof DnsTransaction message) {
            messages.add(message);
        } else if (whole instanceof HttpExchange exchange) {
            offered.add(exchange);
        } else {
            pieces.add(whole);
        }
    }

    @Override
    public boolean isTasted(Decoder.Carrier carrier) {
        return tasted;
    }
}
