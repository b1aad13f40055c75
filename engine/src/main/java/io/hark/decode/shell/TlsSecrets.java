package io.hark.decode.shell;

import io.hark.Decoder.Conversation;
import io.hark.Secret;
import io.hark.format.tlscrypt.KeyLog;
import io.hark.format.tlscrypt.KeySchedule;
import io.hark.format.tlscrypt.KeySchedule.Settled;
import io.hark.format.tlscrypt.RecordKeys;
import io.hark.format.tlscrypt.RecordProtection;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which secret opens a connection. A secret counts only if a protected record verifies under it.
///
/// @param settled what the handshake settled
/// @param keyExchange the client's key exchange; empty if none was seen
/// @param transcript the handshake where the extended master secret was agreed, else null
record TlsSecrets(Settled settled, byte[] keyExchange, byte @Nullable [] transcript) {

    /// The most RSA keys tried on one connection, a few milliseconds each.
    static final int MAX_RSA_KEYS = 64;

    private static final byte[] NONE = {};

    /// Keys of both directions.
    ///
    /// @param secret what opened it
    /// @param client opens the client's next record; null where the log has no secret for it
    /// @param server opens the server's next record; null where the log has no secret for it
    /// @param clientTraffic the client's traffic secret in TLS 1.3
    /// @param serverTraffic the server's traffic secret in TLS 1.3
    record Keys(
            Secret secret,
            @Nullable RecordKeys client,
            @Nullable RecordKeys server,
            byte[] clientTraffic,
            byte[] serverTraffic) {}

    /// The kinds of secret that would open it.
    List<Secret.Kind> wanted() {
        return sendsSecret()
                ? List.of(Secret.Kind.RSA_PRIVATE, Secret.Kind.TLS_KEY_LOG)
                : List.of(Secret.Kind.TLS_KEY_LOG);
    }

    /// Whether the client sent the pre-master secret under the server's key.
    private boolean sendsSecret() {
        return settled.suite().rsaTransport() && keyExchange.length > 0;
    }

    /// Why it is not open, for people.
    String why() {
        String version = TlsReader.version(settled.version());
        return sendsSecret()
                ? version
                        + " with RSA key transport: the server's private key or a key log opens it"
                : version + " with a key exchange that keeps no secret: only a key log opens it";
    }

    /// Looks for a secret under which this record, the first protected one of its direction,
    /// verifies. For TLS 1.3 a key log's secrets are answered without that: the first protected
    /// records are the handshake's, under other keys.
    @Nullable Keys find(
            Conversation turn, boolean fromClient, int type, int recordVersion, byte[] content) {
        if (settled.version() == KeySchedule.TLS_1_3) {
            Secret secret = logged(turn);
            return secret == null ? null : keys13(secret);
        }
        Secret logged = logged(turn);
        byte[] master = logged == null ? null : logged.values().get(key(KeyLog.MASTER));
        if (logged != null
                && master != null
                && opens(master, fromClient, type, recordVersion, content)) {
            return keys(logged, master);
        }
        if (sendsSecret() && keyExchange.length > 2) {
            byte[] sealed = Arrays.copyOfRange(keyExchange, 2, keyExchange.length);
            for (Secret secret :
                    turn.secrets(Secret.Kind.RSA_PRIVATE).stream().limit(MAX_RSA_KEYS).toList()) {
                byte[] preMaster = KeySchedule.preMaster(rsa(secret), sealed);
                byte[] tried =
                        preMaster == null
                                ? NONE
                                : KeySchedule.master(settled, preMaster, transcript);
                if (preMaster != null && opens(tried, fromClient, type, recordVersion, content)) {
                    return keys(secret, tried);
                }
            }
        }
        return null;
    }

    /// The key log that knows this connection, or null.
    @Nullable Secret logged(Conversation turn) {
        for (Secret secret : turn.secrets(Secret.Kind.TLS_KEY_LOG)) {
            boolean knows =
                    settled.version() == KeySchedule.TLS_1_3
                            ? secret.values().containsKey(key(KeyLog.CLIENT_TRAFFIC))
                                    || secret.values().containsKey(key(KeyLog.SERVER_TRAFFIC))
                            : secret.values().containsKey(key(KeyLog.MASTER));
            if (knows) {
                return secret;
            }
        }
        return null;
    }

    private String key(String label) {
        return KeyLog.key(label, settled.clientRandom());
    }

    private boolean opens(
            byte[] master, boolean fromClient, int type, int recordVersion, byte[] content) {
        KeySchedule.Pair pair = KeySchedule.keys(settled, master);
        RecordKeys keys = fromClient ? pair.client() : pair.server();
        return RecordProtection.open(settled, keys, type, recordVersion, content) != null;
    }

    private Keys keys(Secret secret, byte[] master) {
        KeySchedule.Pair pair = KeySchedule.keys(settled, master);
        return new Keys(secret, pair.client(), pair.server(), NONE, NONE);
    }

    private Keys keys13(Secret secret) {
        byte[] client = secret.values().getOrDefault(key(KeyLog.CLIENT_TRAFFIC), NONE);
        byte[] server = secret.values().getOrDefault(key(KeyLog.SERVER_TRAFFIC), NONE);
        return new Keys(
                secret,
                client.length == 0 ? null : KeySchedule.keys13(settled.suite(), client),
                server.length == 0 ? null : KeySchedule.keys13(settled.suite(), server),
                client,
                server);
    }

    private static RSAPrivateKey rsa(Secret secret) {
        return KeySchedule.rsaKey(secret.values().getOrDefault("pkcs8", NONE));
    }
}
