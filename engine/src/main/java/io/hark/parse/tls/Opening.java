package io.hark.parse.tls;

import io.hark.SessionSecrets;
import io.hark.SessionSecrets.Found;
import io.hark.event.Side;
import io.hark.format.tls.ClientHello;
import io.hark.format.tls.ServerHello;
import io.hark.format.tlscrypt.CipherSuite;
import io.hark.format.tlscrypt.KeyLog;
import io.hark.format.tlscrypt.KeySchedule;
import io.hark.format.tlscrypt.KeySchedule.Settled;
import io.hark.format.tlscrypt.RecordKeys;
import io.hark.format.tlscrypt.RecordProtection;
import io.hark.format.tlscrypt.RecordProtection.Opened;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Opens the protected records of one connection with a secret that the operator gave or the
/// capture brought: the first under which a record verifies.
///
/// Where no secret will do it is hopeless, and the connection is read as if there were none: only
/// headers of records, and nothing behind the handshake.
///
/// *Thread*: the worker that owns the connection. *Source*: RFC 5246 §6.3, RFC 7627, RFC 8446 §7.
final class Opening {

    /// The most octets of handshake that are kept for the extended master secret: hellos and
    /// certificate chains of ordinary size.
    private static final int MAX_TRANSCRIPT = 1 << 17;

    /// The most RSA keys tried on one connection, a few milliseconds each.
    private static final int MAX_RSA_KEYS = 64;

    private static final int ENCRYPT_THEN_MAC = 22; // RFC 7366
    private static final int EXTENDED_MASTER_SECRET = 23; // RFC 7627
    private static final int KEY_EXCHANGE_LENGTH = 2; // octets before the encrypted secret

    /// The suites of TLS 1.3: which of them early data has is not told before the server chooses.
    private static final int[] SUITES_13 = {0x1301, 0x1302, 0x1303, 0x1304, 0x1305};

    private final SessionSecrets secrets;
    private final ByteArrayOutputStream transcript = new ByteArrayOutputStream();
    private final Protected client = new Protected();
    private final Protected server = new Protected();
    private @Nullable Side from; // the client's side
    private byte[] clientRandom = new byte[0];
    private @Nullable Settled settled;
    private @Nullable Settled early; // what early data was found to be under
    private boolean extendedMaster;
    private byte[] keyExchange = new byte[0];
    private KeySchedule.@Nullable Pair pair;
    private boolean hopeless;
    private boolean waiting; // for a secret that may still be logged
    private @Nullable String opener;

    /// An opening with these secrets.
    Opening(SessionSecrets secrets) {
        this.secrets = secrets;
    }

    /// Whether no secret will open what comes.
    boolean isHopeless() {
        return hopeless;
    }

    /// Whether that side cannot be read any further.
    boolean isLost(Side side) {
        return of(side).isLost();
    }

    /// Bytes of that side are missing.
    void lose(Side side) {
        of(side).lose();
    }

    /// The name of what opened it, or null as long as nothing did.
    @Nullable String opener() {
        return opener;
    }

    private Protected of(Side side) {
        return side == from ? client : server;
    }

    // ---- the handshake

    /// A client said hello: what is logged for its random can be opened.
    void clientHello(ClientHello hello, Side side) {
        from = side;
        if (Arrays.equals(hello.random(), clientRandom)) {
            return; // again, behind a retry
        }
        clientRandom = hello.random();
        settled = null;
        early = null;
        pair = null;
        keyExchange = new byte[0];
        transcript.reset();
        waiting = secrets.mayGrow() && !isLogged();
        hopeless = !waiting && secrets.rsaKeys().isEmpty() && !isLogged();
        expect(client, KeyLog.CLIENT_EARLY);
    }

    /// Whether a secret may still come that opens it, so that what is sealed should wait.
    boolean isWaiting() {
        if (waiting && isWhollyLogged()) {
            waiting = false;
            expect(client, KeyLog.CLIENT_EARLY);
            expectAll();
        }
        return waiting;
    }

