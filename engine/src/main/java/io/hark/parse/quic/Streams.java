package io.hark.parse.quic;

import io.hark.Connection;
import io.hark.Inside;
import io.hark.Substream;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The streams of one connection, each put in order and read as a stream inside of it.
///
/// *Thread*: the worker that owns the connection. *Source*: RFC 9000 §2.1 for what their numbers
/// say; RFC 9114 §3.1 and RFC 9250 §4.1.1 for the names of protocols.
final class Streams {

    /// The most at once, as many as may run inside of a connection; beyond it the oldest ends.
    private static final int MAX_OPEN = 200;

    /// Streams that are over, and remembered for what is sent again of them.
    private static final int MAX_OVER = 1024;

    /// Octets that may wait for something missing, over all streams: what a sender has on its way
    /// in a fast network. Beyond it the stream with the most gives the missing up.
    private static final int MAX_WAITING = 1 << 22;

    private static final int BY_SERVER = 1;
    private static final int ONE_WAY = 2;
    private static final Bytes NOTHING = Bytes.of(new byte[0]);

    private final Connection connection;
    private final Side client;
    private final Map<Long, Open> open = new LinkedHashMap<>(); // the oldest first
    private final Set<Long> over = new LinkedHashSet<>();
    private @Nullable Object shared;

    /// Those of a connection with that client.
    Streams(Connection connection, Side client) {
        this.connection = connection;
        this.client = client;
    }

    /// One stream.
    private final class Open implements Substream {
        private final long id;
        private final Inside inside;
        private final Pieces ofOpener;
        private final Pieces ofOther;

        Open(long id, @Nullable String protocol) {
            this.id = id;
            this.inside = reader(protocol, this);
            this.ofOpener = new Pieces(taker(opener()));
            this.ofOther = new Pieces(taker(opener().other()));
        }

        private Pieces.Taker taker(Side side) {
            return new Pieces.Taker() {
                @Override
                public void take(Bytes piece) {
                    inside.take(piece, side);
                }

                @Override
                public void lose(long octets) {
                    inside.lose(side, octets);
                }

                @Override
                public void end() {
                    inside.end(side);
                }
            };
        }

        @Override
        public long id() {
            return id;
        }

        @Override
        public Side opener() {
            return (id & BY_SERVER) == 0 ? client : client.other();
        }

        @Override
        public boolean isOneWay() {
            return (id & ONE_WAY) != 0;
        }

        @Override
        public <T> T shared(Class<T> type, Supplier<T> made) {
            Object known = shared;
            T own = type.isInstance(known) ? type.cast(known) : made.get();
            shared = own;
            return own;
        }

        private Pieces of(Side side) {
            return side == opener() ? ofOpener : ofOther;
        }

        private int kept() {
            return ofOpener.kept() + ofOther.kept();
        }

        /// Whether nothing more comes, and nothing waits for what other streams say.
        private boolean isOver() {
            return ofOpener.isEnded() && (isOneWay() || ofOther.isEnded()) && !inside.isWaiting();
        }

        private void giveUp() {
            (ofOpener.kept() > ofOther.kept() ? ofOpener : ofOther).giveUp();
        }

        private void close() {
            ofOpener.close();
            ofOther.close();
            inside.close();
        }
    }

    private Inside reader(@Nullable String protocol, Substream stream) {
        if (protocol != null && (protocol.equals("h3") || protocol.startsWith("h3-"))) {
            return connection.inside("http3", stream);
        }
        return "doq".equals(protocol) ? connection.inside("dns", null) : connection.inside();
    }

    /// Octets of a stream, perhaps its last.
    ///
    /// @param protocol what both sides agreed to speak, or the client offered
    void take(
            long id,
            long offset,
            boolean ends,
            Bytes in,
            int length,
            Side side,
            @Nullable String protocol) {
        Open stream = open.get(id);
        if (stream == null) {
            if (over.contains(id)) {
                return;
            }
            stream = begin(id, protocol);
        }
        if (stream.isOneWay() && side != stream.opener()) {
            return;
        }
        stream.of(side).add(offset, ends, in, length);
        if (stream.isOneWay()) {
            ask();
        }
        if (stream.isOver()) {
            end(stream);
        } else if (stream.kept() > 0) {
            bound();
        }
    }

    private Open begin(long id, @Nullable String protocol) {
        if (open.size() >= MAX_OPEN) {
            end(open.values().iterator().next());
        }
        Open stream = new Open(id, protocol);
        open.put(id, stream);
        return stream;
    }

    /// What a stream that serves all others has said may be what these wait for.
    private void ask() {
        for (Iterator<Open> all = open.values().iterator(); all.hasNext(); ) {
            Open stream = all.next();
            if (!stream.isOneWay() && stream.inside.isWaiting()) {
                stream.inside.take(NOTHING, client);
                stream.inside.take(NOTHING, client.other());
                if (stream.isOver()) {
                    all.remove();
                    remember(stream.id);
                    stream.close();
                }
            }
        }
    }

    private void bound() {
        int all = 0;
        Open most = null;
        for (Open stream : open.values()) {
            all += stream.kept();
            most = most == null || stream.kept() > most.kept() ? stream : most;
        }
        if (most != null && all > MAX_WAITING) {
            most.giveUp();
        }
    }

    /// Who sends a stream gives it up, of which `size` octets were sent.
    void reset(long id, long size, Side side) {
        Open stream = open.get(id);
        if (stream != null) {
            Pieces way = stream.of(side);
            way.close();
            way.add(size, true, NOTHING, 0);
            end(stream);
        }
    }

    private void end(Open stream) {
        open.remove(stream.id);
        remember(stream.id);
        stream.close();
    }

    private void remember(long id) {
        if (over.size() >= MAX_OVER) {
            Iterator<Long> oldest = over.iterator();
            oldest.next();
            oldest.remove();
        }
        over.add(id);
    }

    /// The connection is over.
    void close() {
        for (Open stream : open.values()) {
            stream.close();
        }
        open.clear();
    }
}
