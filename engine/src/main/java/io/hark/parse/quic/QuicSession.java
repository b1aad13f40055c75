package io.hark.parse.quic;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.bytes.Bytes;
import io.hark.event.Quic;
import io.hark.event.Side;
import io.hark.format.quic.InitialKeys;
import io.hark.format.quic.QuicVersion;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Follows one connection: opens its Initial packets until both hellos are known, and notes the
/// kinds of its packets.
///
/// *Thread*: the worker that owns the connection.
final class QuicSession implements DatagramParser.Session {

    private static final int MAX_COALESCED = 16; // packets of one datagram
    private static final int MAX_OPENED = 64; // Initial packets that are decrypted
    private static final int MAX_HISTORY = 100; // letters, as Zeek
    private static final int MAX_FRAMES = 4096; // of one packet; padding does not count
    private static final int LONG = 0x80;
    private static final int FIXED = 0x40;
    private static final int LOWER = 0x20;
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;

    private final Connection connection;
    private final Hellos hellos;
    private final StringBuilder history = new StringBuilder();
    private final LongHeader header = new LongHeader();
    private final long began;
    private final CryptoStream ofClient = new CryptoStream();
    private final CryptoStream ofServer = new CryptoStream();
    private @Nullable QuicVersion version;
    private @Nullable Side client;
    private byte @Nullable [] initialDestination;
    private byte @Nullable [] clientId;
    private byte @Nullable [] serverId;
    private @Nullable InitialKeys clientKeys;
    private @Nullable InitialKeys serverKeys;
    private @Nullable GoogleHello google;
    private boolean clientSaid;
    private boolean serverSaid;
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
                unnumbered(payload, first, side);
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
    private void unnumbered(Bytes payload, int first, Side side) {
        if (version == null && GoogleHello.isAt(payload)) {
            google(payload, 9, side);
            return;
        }
        if (client == null) {
            return;
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
        } else if (serverId == null) {
            serverId = header.source(payload);
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
            case QuicVersion.EARLY -> note(side, 'Z');
            case QuicVersion.HANDSHAKE -> note(side, 'H');
            default -> retry(side);
        }
    }

    /// What comes after a Retry is sent to the id that it names, and has keys of that.
    private void retry(Side side) {
        note(side, 'R');
        if (header.isWholeRetry()) {
            clientKeys = null;
            serverKeys = null;
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
        byte[] frames = open(payload, at, byClient, spoken);
        if (frames != null) {
            frames(Bytes.of(frames), side, byClient);
        }
    }

    /// A client's packet that the keys do not open may be the first of another connection, or one
    /// after a Retry that was not seen.
    private byte @Nullable [] open(Bytes payload, int at, boolean byClient, QuicVersion spoken) {
        InitialKeys keys = byClient ? clientKeys : serverKeys;
        byte[] frames = keys == null ? null : keys.open(payload, at, header.numberAt, header.end);
        byte[] salt = spoken.salt();
        if (frames != null || !byClient || salt == null) {
            return frames;
        }
        byte[] destination = header.destination(payload);
        InitialKeys own = InitialKeys.of(spoken, salt, destination, true);
        frames = own.open(payload, at, header.numberAt, header.end);
        if (frames != null) {
            clientKeys = own;
            serverKeys = InitialKeys.of(spoken, salt, destination, false);
        }
        return frames;
    }

    /// RFC 9000 §12.4: of the frames that an Initial packet may have, CRYPTO is of use.
    private void frames(Bytes in, Side side, boolean byClient) {
        CryptoStream stream = byClient ? ofClient : ofServer;
        for (int i = 0; i < MAX_FRAMES && in.ok() && in.remaining() > 0; ) {
            int type = in.u8();
            i += type == 0 ? 0 : 1;
            switch (type) {
                case 0, 1 -> {} // padding, ping
                case 2, 3 -> acknowledgement(in, type == 3);
                case 6 -> {
                    long offset = number(in);
                    long length = number(in);
                    if (in.ok() && length <= in.remaining()) {
                        stream.add(offset, in, (int) length);
                    }
                    in.skip(length);
                }
                case 0x1c -> {
                    note(side, 'C');
                    in.skip(in.remaining());
                }
                default -> in.fail("no frame of an Initial packet");
            }
        }
        hello(stream, side, byClient);
    }

    private void hello(CryptoStream stream, Side side, boolean byClient) {
        Bytes body = stream.first(byClient ? CLIENT_HELLO : SERVER_HELLO);
        if (body != null) {
            boolean good = byClient ? hellos.client(body) : hellos.server(body);
            if (good) {
                note(side, 'S');
            }
            clientSaid |= byClient;
            serverSaid |= !byClient;
        } else if (google == null && byClient) {
            google = GoogleHello.find(stream.all(), 0);
            told();
        }
    }

    private void told() {
        if (google != null && google.serverName() != null) {
            connection.name(google.serverName(), "sni");
        }
    }

    private static void acknowledgement(Bytes in, boolean counts) {
        number(in);
        number(in);
        long ranges = number(in);
        number(in);
        for (long i = 0; i < ranges && in.ok(); i++) { // ends with the packet
            number(in);
            number(in);
        }
        for (int i = 0; counts && i < 3; i++) {
            number(in);
        }
    }

    private static long number(Bytes in) {
        long value = LongHeader.number(in, in.offset());
        in.skip(LongHeader.width(in, in.offset()));
        return value;
    }

    // ---- what is said of it

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
        hellos.close();
        QuicVersion spoken = version;
        if (spoken == null) {
            return;
        }
        String name = hellos.serverName();
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
                        name == null && google != null ? google.serverName() : name,
                        hellos.protocol(),
                        history.toString(),
                        hellos.ja3(),
                        hellos.ja4(),
                        google == null ? null : google.userAgent()));
    }
}
