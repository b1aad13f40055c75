package io.hark.parse.quic;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.bytes.Bytes;
import io.hark.event.Quic;
import io.hark.event.QuicDetail;
import io.hark.event.Side;
import io.hark.format.quic.QuicVersion;
import io.hark.format.tls.ClientHello;
import io.hark.format.tls.ServerHello;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Follows one connection: opens its Initial packets until both hellos are known, notes the kinds
/// of its packets, and has the rest opened where there are secrets for it.
///
/// *Thread*: the worker that owns the connection.
final class QuicSession implements DatagramParser.Session {

    private static final int MAX_COALESCED = 16; // packets of one datagram
    private static final int MAX_OPENED = 64; // Initial packets that are decrypted
    private static final int MAX_HISTORY = 100; // letters, as Zeek
    private static final int LONG = 0x80;
    private static final int FIXED = 0x40;
    private static final int LOWER = 0x20;
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;
    private static final int MESSAGE_HEADER = 4;
    private static final int[] NOTHING = {};

    private final Connection connection;
    private final Hellos hellos;
    private final StringBuilder history = new StringBuilder();
    private final LongHeader header = new LongHeader();
    private final long began;
    private final CryptoStream ofClient = new CryptoStream(CryptoStream.MAX_HELLO);
    private final CryptoStream ofServer = new CryptoStream(CryptoStream.MAX_HELLO);
    private @Nullable QuicVersion version;
    private @Nullable Side client;
    private byte @Nullable [] initialDestination;
    private byte @Nullable [] clientId;
    private byte @Nullable [] serverId;
    private int clientIdLength; // octets of the ids by which the server calls the client
    private int serverIdLength;
    private final Initials initials = new Initials();
    private @Nullable Opening opening; // null where no secret will open it
    private @Nullable QuicVersion agreed; // the version of the server's packets
    private @Nullable GoogleHello google;
    private boolean clientSaid;
    private boolean serverSaid;
    private boolean detailed;
    private boolean retried;
    private int opened;
    private long clientShorts;
    private long serverShorts;

    QuicSession(Connection connection) {
        this.connection = connection;
        this.hellos = new Hellos(connection);
        this.began = connection.now();
    }

    @Override
    public void datagram(Bytes payload, Side side) {
        int at = 0;
        for (int i = 0; i < MAX_COALESCED && at < payload.length(); i++) {
            int first = payload.peek(at);
            if ((first & LONG) == 0) {
                unnumbered(payload, at, side);
                return;
            }
            if (!header.read(payload, at)) {
                headerless(payload, at, side);
                return;
            }
            packet(payload, at, side);
            at = header.end;
        }
    }

    /// A packet without a version: data, or what no keys make sense of. One of so many is noted, or
    /// a download would be all of the history.
    private void unnumbered(Bytes payload, int at, Side side) {
        int first = payload.peek(at);
        if (version == null && GoogleHello.isAt(payload)) {
            google(payload, 9, side);
            return;
        }
        if (client == null) {
            return;
        }
        if (opening != null && agreed != null) {
            int id = isClient(side) ? serverIdLength : clientIdLength;
            opening.packet(Opening.DATA, payload, at, at + 1 + id, payload.length(), side, agreed);
        }
        if ((first & FIXED) == 0) {
            note(side, version != null && version.salt() == null ? 'O' : 'X');
            return;
        }
        long count = isClient(side) ? ++clientShorts : ++serverShorts;
        if (Long.bitCount(count) == 1) {
            note(side, 'O');
        }
    }

    private void headerless(Bytes payload, int at, Side side) {
        long number = payload.peekU32(at + 1);
        if (QuicVersion.isGoogle(number)) {
            google(payload, at + 1, side);
        } else if (at == 0 && client != null) {
            connection.anomaly("quic_broken_header", null);
        }
    }

    private void google(Bytes payload, int versionAt, Side side) {
        begin(side, QuicVersion.of(payload.peekU32(versionAt)));
        note(side, 'I');
        if (google == null) {
            google = GoogleHello.find(payload, versionAt);
            told();
        }
    }

    private void begin(Side side, QuicVersion first) {
        if (client == null) {
            client = side;
            version = first;
            connection.confirm();
        }
    }

    private void packet(Bytes payload, int at, Side side) {
        QuicVersion spoken = header.version;
        if (spoken.number() == 0) {
            begin(side.other(), spoken); // version negotiation comes from servers
            return;
        }
        boolean fresh = client == null;
        begin(side, spoken);
        if (fresh || version != null && version.number() == 0) {
            version = spoken;
        }
        if (isClient(side)) {
            initialDestination =
                    initialDestination == null ? header.destination(payload) : initialDestination;
            clientId = clientId == null ? header.source(payload) : clientId;
            clientIdLength = header.sourceLength;
        } else {
            serverId = serverId == null ? header.source(payload) : serverId;
            serverIdLength = header.sourceLength;
            agreed = spoken;
        }
        if (spoken.salt() == null) {
            note(side, QuicVersion.isKnown(spoken.number()) ? 'I' : 'U');
            if (QuicVersion.isGoogle(spoken.number()) && google == null) {
                google = GoogleHello.find(payload, at);
                told();
            }
            return;
        }
        switch (header.type) {
            case QuicVersion.INITIAL -> initial(payload, at, side, spoken);
            case QuicVersion.EARLY -> {
                note(side, 'Z');
                if (opening != null) {
                    opening.packet(
                            QuicVersion.EARLY,
                            payload,
                            at,
                            header.numberAt,
                            header.end,
                            side,
                            spoken);
                }
            }
            case QuicVersion.HANDSHAKE -> {
                note(side, 'H');
                if (opening != null) {
                    opening.packet(
                            QuicVersion.HANDSHAKE,
                            payload,
                            at,
                            header.numberAt,
                            header.end,
                            side,
                            spoken);
                }
            }
            default -> retry(payload, side);
        }
    }

