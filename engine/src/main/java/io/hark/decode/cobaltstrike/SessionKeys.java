package io.hark.decode.cobaltstrike;

import io.hark.Decoder.Secrets;
import io.hark.Scope;
import io.hark.Secret;
import io.hark.bytes.Digests;
import io.hark.bytes.codec.BlockCipher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of one session: AES-128 in CBC, and HMAC-SHA-256 of which 16 octets are sent.
///
/// @param secret what they are from
/// @param aes 16 octets
/// @param hmac 16 octets
record SessionKeys(Secret secret, byte[] aes, byte[] hmac) {

    private static final byte[] IV = "abcdefghijklmnop".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY = 16;
    private static final int MAX_TRIED = 4096; // on one body, some microseconds each

    /// Keys out of the 16 octets that a beacon chose: the halves of their SHA-256.
    static SessionKeys of(Secret secret, byte[] aesRand) {
        byte[] both = Digests.sha256(aesRand);
        return new SessionKeys(
                secret, Arrays.copyOf(both, KEY), Arrays.copyOfRange(both, KEY, 2 * KEY));
    }

    /// All that may be tried.
    static List<SessionKeys> all(Secrets secrets) {
        List<SessionKeys> keys = new ArrayList<>();
        for (Secret secret : secrets.secrets(Secret.Kind.AES)) {
            byte[] hmac = secret.value("hmac");
            if (secret.value("key").length == KEY && hmac.length == KEY) {
                keys.add(new SessionKeys(secret, secret.value("key"), hmac));
            }
        }
        for (Secret secret : secrets.secrets(Secret.Kind.BYTES)) {
            if (secret.value("bytes").length == KEY) {
                keys.add(of(secret, secret.value("bytes")));
            }
        }
        return keys.subList(0, Math.min(keys.size(), MAX_TRIED));
    }

    /// Itself as a secret for later pieces, which knows its session and the metadata it was in.
    Secret derived(String session, byte[] sealed) {
        return new Secret(
                "keys of beacon " + session,
                Secret.Kind.AES,
                Map.of(
                        "key",
                        aes,
                        "hmac",
                        hmac,
                        "cobaltstrike session",
                        session.getBytes(StandardCharsets.US_ASCII),
                        "cobaltstrike metadata",
                        Digests.sha256(sealed)),
                Scope.ANY,
                "metadata opened with " + secret.name());
    }

    /// The session that a derived secret is of; empty of others.
    String session() {
        return new String(secret.value("cobaltstrike session"), StandardCharsets.US_ASCII);
    }

    /// Data with its MAC, or null if it is under other keys.
    byte @Nullable [] open(byte[] data) {
        if (data.length < 2 * KEY || !Digests.endsWithHmacSha256(hmac, data, Places.MAC)) {
            return null;
        }
        return new BlockCipher(BlockCipher.Algorithm.AES, BlockCipher.Mode.CBC, aes, IV)
                .decode(Arrays.copyOf(data, data.length - Places.MAC));
    }
}
