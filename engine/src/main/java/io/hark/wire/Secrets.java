package io.hark.wire;

import io.hark.Keyring;
import io.hark.Secret;
import io.hark.SessionSecrets;
import io.hark.format.tlscrypt.KeyLog;
import io.hark.format.tlscrypt.KeySchedule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one worker knows of secrets: the keyring's, and those that stood in the chunks so far.
///
/// Every worker learns a chunk's secrets before it looks at the chunk's frames, so that any number
/// of workers opens the same connections.
///
/// *Thread*: one owner, the worker.
final class Secrets implements SessionSecrets {

    /// The most secrets of captures that are kept: those of a million connections.
    private static final int MAX_LEARNED = 1 << 22;

    /// The most octets that connections may keep together until their secrets come.
    private static final int MAX_WITHHELD = 1 << 26;

    private final List<Secret> logs;
    private final List<RsaKey> keys;
    private final Map<String, Found> learned = new HashMap<>();
    private final boolean grows;
    private int withheld;

    /// Those of a keyring.
    Secrets(Keyring keyring) {
        grows = keyring.grows();
        logs = keyring.secrets(Secret.Kind.TLS_KEY_LOG);
        keys =
                keyring.secrets(Secret.Kind.RSA_PRIVATE).stream()
                        .map(
                                key ->
                                        new RsaKey(
                                                key.name(),
                                                KeySchedule.rsaKey(
                                                        key.values()
                                                                .getOrDefault(
                                                                        "pkcs8", new byte[0]))))
                        .toList();
    }

    /// Learns what stood in a chunk.
    void learn(List<Secret> found) {
        for (Secret secret : found) {
            for (Map.Entry<String, byte[]> line : secret.values().entrySet()) {
                if (learned.size() < MAX_LEARNED) {
                    learned.put(line.getKey(), new Found(secret.name(), line.getValue()));
                }
            }
        }
    }

    @Override
    public boolean isEmpty() {
        return logs.isEmpty() && keys.isEmpty() && learned.isEmpty() && !grows;
    }

    @Override
    public @Nullable Found logged(String label, byte[] clientRandom) {
        if (logs.isEmpty() && learned.isEmpty()) {
            return null;
        }
        String key = KeyLog.key(label, clientRandom);
        for (Secret log : logs) {
            byte[] octets = log.values().get(key);
            if (octets != null) {
                return new Found(log.name(), octets);
            }
        }
        return learned.get(key);
    }

    @Override
    public List<RsaKey> rsaKeys() {
        return keys;
    }

    @Override
    public boolean mayGrow() {
        return grows;
    }

    @Override
    public boolean reserve(int octets) {
        boolean fits = withheld + octets <= MAX_WITHHELD;
        withheld += fits ? octets : 0;
        return fits;
    }

    @Override
    public void release(int octets) {
        withheld -= octets;
    }
}