    /// Programs log a secret when they have it, those of the application last.
    private boolean isWhollyLogged() {
        return secrets.logged(KeyLog.MASTER, clientRandom) != null
                || secrets.logged(KeyLog.CLIENT_TRAFFIC, clientRandom) != null
                        && secrets.logged(KeyLog.SERVER_TRAFFIC, clientRandom) != null;
    }

    /// No secret is waited for any more.
    void waitNoMore() {
        waiting = false;
        hopeless = secrets.rsaKeys().isEmpty() && !isLogged();
    }

    private boolean isLogged() {
        return secrets.logged(KeyLog.MASTER, clientRandom) != null
                || secrets.logged(KeyLog.CLIENT_TRAFFIC, clientRandom) != null
                || secrets.logged(KeyLog.SERVER_TRAFFIC, clientRandom) != null
                || secrets.logged(KeyLog.CLIENT_EARLY, clientRandom) != null;
    }

    /// A server chose.
    void serverHello(ServerHello hello) {
        CipherSuite suite = CipherSuite.of(hello.cipher());
        int version = KeySchedule.versionOf(hello.version());
        if (hello.retry()) {
            return;
        }
        if (suite == null || version < KeySchedule.TLS_1_0 || version > KeySchedule.TLS_1_3) {
            hopeless = true;
            return;
        }
        extendedMaster = has(hello, EXTENDED_MASTER_SECRET);
        pair = null;
        settled =
                new Settled(
                        version, suite, clientRandom, hello.random(), has(hello, ENCRYPT_THEN_MAC));
        if (!waiting) {
            expectAll();
        }
    }

    private void expectAll() {
        if (settled != null && settled.version() == KeySchedule.TLS_1_3) {
            expect(client, KeyLog.CLIENT_HANDSHAKE);
            expect(client, KeyLog.CLIENT_TRAFFIC);
            expect(server, KeyLog.SERVER_HANDSHAKE);
            expect(server, KeyLog.SERVER_TRAFFIC);
        }
    }

    private static boolean has(ServerHello hello, int extension) {
        return Arrays.stream(hello.extensions()).anyMatch(type -> type == extension);
    }

    private void expect(Protected way, String label) {
        Found found = secrets.logged(label, clientRandom);
        if (found != null) {
            way.expect(found.octets());
        }
    }

    /// A server of DTLS wants to see the client's hello again: what was said so far does not count
    /// (RFC 6347 §4.2.1).
    void restart() {
        transcript.reset();
    }

    /// A handshake message.
    ///
    /// @param at where its header begins
    /// @param length octets of header and body
    /// @param header octets of the header
    void message(int type, byte[] memory, int at, int length, int header) {
        if (secrets.rsaKeys().isEmpty() || keyExchange.length > 0) {
            return; // only a secret that the client sends needs what was said
        }
        if (transcript.size() + length <= MAX_TRANSCRIPT) {
            transcript.write(memory, at, length);
        }
        if (type == Records.CLIENT_KEY_EXCHANGE) {
            keyExchange = Arrays.copyOfRange(memory, at + header, at + length);
        }
    }

    /// A side changes its cipher; it means nothing in TLS 1.3.
    void changeCipherSpec(Side side) {
        if (settled != null && settled.version() != KeySchedule.TLS_1_3) {
            of(side).change();
        }
    }

    // ---- protected records

    /// Opens a protected record; null where it cannot be.
    ///
    /// @param type the content type in the record's header
    /// @param version the version in the record's header
    /// @param content what follows the header
    @Nullable Opened open(int type, int version, byte[] content, Side side) {
        Protected way = of(side);
        Settled agreed = settled;
        Opened opened;
        if (agreed == null) {
            opened = early(way, type, version, content);
        } else if (agreed.version() == KeySchedule.TLS_1_3) {
            opened = way.open13(agreed, type, version, content);
        } else {
            opened = open12(agreed, way, type, version, content);
        }
        if (opened != null && opener == null) {
            Found logged = anyLogged();
            opener = logged == null ? null : logged.name();
        }
        return opened;
    }

