package io.hark.decode.tunnel;

import io.hark.Decoder.Conversation;
import io.hark.Secret;
import io.hark.bytes.Digests;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Which password of the keyring a tunnel's client has proved to know. The data needs none; whose
/// tunnel it is may be told by it.
final class Passwords {

    private static final int IODINE_LENGTH = 32; // octets of a password that count
    private static final int CHALLENGE = 4;

    private Passwords() {}

    /// The name of the one whose MD5, each four octets xored with the challenge, is `proof`; null
    /// if there is none. *Source*: iodine's `doc/proto_00000502.txt`.
    static @Nullable String iodine(Conversation turn, int challenge, byte[] proof) {
        for (Secret secret : turn.secrets(Secret.Kind.PASSWORD)) {
            byte[] mixed = Arrays.copyOf(secret.value("password"), IODINE_LENGTH);
            for (int i = 0; i < IODINE_LENGTH; i++) {
                mixed[i] ^= (byte) (challenge >>> 24 - 8 * (i % CHALLENGE));
            }
            if (MessageDigest.isEqual(Digests.md5(mixed), proof)) {
                return secret.name();
            }
        }
        return null;
    }

    /// The name of the one whose HMAC-SHA1 of the challenge, in upper-case hex, is `proof`; null if
    /// there is none. *Source*: recordings of dns2tcp.
    static @Nullable String dns2tcp(Conversation turn, byte[] challenge, String proof) {
        for (Secret secret : turn.secrets(Secret.Kind.PASSWORD)) {
            byte[] key = secret.value("password");
            if (key.length > 0 && hmac(key, challenge).equalsIgnoreCase(proof)) {
                return secret.name();
            }
        }
        return null;
    }

    /// The name of the one whose MD5 behind the challenge has the MD5 `proof`; null if there is
    /// none. *Source*: recordings of ptunnel.
    static @Nullable String ptunnel(Conversation turn, byte[] challenge, byte[] proof) {
        for (Secret secret : turn.secrets(Secret.Kind.PASSWORD)) {
            byte[] hash = Digests.md5(secret.value("password"));
            byte[] both = Arrays.copyOf(challenge, challenge.length + hash.length);
            System.arraycopy(hash, 0, both, challenge.length, hash.length);
            if (MessageDigest.isEqual(Digests.md5(both), proof)) {
                return secret.name();
            }
        }
        return null;
    }

    private static String hmac(byte[] key, byte[] octets) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            return HexFormat.of().formatHex(mac.doFinal(octets));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA1", e);
        }
    }
}
