package io.hark.parse.quic;

import io.hark.Connection;
import io.hark.SessionSecrets;
import io.hark.SessionSecrets.Found;
import io.hark.Withheld;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.quic.PacketKeys;
import io.hark.format.quic.QuicVersion;
import io.hark.format.tls.ClientHello;
import io.hark.format.tls.ServerHello;
import io.hark.format.tlscrypt.CipherSuite;
import io.hark.format.tlscrypt.KeyLog;
import org.jspecify.annotations.Nullable;

/// Opens the packets of one connection behind its Initial ones with secrets of a key log, reads the
/// rest of the handshake and puts the streams together.
///
/// Early data comes before the server has chosen a suite: the one that opens it is the right one.
///
/// *Thread*: the worker that owns the connection. *Source*: RFC 9001 §4, §5.
final class Opening {

    /// The suites of TLS 1.3 that QUIC has (RFC 9001 §5.3).
    private static final int[] SUITES = {0x1301, 0x1302, 0x1303, 0x1304};

    /// The level of packets with a short header, beside the types of long ones.
    static final int DATA = 4;

    private static final int MIN_ID = 4; // octets of an id that tells packets apart
    private static final int MIN_PACKET = 20; // number, one frame and a tag
    private static final int LONG = 0x80;

    private static final int MAX_HANDSHAKE = 1 << 17; // certificates, as over TCP

    private final SessionSecrets secrets;
    private final Hellos hellos;
    private final Side client;
    private final Streams streams;
    private final Level early = new Level();
    private final Level handshake = new Level(); // the server's
    private final Level ofClient = new Level();
    private final Level ofServer = new Level();
    private final CryptoStream said = new CryptoStream(MAX_HANDSHAKE);
    private final byte[] clientRandom;
    private final Withheld<Sealed> withheld;
    private boolean waiting; // for a secret that may still be logged
    private @Nullable CipherSuite suite;

    /// An opening of what comes behind the hello of that client.
    Opening(Connection connection, Hellos hellos, ClientHello hello, Side client) {
        this.secrets = connection.secrets();
        this.hellos = hellos;
        this.client = client;
        this.streams = new Streams(connection, client);
        this.clientRandom = hello.random();
        this.withheld = new Withheld<>(secrets);
        this.waiting = secrets.mayGrow() && !isLogged();
    }

    /// A packet whose protection is to be taken off.
    ///
    /// @param level what it is protected by, as [#packet] has it
    /// @param octets all of it
    /// @param number where its number begins
    private record Sealed(int level, byte[] octets, int number, Side side, QuicVersion version) {}

    /// Whether nothing that was logged opens any of it.
    boolean isHopeless() {
        return !waiting && !isLogged();
    }

    private boolean isLogged() {
        return secrets.logged(KeyLog.CLIENT_TRAFFIC, clientRandom) != null
                || secrets.logged(KeyLog.SERVER_TRAFFIC, clientRandom) != null
                || secrets.logged(KeyLog.CLIENT_EARLY, clientRandom) != null;
    }

    /// A server chose.
    void serverHello(ServerHello hello) {
        suite = hello.retry() ? null : CipherSuite.of(hello.cipher());
    }

    // ---- packets

    /// A packet whose payload, and the number in whose header, are protected.
    ///
    /// @param level [QuicVersion#EARLY], [QuicVersion#HANDSHAKE] or [#DATA]
    /// @param from where it begins in `in`
    /// @param number where its number begins
    /// @param to where it ends
    void packet(int level, Bytes in, int from, int number, int to, Side side, QuicVersion version) {
        if (isWaiting()) {
            byte[] octets = new byte[to - from];
            in.copyTo(from, octets, 0, octets.length);
            Sealed packet = new Sealed(level, octets, number - from, side, version);
            if (withheld.add(packet, octets.length)) {
                return;
            }
            waiting = false;
        }
        unseal();
        open(level, in, from, number, to, side, version);
    }

    private boolean isWaiting() {
        waiting &=
                secrets.logged(KeyLog.CLIENT_TRAFFIC, clientRandom) == null
                        || secrets.logged(KeyLog.SERVER_TRAFFIC, clientRandom) == null;
        return waiting;
    }

    /// What waited for a secret has it, or has waited in vain.
    private void unseal() {
        for (Sealed packet : withheld.release()) {
            byte[] octets = packet.octets;
            Bytes in = new Bytes().wrap(octets, 0, octets.length);
            open(packet.level, in, 0, packet.number, octets.length, packet.side, packet.version);
        }
    }

