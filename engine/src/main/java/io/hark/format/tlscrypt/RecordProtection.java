package io.hark.format.tlscrypt;

import io.hark.format.tlscrypt.CipherSuite.Bulk;
import io.hark.format.tlscrypt.KeySchedule.Settled;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.modes.CBCModeCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.jspecify.annotations.Nullable;

/// Opens protected TLS records. A record is open only if its MAC or tag verifies: the answer is a
/// key check as well.
///
/// *Shape*: `GenericStreamCipher`, `GenericBlockCipher` (both orders of MAC and encryption) and
/// `GenericAEADCipher` up to TLS 1.2, `TLSCiphertext` of 1.3. *Source*: RFC 2246 §6.2.3, RFC 4346
/// §6.2.3.2, RFC 5246 §6.2.3, RFC 7366, RFC 7905, RFC 8446 §5.2.
public final class RecordProtection {

    private static final byte[] NOTHING = {};
    private static final int EXPLICIT_NONCE = 8; // of GCM and CCM in TLS 1.2

    /// An opened record.
    ///
    /// @param type its content type; of TLS 1.3 the inner one
    /// @param octets what was in it
    /// @param next opens the record behind it
    public record Opened(int type, byte[] octets, RecordKeys next) {}

    private RecordProtection() {}

    /// Opens one record; null if MAC or tag do not verify.
    ///
    /// @param type the content type in the record's header
    /// @param recordVersion the version in the record's header
    /// @param sealed what follows the header
    public static @Nullable Opened open(
            Settled settled, RecordKeys keys, int type, int recordVersion, byte[] sealed) {
        Bulk bulk = settled.suite().bulk();
        if (settled.version() == KeySchedule.TLS_1_3) {
            return open13(bulk, keys, type, recordVersion, sealed);
        } else if (bulk.tag > 0) {
            return openAead(bulk, keys, type, recordVersion, sealed);
        } else if (bulk.block > 0) {
            return openBlocks(settled, keys, type, recordVersion, sealed);
        }
        byte[] running = keys.running().clone();
        byte[] plain = sealed.clone();
        Rc4.apply(running, plain);
        byte[] content = authentic(settled, keys, type, recordVersion, plain);
        return content == null ? null : new Opened(type, content, keys.next(keys.nonce(), running));
    }

    private static @Nullable Opened openBlocks(
            Settled settled, RecordKeys keys, int type, int recordVersion, byte[] sealed) {
        Bulk bulk = settled.suite().bulk();
        byte[] body = sealed;
        if (settled.encryptThenMac()) {
            body = authentic(settled, keys, type, recordVersion, sealed);
            if (body == null) {
                return null;
            }
        }
        boolean explicit = settled.version() > KeySchedule.TLS_1_0;
        int skipped = explicit ? bulk.block : 0;
        if (body.length < skipped + bulk.block || body.length % bulk.block != 0) {
            return null;
        }
        byte[] iv = explicit ? Arrays.copyOf(body, bulk.block) : keys.nonce();
        byte[] plain =
                decipherBlocks(
                        bulk, keys.key(), iv, Arrays.copyOfRange(body, skipped, body.length));
        int padding = plain[plain.length - 1] & 0xff;
        if (padding >= plain.length) {
            return null;
        }
        for (int i = plain.length - 1 - padding; i < plain.length; i++) {
            if ((plain[i] & 0xff) != padding) {
                return null;
            }
        }
        byte[] content = Arrays.copyOf(plain, plain.length - 1 - padding);
        if (!settled.encryptThenMac()) {
            content = authentic(settled, keys, type, recordVersion, content);
        }
        byte[] lastBlock = Arrays.copyOfRange(body, body.length - bulk.block, body.length);
        return content == null ? null : new Opened(type, content, keys.next(lastBlock, NOTHING));
    }

