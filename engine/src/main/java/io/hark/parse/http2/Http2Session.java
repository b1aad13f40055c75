package io.hark.parse.http2;

import io.hark.Body;
import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.carry.HttpExchange;
import io.hark.event.Side;
import io.hark.format.hpack.HpackReader;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One connection: frames, the streams that they belong to, and who reads what these carry.
///
/// Data goes by without being kept; all other frames are read whole.
///
/// *Thread*: one owner, the worker. *Errors*: `http2_header_bomb`, `http2_stream_flood`,
/// `http2_continuation_flood`. *Source*: RFC 9113.
final class Http2Session implements StreamParser.Session {

    /// The most streams that are open at once: ten times what servers allow; the oldest is told of
    /// then as far as it is known.
    static final int MAX_STREAMS = 1024;

    /// The most octets of one header block, over all its frames: what servers take at most, with
    /// room. Real blocks have a few thousand.
    static final int MAX_BLOCK = 1 << 17;

    /// The most frames of one header block: honest ones have MAX_BLOCK in frames of 16 KB.
    static final int MAX_CONTINUATIONS = 64;

    private static final String VERSION = "2";

    private final Connection connection;
    private final Way originator = new Way();
    private final Way responder = new Way();
    private final Map<Integer, Exchange> streams = new LinkedHashMap<>(); // the oldest first
    private final DnsBodies dns;
    private Side client = Side.ORIGINATOR;
    private boolean confirmed;
    private boolean flooded;
    private int depth;

    /// What is remembered of one direction.
    private static final class Way {
        private boolean begun;
        private final HpackReader fields = new HpackReader();

        // a header block that is not whole
        private byte[] block = new byte[0];
        private int size;
        private int frames;
        private int stream;
        private int promised;
        private boolean ends;
        private boolean open;

        // data that goes by
        private @Nullable Exchange passing;
        private int padding;
        private boolean last;
    }

    Http2Session(Connection connection) {
        this.connection = connection;
        this.dns = new DnsBodies(connection);
        if (connection.context() instanceof HttpExchange upgraded) {
            upgraded(upgraded);
        }
    }