    private void open(
            int level, Bytes in, int from, int number, int to, Side side, QuicVersion version) {
        switch (level) {
            case QuicVersion.EARLY -> early(in, from, number, to, version);
            case QuicVersion.HANDSHAKE -> handshake(in, from, number, to, side, version);
            default -> {
                if (!data(in, from, number, to, side, version)) {
                    segments(in, from, number, to, side, version);
                }
            }
        }
    }

    private void early(Bytes in, int from, int number, int to, QuicVersion version) {
        Found found = secrets.logged(KeyLog.CLIENT_EARLY, clientRandom);
        if (found == null) {
            return;
        }
        byte[] frames = null;
        if (early.isReady()) {
            frames = early.open(in, from, number, to);
        } else {
            for (int i = 0; i < SUITES.length && frames == null; i++) {
                CipherSuite guess = CipherSuite.of(SUITES[i]);
                if (guess != null && guess.prf().size() == found.octets().length) {
                    early.use(PacketKeys.of(version, guess, found.octets()));
                    frames = early.open(in, from, number, to);
                }
            }
        }
        read(frames, client, found.name(), false);
    }

    /// What a client says in the handshake is not of use.
    private void handshake(Bytes in, int from, int number, int to, Side side, QuicVersion version) {
        Found found = side == client ? null : ready(handshake, KeyLog.SERVER_HANDSHAKE, version);
        if (found != null) {
            read(handshake.open(in, from, number, to), side, found.name(), true);
        }
    }

    /// Opens a packet with a short header; answers whether it opens, or nobody could tell.
    private boolean data(Bytes in, int from, int number, int to, Side side, QuicVersion version) {
        boolean byClient = side == client;
        Level level = byClient ? ofClient : ofServer;
        String label = byClient ? KeyLog.CLIENT_TRAFFIC : KeyLog.SERVER_TRAFFIC;
        Found found = level.isLost() ? null : ready(level, label, version);
        if (found == null) {
            return true;
        }
        byte[] frames = level.open(in, from, number, to);
        if (frames != null) {
            hellos.established();
        }
        read(frames, side, found.name(), false);
        return frames != null;
    }

    /// What a sending host captures of itself may be several packets in one datagram, which its
    /// network card cuts: then the connection id, which all of them have, tells where they begin.
    private void segments(Bytes in, int at, int number, int end, Side side, QuicVersion version) {
        int id = number - at - 1;
        int from = at;
        while (id >= MIN_ID && from < end) { // each turn moves on by MIN_PACKET
            int to = again(in, from, id);
            if (to - from < end - at) {
                data(in, from, from + 1 + id, to, side, version);
            }
            from = to;
        }
    }

    /// Where the next packet with the id of the one at `at` begins, or the end.
    private static int again(Bytes in, int at, int id) {
        int found = in.indexOf(in.peek(at + 1), at + MIN_PACKET);
        while (found >= 0) { // each turn moves on
            boolean same = (in.peek(found - 1) & LONG) == 0;
            for (int i = 1; same && i < id; i++) {
                same = in.peek(found + i) == in.peek(at + 1 + i);
            }
            if (same) {
                return found - 1;
            }
            found = in.indexOf(in.peek(at + 1), found + 1);
        }
        return in.length();
    }

    private @Nullable Found ready(Level level, String label, QuicVersion version) {
        CipherSuite chosen = suite;
        Found found = chosen == null ? null : secrets.logged(label, clientRandom);
        if (chosen != null && found != null && !level.isReady()) {
            level.use(PacketKeys.of(version, chosen, found.octets()));
        }
        return found;
    }

    private void read(byte @Nullable [] frames, Side side, String opener, boolean isHandshake) {
        if (frames == null) {
            return;
        }
        hellos.openedBy(opener);
        Frames.read(
                Bytes.of(frames),
                false,
                new Frames.Taker() {
                    @Override
                    public void crypto(long offset, Bytes in, int length) {
                        if (isHandshake) {
                            said.add(offset, in, length);
                            messages();
                        }
                    }

                    @Override
                    public void stream(long id, long offset, boolean ends, Bytes in, int length) {
                        streams.take(id, offset, ends, in, length, side, hellos.agreed());
                    }

                    @Override
                    public void reset(long id, long size) {
                        streams.reset(id, size, side);
                    }
                });
    }

    /// Reads what the server says behind its hello.
    private void messages() {
        for (Bytes message = said.next(); message != null; message = said.next()) {
            hellos.message(message);
        }
    }

    /// The connection is over.
    void close() {
        if (!isWaiting()) {
            unseal();
        }
        withheld.release();
        streams.close();
    }
}
