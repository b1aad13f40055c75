package io.hark.parse.quic;

import io.hark.Connection;
import io.hark.SessionSecrets;
import io.hark.SessionSecrets.Found;
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

    private static final int MAX_HANDSHAKE = 1 << 17; // certificates, as over TCP

    private final SessionSecrets secrets;
    private final Hellos hellos;
    private final Side client;
    private final Streams streams;
    private final Level early = new Level();
    private final Level[] handshake = {new Level(), new Level()}; // the client's, the server's
    private final Level[] data = {new Level(), new Level()};
    private final CryptoStream ofServer = new CryptoStream(MAX_HANDSHAKE);
    private final byte[] clientRandom;
    private @Nullable CipherSuite suite;

    /// An opening of what comes behind the hello of that client.
    Opening(Connection connection, Hellos hellos, ClientHello hello, Side client) {
        this.secrets = connection.secrets();
        this.hellos = hellos;
        this.client = client;
        this.streams = new Streams(connection, client);
        this.clientRandom = hello.random();
    }

    /// Whether nothing that was logged opens any of it.
    boolean isHopeless() {
        return secrets.logged(KeyLog.CLIENT_TRAFFIC, clientRandom) == null
                && secrets.logged(KeyLog.SERVER_TRAFFIC, clientRandom) == null
                && secrets.logged(KeyLog.CLIENT_EARLY, clientRandom) == null;
    }

    /// A server chose.
    void serverHello(ServerHello hello) {
        suite = hello.retry() ? null : CipherSuite.of(hello.cipher());
    }

    private static int of(boolean byClient) {
        return byClient ? 0 : 1;
    }

    // ---- packets

    /// A packet of early data.
    void early(Bytes in, LongHeader header, int at) {
        Found found = secrets.logged(KeyLog.CLIENT_EARLY, clientRandom);
        if (found == null) {
            return;
        }
        byte[] frames = null;
        if (early.isReady()) {
            frames = early.open(in, at, header.numberAt, header.end);
        } else {
            for (int i = 0; i < SUITES.length && frames == null; i++) {
                CipherSuite guess = CipherSuite.of(SUITES[i]);
                if (guess != null && guess.prf().size() == found.octets().length) {
                    early.use(PacketKeys.of(header.version, guess, found.octets()));
                    frames = early.open(in, at, header.numberAt, header.end);
                }
            }
        }
        read(frames, client, found.name(), false);
    }

    /// A packet of the handshake.
    void handshake(Bytes in, LongHeader header, int at, Side side) {
        boolean byClient = side == client;
        String label = byClient ? KeyLog.CLIENT_HANDSHAKE : KeyLog.SERVER_HANDSHAKE;
        Found found = ready(handshake[of(byClient)], label, header.version);
        if (found != null && !byClient) { // what a client says here is not of use
            byte[] frames = handshake[of(false)].open(in, at, header.numberAt, header.end);
            read(frames, side, found.name(), true);
        }
    }

    /// A packet with a short header; answers whether it opens, or nobody could tell.
    ///
    /// @param at where it begins
    /// @param number where its number begins
    /// @param to where it ends
    boolean data(Bytes in, int at, int number, int to, Side side, QuicVersion version) {
        boolean byClient = side == client;
        Level level = data[of(byClient)];
        String label = byClient ? KeyLog.CLIENT_TRAFFIC : KeyLog.SERVER_TRAFFIC;
        Found found = level.isLost() ? null : ready(level, label, version);
        if (found == null) {
            return true;
        }
        byte[] frames = level.open(in, at, number, to);
        if (frames != null) {
            hellos.established();
        }
        read(frames, side, found.name(), false);
        return frames != null;
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
                new Frames.Taker() {
                    @Override
                    public void crypto(long offset, Bytes in, int length) {
                        if (isHandshake) {
                            ofServer.add(offset, in, length);
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
        for (Bytes message = ofServer.next(); message != null; message = ofServer.next()) {
            hellos.message(message);
        }
    }

    /// The connection is over.
    void close() {
        streams.close();
    }
}
