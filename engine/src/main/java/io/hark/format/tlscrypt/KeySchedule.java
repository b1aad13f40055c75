package io.hark.format.tlscrypt;

import io.hark.format.tlscrypt.CipherSuite.Hash;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// From a secret to record keys.
///
/// *Source*: RFC 2246 §5 and §6.3, RFC 5246 §5, §6.3, §8.1, RFC 7627 §4, RFC 8446 §7.
public final class KeySchedule {

    /// TLS 1.0 on the wire.
    public static final int TLS_1_0 = 0x0301;

    /// TLS 1.1 on the wire.
    public static final int TLS_1_1 = 0x0302;

    /// TLS 1.2 on the wire.
    public static final int TLS_1_2 = 0x0303;

    /// TLS 1.3 in `supported_versions`.
    public static final int TLS_1_3 = 0x0304;

    private static final int DTLS_1_0 = 0xfeff; // derives keys as TLS 1.1
    private static final int DTLS_1_2 = 0xfefd;
    private static final int MASTER_SIZE = 48;

    /// What a handshake settled.
    ///
    /// @param version the protocol version
    /// @param suite the cipher suite
    /// @param clientRandom the client's 32 octets
    /// @param serverRandom the server's 32 octets
    /// @param encryptThenMac whether the MAC is over the ciphertext (RFC 7366)
    public record Settled(
            int version,
            CipherSuite suite,
            byte[] clientRandom,
            byte[] serverRandom,
            boolean encryptThenMac) {}

    /// Both directions' record keys at the start.
    public record Pair(RecordKeys client, RecordKeys server) {}

    private KeySchedule() {}

    /// The version of TLS whose keys a version on the wire has: DTLS 1.0 those of TLS 1.1, DTLS 1.2
    /// those of TLS 1.2 (RFC 6347 §4.1.2).
    public static int versionOf(int wire) {
        return switch (wire) {
            case DTLS_1_0 -> TLS_1_1;
            case DTLS_1_2 -> TLS_1_2;
            default -> wire;
        };
    }

    /// The private RSA key of PKCS#8 octets that a keyring has let pass.
    public static RSAPrivateKey rsaKey(byte[] pkcs8) {
        try {
            return (RSAPrivateKey)
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keyring let a key pass that is none", e);
        }
    }

    /// The pre-master secret of a client key exchange, or null if that key does not open it.
    ///
    /// @param key the server's private key
    /// @param encrypted the encrypted secret, without its length
    public static byte @Nullable [] preMaster(RSAPrivateKey key, byte[] encrypted) {
        int size = (key.getModulus().bitLength() + 7) / 8;
        BigInteger sealed = new BigInteger(1, encrypted);
        if (encrypted.length != size || sealed.compareTo(key.getModulus()) >= 0) {
            return null;
        }
        byte[] opened = sealed.modPow(key.getPrivateExponent(), key.getModulus()).toByteArray();
        byte[] block = new byte[size];
        int shift = size - opened.length;
        for (int i = 0; i < opened.length; i++) {
            if (i + shift >= 0) {
                block[i + shift] = opened[i];
            }
        }
        int separator = size - MASTER_SIZE - 1;
        if (separator < 10 || block[0] != 0 || block[1] != 2 || block[separator] != 0) {
            return null; // RFC 8017 §7.2: 00 02, at least eight octets of padding, 00
        }
        return Arrays.copyOfRange(block, separator + 1, size);
    }

    /// The master secret from the pre-master secret.
    ///
    /// @param transcript the handshake up to the client key exchange where the extended master
    ///   secret was agreed (RFC 7627), else null
    public static byte[] master(Settled settled, byte[] preMaster, byte @Nullable [] transcript) {
        if (transcript == null) {
            return prf(
                    settled,
                    preMaster,
                    "master secret",
                    join(settled.clientRandom, settled.serverRandom),
                    MASTER_SIZE);
        }
        byte[] hash =
                settled.version < TLS_1_2
                        ? join(digest(Hash.MD5, transcript), digest(Hash.SHA1, transcript))
                        : digest(settled.suite.prf(), transcript);
        return prf(settled, preMaster, "extended master secret", hash, MASTER_SIZE);
    }