    /// Opens a protected record of DTLS 1.0 or 1.2, which may be out of order; null where it cannot
    /// be.
    ///
    /// @param number the record's epoch and number
    @Nullable Opened openDatagram(int type, int version, long number, byte[] content, Side side) {
        Settled agreed = settled;
        if (agreed == null || agreed.version() == KeySchedule.TLS_1_3) {
            hopeless = true;
            return null;
        }
        Protected way = of(side);
        KeySchedule.Pair keys =
                pair == null ? find(agreed, way, type, version, number, content) : pair;
        pair = keys;
        if (keys == null) {
            hopeless = true;
            return null;
        }
        RecordKeys own = way == client ? keys.client() : keys.server();
        return RecordProtection.open(agreed, own.at(number), type, version, content);
    }

    private @Nullable Found anyLogged() {
        Found found = secrets.logged(KeyLog.CLIENT_TRAFFIC, clientRandom);
        found = found == null ? secrets.logged(KeyLog.SERVER_TRAFFIC, clientRandom) : found;
        return found == null ? secrets.logged(KeyLog.CLIENT_EARLY, clientRandom) : found;
    }

    /// Early data, before the server has chosen a suite: the one that opens it is the right one.
    private @Nullable Opened early(Protected way, int type, int version, byte[] content) {
        Settled known = early;
        if (known != null) {
            return way.open13(known, type, version, content);
        }
        for (int id : SUITES_13) {
            CipherSuite suite = CipherSuite.of(id);
            if (suite != null && way.expectsSomething()) {
                Settled guess =
                        new Settled(KeySchedule.TLS_1_3, suite, clientRandom, new byte[0], false);
                Opened opened = way.open13(guess, type, version, content);
                if (opened != null) {
                    early = guess;
                    return opened;
                }
            }
        }
        return null;
    }

    private @Nullable Opened open12(
            Settled agreed, Protected way, int type, int version, byte[] content) {
        if (!way.hasKeys()) {
            KeySchedule.Pair keys =
                    pair == null ? find(agreed, way, type, version, 0, content) : pair;
            if (keys == null) {
                hopeless = opener == null;
                way.lose();
                return null;
            }
            pair = keys;
            way.use(agreed, way == client ? keys.client() : keys.server());
        }
        return way.open(type, version, content);
    }

    /// Looks for a secret under which this record, the first of its direction, verifies.
    private KeySchedule.@Nullable Pair find(
            Settled agreed, Protected way, int type, int version, long number, byte[] content) {
        Found logged = secrets.logged(KeyLog.MASTER, clientRandom);
        if (logged != null) {
            KeySchedule.Pair keys = KeySchedule.keys(agreed, logged.octets());
            RecordKeys own = way == client ? keys.client() : keys.server();
            if (opens(agreed, own.at(number), type, version, content)) {
                opener = logged.name();
                return keys;
            }
        }
        if (!agreed.suite().rsaTransport() || keyExchange.length <= KEY_EXCHANGE_LENGTH) {
            return null;
        }
        byte[] sealed = Arrays.copyOfRange(keyExchange, KEY_EXCHANGE_LENGTH, keyExchange.length);
        byte[] said = extendedMaster ? transcript.toByteArray() : null;
        int tried = 0;
        for (SessionSecrets.RsaKey key : secrets.rsaKeys()) {
            if (tried++ == MAX_RSA_KEYS) {
                break;
            }
            byte[] preMaster = KeySchedule.preMaster(key.key(), sealed);
            if (preMaster != null) {
                byte[] master = KeySchedule.master(agreed, preMaster, said);
                KeySchedule.Pair keys = KeySchedule.keys(agreed, master);
                RecordKeys own = way == client ? keys.client() : keys.server();
                if (opens(agreed, own.at(number), type, version, content)) {
                    opener = key.name();
                    return keys;
                }
            }
        }
        return null;
    }

    private static boolean opens(
            Settled agreed, RecordKeys keys, int type, int version, byte[] content) {
        return RecordProtection.open(agreed, keys, type, version, content) != null;
    }
}
