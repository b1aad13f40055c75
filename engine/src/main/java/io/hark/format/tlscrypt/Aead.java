package io.hark.format.tlscrypt;

import io.hark.format.tlscrypt.CipherSuite.Bulk;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.CCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/// Opens what a cipher sealed that authenticates by itself: records of TLS, packets of QUIC.
///
/// *Source*: RFC 5116, RFC 5288, RFC 6655, RFC 7905.
public final class Aead {

    private Aead() {}

    /// What was sealed, or null where the tag does not verify.
    ///
    /// @param bulk a cipher with a tag
    /// @param associated what the tag is over beside the content
    /// @param sealed content and tag
    public static byte @Nullable [] open(
            Bulk bulk, byte[] key, byte[] nonce, byte[] associated, byte[] sealed) {
        if (sealed.length < bulk.tag) {
            return null;
        }
        return switch (bulk) {
            case AES_128_GCM, AES_256_GCM ->
                    open(
                            "AES/GCM/NoPadding",
                            new SecretKeySpec(key, "AES"),
                            new GCMParameterSpec(128, nonce),
                            associated,
                            sealed);
            case CHACHA20_POLY1305 ->
                    open(
                            "ChaCha20-Poly1305",
                            new SecretKeySpec(key, "ChaCha20"),
                            new IvParameterSpec(nonce),
                            associated,
                            sealed);
            case AES_128_CCM, AES_256_CCM, AES_128_CCM_8, AES_256_CCM_8 -> {
                CCMModeCipher ccm = CCMBlockCipher.newInstance(AESEngine.newInstance());
                ccm.init(
                        false,
                        new AEADParameters(new KeyParameter(key), bulk.tag * 8, nonce, associated));
                try {
                    byte[] plain = new byte[sealed.length - bulk.tag];
                    ccm.processBytes(sealed, 0, sealed.length, new byte[0], 0);
                    ccm.doFinal(plain, 0);
                    yield plain;
                } catch (InvalidCipherTextException e) {
                    yield null; // the tag does not verify: the answer to the question
                }
            }
            case RC4, DES3_CBC, AES_128_CBC, AES_256_CBC, CAMELLIA_128_CBC, CAMELLIA_256_CBC ->
                    throw new IllegalArgumentException(bulk + " has no tag");
        };
    }

    private static byte @Nullable [] open(
            String transformation,
            SecretKeySpec key,
            AlgorithmParameterSpec nonce,
            byte[] associated,
            byte[] sealed) {
        try {
            Cipher cipher = Cipher.getInstance(transformation);
            cipher.init(Cipher.DECRYPT_MODE, key, nonce);
            cipher.updateAAD(associated);
            return cipher.doFinal(sealed);
        } catch (AEADBadTagException e) {
            return null; // the tag does not verify: the answer to the question
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(transformation + " is part of every JDK", e);
        }
    }
}
