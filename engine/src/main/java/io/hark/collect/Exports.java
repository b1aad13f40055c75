package io.hark.collect;

import io.hark.DatagramParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Side;
import io.hark.parse.netflow.IpfixDatagrams;
import io.hark.parse.netflow.NetflowParser;
import io.hark.parse.netflow.SflowParser;
import io.hark.schema.Addr;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads datagrams about flows, each by the parser that knows its form; what exporters have told
/// before (templates, sampling) is kept by exporter.
///
/// A payload is the exporter's port, ours (2 octets each, big endian), the datagram.
///
/// *Thread*: one owner.
final class Exports {

    private static final System.Logger LOG = System.getLogger(Exports.class.getName());

    private static final int HEAD = 4;

    /// Exporters' ports that are remembered; that which was not heard for longest goes first. What
    /// they told about templates stays with the parsers, which have a limit of their own.
    private static final int MAX_SESSIONS = 1 << 12;

    private static final Addr NOBODY = Addr.v4(0);

    private final List<DatagramParser> parsers =
            List.of(new NetflowParser(), new IpfixDatagrams(), new SflowParser());
    private final Consumer<Event> out;
    private final Map<Key, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<DatagramParser> failed = new HashSet<>();
    private long failures;

    private record Key(Endpoints id, DatagramParser parser) {}

    private record Session(ExportConnection connection, DatagramParser.Session reading) {}

    /// @param out takes the events
    Exports(Consumer<Event> out) {
        this.out = out;
    }

    /// Puts a payload together.
    ///
    /// @param exporter its port
    /// @param own our port
    static byte[] payload(int exporter, int own, ByteBuffer datagram) {
        ByteBuffer payload = ByteBuffer.allocate(HEAD + datagram.remaining());
        return payload.putShort((short) exporter).putShort((short) own).put(datagram).array();
    }

    /// Reads a payload; answers whether anybody knows its form.
    ///
    /// @param exporter whose it is, an address
    /// @param nanos when it came
    boolean read(String exporter, byte[] payload, long nanos) {
        ByteBuffer head = ByteBuffer.wrap(payload);
        if (payload.length <= HEAD) {
            return false;
        }
        Addr from = Addr.parse(exporter);
        int port = Short.toUnsignedInt(head.getShort());
        int own = Short.toUnsignedInt(head.getShort());
        Endpoints id = new Endpoints(from == null ? NOBODY : from, port, NOBODY, own);
        byte[] datagram = java.util.Arrays.copyOfRange(payload, HEAD, payload.length);
        DatagramParser parser = parser(datagram, own);
        if (parser == null) {
            return false;
        }
        Session session = session(new Key(id, parser), nanos);
        session.connection.at(nanos);
        Bytes octets = Bytes.of(datagram);
        try {
            session.reading.datagram(octets, Side.ORIGINATOR);
        } catch (RuntimeException e) { // our own error: told once a parser, counted
            failures++;
            if (failed.add(parser)) {
                LOG.log(System.Logger.Level.ERROR, parser.name() + " failed on a datagram", e);
            }
            sessions.remove(new Key(id, parser));
        }
        if (!octets.ok()) {
            session.connection.anomaly(parser.name() + "_parse_error", octets.fault());
        }
        return true;
    }

    private @Nullable DatagramParser parser(byte[] datagram, int port) {
        DatagramParser best = null;
        int most = Verdict.MORE;
        for (DatagramParser parser : parsers) {
            int verdict = parser.probe(Bytes.of(datagram), Side.ORIGINATOR, port);
            if (verdict > most) {
                best = parser;
                most = verdict;
            }
        }
        return best;
    }

    private Session session(Key key, long nanos) {
        Session known = sessions.get(key);
        if (known != null) {
            return known;
        }
        ExportConnection connection = new ExportConnection(key.id, key.parser.name(), nanos, out);
        Session opened = new Session(connection, key.parser.open(connection));
        sessions.put(key, opened);
        if (sessions.size() > MAX_SESSIONS) {
            Key eldest = sessions.keySet().iterator().next();
            Objects.requireNonNull(sessions.remove(eldest)).reading.close();
        }
        return opened;
    }

    /// How often a parser failed: a bug each.
    long failures() {
        return failures;
    }
}
