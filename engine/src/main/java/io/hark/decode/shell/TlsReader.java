package io.hark.decode.shell;

import io.hark.Decoder.Conversation;
import io.hark.Secret;
import io.hark.carry.StreamPiece;
import io.hark.decode.shell.TlsState.Half;
import io.hark.decode.shell.TlsState.Phase;
import io.hark.event.Side;
import io.hark.format.tlscrypt.CipherSuite;
import io.hark.format.tlscrypt.Flight;
import io.hark.format.tlscrypt.KeySchedule;
import io.hark.format.tlscrypt.KeySchedule.Settled;
import io.hark.format.tlscrypt.RecordKeys;
import io.hark.format.tlscrypt.RecordProtection;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Follows one TLS connection record by record, opens it with the first secret that verifies, and
/// hands the plaintext to a [ShellReader].
///
/// *Thread*: one owner, for the length of one call: made from a state, asked for the next.
final class TlsReader {

    /// The most octets of handshake kept for the extended master secret: hellos and certificate
    /// chains of ordinary size.
    static final int MAX_TRANSCRIPT = 1 << 17;

    /// Protected records of one direction that may fail to open before the traffic keys of TLS 1.3
    /// are given up: a handshake flight has a few, early data some more.
    static final int MAX_MISSES = 64;

    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int APPLICATION_DATA = 23;
    private static final int KEY_UPDATE = 24;

    private final Conversation turn;
    private final String decoder;
    private TlsState state;
    private ShellReader shell;

    TlsReader(TlsState state, String decoder, Conversation turn) {
        this.state = state;
        this.decoder = decoder;
        this.turn = turn;
        shell = TlsShells.reader(state.shell(), decoder, turn);
    }

    /// Where it stands now.
    TlsState state() {
        return state.phase() == Phase.CLOSED ? state : state.with(shell.state());
    }

    /// Reads the next piece; answers whether the connection is over and everything was said.
    boolean piece(StreamPiece piece) {
        if (state.phase() == Phase.CLOSED) {
            return false;
        }
        if (piece.gap() > 0) {
            lose(piece);
        }
        Half half = half(piece.side());
        if (!half.lost() && piece.bytes().length > 0) {
            set(piece.side(), pending(half, join(half.pending(), piece.bytes())));
            records(piece);
        }
        return piece.end() && state.phase() == Phase.OPEN && shell.ended(piece.side());
    }

    /// A gap: neither key streams nor sequence numbers can be followed over it.
    private void lose(StreamPiece piece) {
        if (state.phase() == Phase.HANDSHAKE) {
            state = state.closed();
            return;
        }
        shell.gap(piece.ts(), piece.side(), piece.gap());
        lost(piece.side());
    }

    private void lost(Side side) {
        Half half = half(side);
        set(
                side,
                new Half(
                        new byte[0],
                        new byte[0],
                        half.sealed(),
                        List.of(),
                        new byte[0],
                        half.misses(),
                        true));
    }

    private void records(StreamPiece piece) {
        byte[] pending = half(piece.side()).pending();
        int at = 0;
        while (pending.length - at >= Flight.RECORD_HEAD
                && state.phase() != Phase.CLOSED
                && !half(piece.side()).lost()) {
            int type = pending[at] & 0xff;
            int recordVersion = u16(pending, at + 1);
            int length = u16(pending, at + 3);
            if (pending[at + 1] != 3
                    || type < CHANGE_CIPHER_SPEC
                    || type > 24
                    || length > Flight.MAX_RECORD) {
                lost(piece.side());
                return;
            }
            if (pending.length - at - Flight.RECORD_HEAD < length) {
                break;
            }
            int from = at + Flight.RECORD_HEAD;
            at = from + length;
            record(piece, type, recordVersion, Arrays.copyOfRange(pending, from, at));
        }
        if (state.phase() != Phase.CLOSED && !half(piece.side()).lost()) {
            set(
                    piece.side(),
                    pending(half(piece.side()), Arrays.copyOfRange(pending, at, pending.length)));
        }
    }

    private void record(StreamPiece piece, int type, int recordVersion, byte[] content) {
        Half half = half(piece.side());
        boolean tls13 = state.version() == KeySchedule.TLS_1_3;
        if (tls13 ? type == APPLICATION_DATA : half.sealed()) {
            sealed(piece, type, recordVersion, content);
        } else if (type == CHANGE_CIPHER_SPEC && !tls13) {
            set(
                    piece.side(),
                    new Half(
                            half.pending(),
                            new byte[0],
                            true,
                            half.keys(),
                            half.traffic(),
                            0,
                            false));
        } else if (type == Flight.HANDSHAKE) {
            handshake(piece.side(), join(half.handshake(), content));
        }
    }

    // ---- the handshake in clear

    private void handshake(Side side, byte[] octets) {
        if (octets.length > MAX_TRANSCRIPT) {
            state = state.closed();
            return;
        }
        int read = 0;
        for (byte[] message : Flight.whole(octets)) {
            read += message.length;
            state = state.after(message);
            if (state.phase() == Phase.CLOSED) {
                return;
            }
        }
        Half half = half(side);
        byte[] rest = Arrays.copyOfRange(octets, read, octets.length);
        set(
                side,
                new Half(
                        half.pending(),
                        rest,
                        half.sealed(),
                        half.keys(),
                        half.traffic(),
                        0,
                        half.lost()));
    }

    // ---- protected records