    /// What stands before the MAC at the end of `octets`, or null if the MAC is not over it.
    private static byte @Nullable [] authentic(
            Settled settled, RecordKeys keys, int type, int recordVersion, byte[] octets) {
        int size = octets.length - settled.suite().mac().size;
        if (size < 0) {
            return null;
        }
        byte[] content = Arrays.copyOf(octets, size);
        byte[] mac = Arrays.copyOfRange(octets, size, octets.length);
        byte[] head = head(keys.sequence(), type, recordVersion, size);
        byte[] should = KeySchedule.hmac(settled.suite().mac(), keys.macKey(), head, content);
        return MessageDigest.isEqual(mac, should) ? content : null;
    }

    private static @Nullable Opened openAead(
            Bulk bulk, RecordKeys keys, int type, int recordVersion, byte[] sealed) {
        boolean chacha = bulk == Bulk.CHACHA20_POLY1305;
        int skipped = chacha ? 0 : EXPLICIT_NONCE;
        int size = sealed.length - skipped - bulk.tag;
        if (size < 0) {
            return null;
        }
        byte[] nonce =
                chacha
                        ? mixed(keys)
                        : ByteBuffer.allocate(12)
                                .put(keys.nonce())
                                .put(sealed, 0, EXPLICIT_NONCE)
                                .array();
        byte[] associated = head(keys.sequence(), type, recordVersion, size);
        byte[] content =
                Aead.open(
                        bulk,
                        keys.key(),
                        nonce,
                        associated,
                        Arrays.copyOfRange(sealed, skipped, sealed.length));
        return content == null ? null : new Opened(type, content, keys.next(keys.nonce(), NOTHING));
    }

    private static @Nullable Opened open13(
            Bulk bulk, RecordKeys keys, int type, int recordVersion, byte[] sealed) {
        byte[] associated =
                ByteBuffer.allocate(5)
                        .put((byte) type)
                        .putShort((short) recordVersion)
                        .putShort((short) sealed.length)
                        .array();
        byte[] inner = Aead.open(bulk, keys.key(), mixed(keys), associated, sealed);
        if (inner == null) {
            return null;
        }
        int end = inner.length;
        while (end > 0 && inner[end - 1] == 0) {
            end--;
        }
        return end == 0
                ? null
                : new Opened(
                        inner[end - 1] & 0xff,
                        Arrays.copyOf(inner, end - 1),
                        keys.next(keys.nonce(), NOTHING));
    }

    private static byte[] head(long sequence, int type, int recordVersion, int size) {
        return ByteBuffer.allocate(13)
                .putLong(sequence)
                .put((byte) type)
                .putShort((short) recordVersion)
                .putShort((short) size)
                .array();
    }

    /// The nonce that is the fixed one XOR the sequence number.
    private static byte[] mixed(RecordKeys keys) {
        byte[] nonce = keys.nonce().clone();
        for (int i = 0; i < 8; i++) {
            nonce[nonce.length - 1 - i] ^= (byte) (keys.sequence() >>> (8 * i));
        }
        return nonce;
    }

    private static byte[] decipherBlocks(Bulk bulk, byte[] key, byte[] iv, byte[] blocks) {
        if (bulk == Bulk.CAMELLIA_128_CBC || bulk == Bulk.CAMELLIA_256_CBC) {
            return camellia(key, iv, blocks);
        }
        boolean des = bulk == Bulk.DES3_CBC;
        try {
            Cipher cipher = Cipher.getInstance(des ? "DESede/CBC/NoPadding" : "AES/CBC/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, des ? "DESede" : "AES"),
                    new IvParameterSpec(iv));
            return cipher.doFinal(blocks);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("CBC without padding over whole blocks cannot fail", e);
        }
    }

    private static byte[] camellia(byte[] key, byte[] iv, byte[] blocks) {
        CBCModeCipher cipher = CBCBlockCipher.newInstance(new CamelliaEngine());
        cipher.init(false, new ParametersWithIV(new KeyParameter(key), iv));
        byte[] plain = new byte[blocks.length];
        for (int at = 0; at < blocks.length; at += cipher.getBlockSize()) {
            cipher.processBlock(blocks, at, plain, at);
        }
        return plain;
    }
}