    /// RFC 7540 §3.2: the request of HTTP/1.1 that asked for the upgrade is the first stream's.
    private void upgraded(HttpExchange asked) {
        Head head = new Head();
        head.method = asked.method();
        head.path = asked.uri();
        for (String line : asked.requestHeaders()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String name = line.substring(0, colon).toLowerCase(java.util.Locale.ROOT);
                head.field(name, line.substring(colon + 1).strip());
            }
        }
        Exchange first = begin(1);
        first.request.head = head;
        first.request.done = true;
    }

    @Override
    public int maxMessage() {
        return Frames.HEADER + Frames.MAX_FRAME;
    }

    @Override
    public int frame(Bytes head, Side side) {
        Way way = way(side);
        if (!way.begun && head.peek(0) == 'P') {
            return Frames.mayBegin(head) ? Frames.PREFACE.length() : MALFORMED;
        }
        if (head.length() < Frames.HEADER) {
            return MORE;
        }
        int length = Frames.length(head);
        int type = head.peek(3);
        if (type == Frames.DATA && !isTunnel(Frames.stream(head))) {
            boolean padded = (head.peek(4) & Frames.PADDED) != 0;
            return Frames.HEADER + (padded && length > 0 ? 1 : 0);
        }
        return length > Frames.MAX_FRAME ? MALFORMED : Frames.HEADER + length;
    }

    private boolean isTunnel(int stream) {
        Exchange of = streams.get(stream);
        return of != null && of.tunnel != null;
    }

    @Override
    public void message(Bytes whole, Side side) {
        Way way = way(side);
        if (!way.begun) {
            begin(whole, side, way);
            if (way.begun && whole.peek(0) == 'P') {
                return;
            }
        }
        int length = Frames.length(whole);
        int type = whole.peek(3);
        int flags = whole.peek(4);
        int stream = Frames.stream(whole);
        whole.skip(Frames.HEADER);
        if (way.open && (type != Frames.CONTINUATION || stream != way.stream)) {
            whole.fail("a header block is interrupted");
            return;
        }
        switch (type) {
            case Frames.DATA -> data(whole, length, flags, stream, side);
            case Frames.HEADERS -> {
                unpad(whole, flags, (flags & Frames.PRIORITY) != 0 ? Frames.PRIORITY_SIZE : 0);
                open(way, stream, 0, (flags & Frames.END_STREAM) != 0);
                block(whole, flags, side);
            }
            case Frames.PUSH_PROMISE -> {
                unpad(whole, flags, 0);
                open(way, stream, (int) (whole.u32() & 0x7fff_ffff), false);
                block(whole, flags, side);
            }
            case Frames.CONTINUATION -> {
                if (!way.open) {
                    whole.fail("a continuation of nothing");
                } else if (++way.frames > MAX_CONTINUATIONS) {
                    connection.anomaly("http2_continuation_flood", null);
                    whole.fail("too many continuations");
                } else {
                    block(whole, flags, side);
                }
            }
            case Frames.RST_STREAM -> over(stream);
            default -> {} // settings, priorities, windows, pings: nothing to tell
        }
    }

    private void begin(Bytes whole, Side side, Way way) {
        way.begun = true;
        if (whole.peek(0) == 'P') {
            client = side;
            if (!whole.looksAt(0, Frames.PREFACE)) {
                whole.fail("no preface");
                return;
            }
        } else if (!confirmed) {
            client = side.other();
        }
        if (!confirmed) {
            confirmed = true;
            connection.confirm();
        }
    }

    // ---- header blocks

    /// Takes padding and what stands before the fragment off.
    private static void unpad(Bytes in, int flags, int before) {
        int padding = (flags & Frames.PADDED) != 0 ? in.u8() : 0;
        in.skip(before);
        if (padding > in.remaining()) {
            in.fail("padding longer than its frame");
        } else {
            in.limit(in.remaining() - padding);
        }
    }

    private static void open(Way way, int stream, int promised, boolean ends) {
        way.open = true;
        way.stream = stream;
        way.promised = promised;
        way.ends = ends;
        way.frames = 0;
        way.size = 0;
    }

    private void block(Bytes in, int flags, Side side) {
        Way way = way(side);
        int n = in.remaining();
        if (way.size + n > MAX_BLOCK) {
            connection.anomaly("http2_continuation_flood", null);
            in.fail("a header block too long");
            return;
        }
        boolean whole = (flags & Frames.END_HEADERS) != 0;
        if (whole && way.size == 0) {
            way.open = false;
            fields(in, way, side);
            return;
        }
        if (way.size + n > way.block.length) {
            way.block = Arrays.copyOf(way.block, Math.min(MAX_BLOCK, 2 * (way.size + n)));
        }
        in.copyTo(in.offset(), way.block, way.size, n);
        way.size += n;
        if (whole) {
            way.open = false;
            Bytes joined = new Bytes().wrap(way.block, 0, way.size);
            fields(joined, way, side);
            way.block = new byte[0];
            way.size = 0;
            if (!joined.ok()) {
                in.fail("a broken header block");
            }
        }
    }

    private void fields(Bytes block, Way way, Side side) {
        Head head = new Head();
        if (!way.fields.read(block, head)) {
            connection.anomaly("http2_header_bomb", null);
        }
        if (!block.ok()) {
            return;
        }
        if (way.promised > 0) {
            request(begin(way.promised), head, true);
        } else if (side == client) {
            Exchange known = streams.get(way.stream);
            if (known == null || known.request.head == null) {
                request(known == null ? begin(way.stream) : known, head, way.ends);
            } else if (way.ends) { // a trailer
                finish(way.stream, side);
            }
        } else {
            answer(way, head);
        }
    }

    private void request(Exchange exchange, Head head, boolean ends) {
        exchange.asks(head, connection);
        if (ends) {
            exchange.done(exchange.request, dns);
        }
    }

    private void answer(Way way, Head head) {
        Exchange exchange = streams.get(way.stream);
        if (exchange == null) { // its request was not seen
            exchange = begin(way.stream);
            exchange.request.done = true;
        }
        exchange.answers(head, way.ends, connection);
        if (way.ends) {
            finish(way.stream, client.other());
        }
    }

    private Exchange begin(int stream) {
        if (streams.size() >= MAX_STREAMS) {
            if (!flooded) {
                flooded = true;
                connection.anomaly("http2_stream_flood", null);
            }
            over(streams.keySet().iterator().next());
        }
        Exchange exchange = new Exchange(VERSION, ++depth, connection.now(), client);
        streams.put(stream, exchange);
        return exchange;
    }

    // ---- data

    private void data(Bytes whole, int length, int flags, int stream, Side side) {
        boolean padded = (flags & Frames.PADDED) != 0 && length > 0;
        int padding = padded ? whole.u8() : 0;
        int content = length - (padded ? 1 : 0) - padding;
        if (content < 0) {
            whole.fail("padding longer than its frame");
            return;
        }
        Exchange exchange = streams.get(stream);
        boolean ends = (flags & Frames.END_STREAM) != 0;
        if (exchange != null && exchange.tunnel != null) {
            whole.limit(content);
            exchange.tunnel.take(new Bytes().wrap(whole), side);
        } else if (exchange != null && content > 0) {
            Way way = way(side);
            way.passing = exchange;
            way.padding = padding;
            way.last = ends;
            way.stream = stream;
            connection.pass(exchange.body(exchange.of(side), connection), content);
            return;
        } else if (content + padding > 0) {
            connection.skip((long) content + padding);
        }
        if (ends) {
            finish(stream, side);
        }
    }

    @Override
    public void passed(Body body, Side side) {
        Way way = way(side);
        if (way.passing != null) {
            way.passing = null;
            if (way.padding > 0) {
                connection.skip(way.padding);
            }
            if (way.last) {
                finish(way.stream, side);
            }
        }
    }

    // ---- ends

    private void finish(int stream, Side side) {
        Exchange exchange = streams.get(stream);
        if (exchange != null) {
            exchange.done(exchange.of(side), dns);
            if (exchange.request.done && exchange.answer.done) {
                over(stream);
            }
        }
    }

    private void over(int stream) {
        Exchange exchange = streams.remove(stream);
        if (exchange != null) {
            exchange.write(connection);
        }
    }

    @Override
    public void close() {
        List.copyOf(streams.keySet()).forEach(this::over);
        dns.close();
    }

    private Way way(Side side) {
        return side == Side.ORIGINATOR ? originator : responder;
    }
}