    private void sealed(StreamPiece piece, int type, int recordVersion, byte[] content) {
        CipherSuite suite = CipherSuite.of(state.suite());
        boolean known =
                state.version() >= KeySchedule.TLS_1_0 && state.version() <= KeySchedule.TLS_1_3;
        if (suite == null || !known || state.clientRandom().length == 0) {
            state = state.closed(); // no secret would open it here
            return;
        }
        Settled settled =
                new Settled(
                        state.version(),
                        suite,
                        state.clientRandom(),
                        state.serverRandom(),
                        state.encryptThenMac());
        if (state.phase() == Phase.HANDSHAKE && half(piece.side()).keys().isEmpty()) {
            TlsSecrets secrets = new TlsSecrets(settled, state.keyExchange(), transcript());
            TlsSecrets.Keys keys =
                    secrets.find(turn, fromClient(piece.side()), type, recordVersion, content);
            if (keys == null) {
                secrets.wanted().forEach(kind -> turn.undecoded(kind, secrets.why()));
                state = state.closed();
                return;
            }
            unlock(keys);
        }
        open(piece, settled, type, recordVersion, content);
    }

    private void unlock(TlsSecrets.Keys found) {
        Secret secret = found.secret();
        keys(Side.ORIGINATOR, found.client(), found.clientTraffic());
        keys(Side.RESPONDER, found.server(), found.serverTraffic());
        shell =
                TlsShells.reader(
                        ShellState.start(state.uid(), state.id(), secret.name()), decoder, turn);
        if (state.version() != KeySchedule.TLS_1_3) {
            opened(secret);
        }
    }

    /// A record verified.
    private void opened(Secret secret) {
        turn.opened(secret);
        phase(Phase.OPEN);
    }

    private void open(
            StreamPiece piece, Settled settled, int type, int recordVersion, byte[] content) {
        Half half = half(piece.side());
        RecordProtection.Opened opened =
                half.keys().isEmpty()
                        ? null
                        : RecordProtection.open(
                                settled, half.keys().getFirst(), type, recordVersion, content);
        if (opened == null) {
            missed(piece, settled);
            return;
        }
        if (state.phase() == Phase.HANDSHAKE) {
            TlsSecrets secrets = new TlsSecrets(settled, state.keyExchange(), null);
            Secret secret = secrets.logged(turn);
            if (secret != null) {
                opened(secret);
            }
        }
        half = half(piece.side());
        RecordKeys next = opened.next();
        byte[] traffic = half.traffic();
        if (traffic.length > 0
                && opened.type() == Flight.HANDSHAKE
                && updatesKeys(opened.octets())) {
            traffic = KeySchedule.next13(settled.suite(), traffic);
            next = KeySchedule.keys13(settled.suite(), traffic);
        }
        set(
                piece.side(),
                new Half(
                        half.pending(),
                        new byte[0],
                        true,
                        List.of(next),
                        traffic,
                        MAX_MISSES,
                        false));
        if (opened.type() == APPLICATION_DATA) {
            shell.bytes(piece.ts(), piece.side(), opened.octets());
        } else if (opened.type() == CHANGE_CIPHER_SPEC) {
            lost(piece.side()); // a renegotiation: its keys are not followed
        }
    }

    private void missed(StreamPiece piece, Settled settled) {
        Half half = half(piece.side());
        int misses = half.misses() + 1;
        if (settled.version() == KeySchedule.TLS_1_3 && misses <= MAX_MISSES) {
            set(
                    piece.side(),
                    new Half(
                            half.pending(),
                            half.handshake(),
                            half.sealed(),
                            half.keys(),
                            half.traffic(),
                            misses,
                            false));
            return;
        }
        if (state.phase() == Phase.OPEN) {
            shell.gap(piece.ts(), piece.side(), 0);
            lost(piece.side());
        } else {
            turn.undecoded(
                    Secret.Kind.TLS_KEY_LOG,
                    "the key log's secrets for this connection do not verify");
            state = state.closed();
        }
    }

    private static boolean updatesKeys(byte[] handshake) {
        return Flight.whole(handshake).stream().anyMatch(message -> message[0] == KEY_UPDATE);
    }

    /// The client of TLS is the side that said hello: the originator, or the stream would not have
    /// been tasted.
    private static boolean fromClient(Side side) {
        return side == Side.ORIGINATOR;
    }

    private byte @Nullable [] transcript() {
        return state.extendedMaster() ? state.transcript() : null;
    }

    // ---- the state

    private Half half(Side side) {
        return side == Side.ORIGINATOR ? state.originator() : state.responder();
    }

    private static Half pending(Half half, byte[] pending) {
        return new Half(
                pending,
                half.handshake(),
                half.sealed(),
                half.keys(),
                half.traffic(),
                half.misses(),
                half.lost());
    }

    private void keys(Side side, @Nullable RecordKeys keys, byte[] traffic) {
        Half half = half(side);
        List<RecordKeys> known = keys == null ? List.of() : List.of(keys);
        set(
                side,
                new Half(
                        half.pending(),
                        half.handshake(),
                        half.sealed(),
                        known,
                        traffic,
                        0,
                        half.lost()));
    }

    private void set(Side side, Half half) {
        boolean originator = side == Side.ORIGINATOR;
        state =
                originator
                        ? state.with(state.phase(), half, state.responder())
                        : state.with(state.phase(), state.originator(), half);
    }

    private void phase(Phase phase) {
        state = state.with(phase, state.originator(), state.responder());
    }

    private static int u16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }

    static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /// The version in words, for people.
    static String version(int version) {
        return version == KeySchedule.TLS_1_3
                ? "TLS 1.3"
                : String.format(Locale.ROOT, "TLS 1.%d", (version & 0xff) - 1);
    }
}
