package io.hark.bytes;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Digests and key checks that C2 authors like, from the JDK.
public final class Digests {

    private Digests() {}

    /// MD5 (RFC 1321): keys of web shells are made with it.
    public static byte[] md5(byte[] octets) {
        return digest("MD5", octets);
    }

    /// SHA-256 (FIPS 180-4).
    public static byte[] sha256(byte[] octets) {
        return digest("SHA-256", octets);
    }

    /// SHA-256 in hex.
    public static String sha256Hex(byte[] octets) {
        return HexFormat.of().formatHex(sha256(octets));
    }

    /// SHA-256 of what is yet to come.
    public static MessageDigest sha256() {
        return algorithm("SHA-256");
    }

    private static byte[] digest(String algorithm, byte[] octets) {
        return algorithm(algorithm).digest(octets);
    }

    private static MessageDigest algorithm(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /// Whether `octets` end with the first `length` octets of the HMAC-SHA-256 (RFC 2104) of what
    /// stands before them.
    ///
    /// @param key empty fits nothing
    public static boolean endsWithHmacSha256(byte[] key, byte[] octets, int length) {
        return octets.length >= length
                && key.length > 0
                && Arrays.equals(
                        Arrays.copyOf(
                                hmacSha256(key, Arrays.copyOf(octets, octets.length - length)),
                                length),
                        Arrays.copyOfRange(octets, octets.length - length, octets.length));
    }

    /// HMAC-SHA-256 (RFC 2104).
    ///
    /// @param key not empty
    public static byte[] hmacSha256(byte[] key, byte[] octets) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /// What was sealed for a private RSA key (RFC 8017, RSAES-PKCS1-v1_5); null where it was not
    /// sealed for this one.
    ///
    /// @param pkcs8 the private key
    public static byte @Nullable [] unsealed(byte[] pkcs8, byte[] sealed) {
        try {
            PrivateKey key =
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            rsa.init(Cipher.DECRYPT_MODE, key);
            return rsa.doFinal(sealed);
        } catch (GeneralSecurityException e) {
            return null; // another key's, or nothing sealed: the answer
        }
    }
}