    /// What comes after a Retry is sent to its source's id, and has keys of that (RFC 9001 §5.2). A
    /// client takes one at most (RFC 9000 §17.2.5.2).
    private void retry(Bytes payload, Side side) {
        note(side, 'R');
        if (!retried && header.isWholeRetry()) {
            retried = true;
            initials.turn(header.source(payload));
        }
    }

    // ---- Initial packets

    private void initial(Bytes payload, int at, Side side, QuicVersion spoken) {
        note(side, 'I');
        boolean byClient = isClient(side);
        if ((byClient ? clientSaid : serverSaid) || opened >= MAX_OPENED) {
            return;
        }
        opened++;
        byte[] frames = initials.open(payload, header, at, byClient);
        if (frames != null) {
            frames(Bytes.of(frames), side, byClient, QuicVersion.isGoogle(spoken.number()));
        }
    }

    /// RFC 9000 §12.4: of the frames that an Initial packet may have, CRYPTO is of use.
    private void frames(Bytes in, Side side, boolean byClient, boolean isGoogles) {
        CryptoStream stream = byClient ? ofClient : ofServer;
        Frames.read(
                in,
                isGoogles,
                new Frames.Taker() {
                    @Override
                    public void crypto(long offset, Bytes piece, int length) {
                        stream.add(offset, piece, length);
                    }

                    @Override
                    public void closes() {
                        note(side, 'C');
                    }
                });
        hello(stream, side, byClient);
    }

    private void hello(CryptoStream stream, Side side, boolean byClient) {
        Bytes message =
                stream.type() == (byClient ? CLIENT_HELLO : SERVER_HELLO) ? stream.next() : null;
        if (message != null) {
            message.skip(MESSAGE_HEADER);
            Bytes body = new Bytes().wrap(message);
            if (byClient ? client(body, side) : server(body)) {
                note(side, 'S');
            }
        } else if (google == null && byClient) {
            google = GoogleHello.find(stream.all(), 0);
            told();
        }
    }

    private boolean client(Bytes body, Side side) {
        clientSaid = true;
        ClientHello hello = hellos.client(body);
        if (hello != null && !connection.secrets().isEmpty()) {
            Opening possible = new Opening(connection, hellos, hello, side);
            opening = possible.isHopeless() ? null : possible;
        }
        tell(false, hello == null ? null : hello.extensions());
        return hello != null;
    }

    private boolean server(Bytes body) {
        ServerHello hello = hellos.server(body);
        serverSaid = hello == null || !hello.retry();
        if (hello != null && opening != null) {
            opening.serverHello(hello);
        }
        tell(true, hello == null ? null : hello.extensions());
        return hello != null;
    }

    private void told() {
        if (google != null) {
            tell(false, NOTHING);
        }
        if (google != null && google.serverName() != null) {
            connection.name(google.serverName(), "sni");
        }
    }

    // ---- what is said of it

    /// Says that there was a hello, where somebody wants each of them.
    ///
    /// @param extensions types of its extensions; null where it could not be read
    private void tell(boolean byServer, int @Nullable [] extensions) {
        QuicVersion spoken = version;
        if (extensions == null || spoken == null || !connection.isWanted(QuicDetail.class)) {
            return;
        }
        detailed = true;
        connection.emit(
                new QuicDetail(
                        connection.now(),
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        byServer,
                        spoken.name(),
                        byServer ? null : serverName(),
                        google == null ? null : google.userAgent(),
                        byServer ? null : hellos.ja3(),
                        byServer ? null : hellos.ja4(),
                        Arrays.stream(extensions).asLongStream().toArray()));
    }

    private @Nullable String serverName() {
        String name = hellos.serverName();
        return name == null && google != null ? google.serverName() : name;
    }

    private boolean isClient(Side side) {
        return side == client;
    }

    private void note(Side side, char letter) {
        if (history.length() < MAX_HISTORY) {
            history.append((char) (isClient(side) ? letter : letter | LOWER));
        }
    }

    private static @Nullable String hex(byte @Nullable [] id) {
        return id == null ? null : HexFormat.of().formatHex(id);
    }

    @Override
    public void close() {
        if (opening != null) {
            opening.close();
        }
        hellos.close();
        QuicVersion spoken = version;
        if (spoken == null) {
            return;
        }
        if (!detailed) {
            tell(false, NOTHING);
        }
        connection.emit(
                new Quic(
                        began,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        spoken.name(),
                        hex(initialDestination),
                        hex(clientId),
                        hex(serverId),
                        serverName(),
                        hellos.protocol(),
                        history.toString(),
                        hellos.ja3(),
                        hellos.ja4(),
                        google == null ? null : google.userAgent()));
    }
}