    /// The record keys of TLS 1.0 to 1.2 from the master secret.
    public static Pair keys(Settled settled, byte[] master) {
        CipherSuite.Bulk bulk = settled.suite.bulk();
        int mac = bulk.tag > 0 ? 0 : settled.suite.mac().size;
        int iv = bulk.block > 0 ? bulk.block : bulk.fixedNonce;
        byte[] seed = join(settled.serverRandom, settled.clientRandom);
        ByteBuffer block =
                ByteBuffer.wrap(
                        prf(settled, master, "key expansion", seed, 2 * (mac + bulk.key + iv)));
        byte[][] parts = new byte[6][];
        int[] sizes = {mac, mac, bulk.key, bulk.key, iv, iv};
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new byte[sizes[i]];
            block.get(parts[i]);
        }
        return new Pair(
                RecordKeys.of(bulk, parts[2], parts[0], parts[4]),
                RecordKeys.of(bulk, parts[3], parts[1], parts[5]));
    }

    /// The record keys of one direction of TLS 1.3 from its traffic secret.
    public static RecordKeys keys13(CipherSuite suite, byte[] trafficSecret) {
        return RecordKeys.of(
                suite.bulk(),
                expandLabel(suite.prf(), trafficSecret, "key", suite.bulk().key),
                new byte[0],
                expandLabel(suite.prf(), trafficSecret, "iv", 12));
    }

    /// The next traffic secret after a key update (RFC 8446 §7.2).
    public static byte[] next13(CipherSuite suite, byte[] trafficSecret) {
        return expandLabel(suite.prf(), trafficSecret, "traffic upd", suite.prf().size);
    }

    private static byte[] prf(Settled settled, byte[] secret, String label, byte[] seed, int size) {
        byte[] labelled = join(label.getBytes(StandardCharsets.US_ASCII), seed);
        if (settled.version >= TLS_1_2) {
            return expand(settled.suite.prf(), secret, labelled, size);
        }
        int half = (secret.length + 1) / 2;
        byte[] out = expand(Hash.MD5, Arrays.copyOf(secret, half), labelled, size);
        byte[] other =
                expand(
                        Hash.SHA1,
                        Arrays.copyOfRange(secret, secret.length - half, secret.length),
                        labelled,
                        size);
        for (int i = 0; i < size; i++) {
            out[i] ^= other[i];
        }
        return out;
    }

    /// `P_hash` of RFC 5246 §5.
    private static byte[] expand(Hash hash, byte[] secret, byte[] seed, int size) {
        ByteBuffer out = ByteBuffer.allocate(size);
        byte[] a = seed;
        while (out.hasRemaining()) {
            a = hmac(hash, secret, a);
            byte[] more = hmac(hash, secret, a, seed);
            out.put(more, 0, Math.min(more.length, out.remaining()));
        }
        return out.array();
    }

    /// `HKDF-Expand-Label` with an empty context, of at most one block of the hash (RFC 8446 §7.1).
    public static byte[] expandLabel(Hash hash, byte[] secret, String label, int size) {
        byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        byte[] info =
                ByteBuffer.allocate(4 + name.length)
                        .putShort((short) size)
                        .put((byte) name.length)
                        .put(name)
                        .put((byte) 0)
                        .array();
        byte[] block = hmac(hash, secret, info, new byte[] {1});
        return Arrays.copyOf(block, size); // no key is longer than one block of the hash
    }

    /// HMAC over the parts; `HKDF-Extract` is the same with the salt as key (RFC 5869 §2.2).
    public static byte[] hmac(Hash hash, byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(hash.hmac);
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, hash.hmac));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(hash.hmac + " is part of every JDK", e);
        }
    }

    private static byte[] digest(Hash hash, byte[] octets) {
        try {
            return MessageDigest.getInstance(hash.digest).digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(hash.digest + " is part of every JDK", e);
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
