package io.hark.format.quic;

import io.hark.bytes.Bytes;
import io.hark.format.tlscrypt.CipherSuite.Hash;
import io.hark.format.tlscrypt.KeySchedule;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What opens the Initial packets of one side of a connection.
///
/// The keys come from the version's salt and the connection id that the client chose for the server
/// first, which everybody sees: this is protection against accidents, not against readers.
///
/// *Source*: RFC 9001 §5; RFC 9369 §3.3 for the labels of version 2.
public final class InitialKeys {

    private static final int SECRET = 32;
    private static final int KEY = 16;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int SAMPLE = 16;

    /// The sample is taken where the payload begins if the packet number has this many octets.
    private static final int LONGEST_NUMBER = 4;

    private final SecretKeySpec key;
    private final SecretKeySpec headerKey;
    private final byte[] iv;

    private InitialKeys(byte[] key, byte[] headerKey, byte[] iv) {
        this.key = new SecretKeySpec(key, "AES");
        this.headerKey = new SecretKeySpec(headerKey, "AES");
        this.iv = iv;
    }

    /// The keys of one side.
    ///
    /// @param salt of the version
    /// @param destination the connection id that the client's first Initial packet was sent to
    /// @param client whether the client's or the server's
    public static InitialKeys of(
            QuicVersion version, byte[] salt, byte[] destination, boolean client) {
        byte[] initial = KeySchedule.hmac(Hash.SHA256, salt, destination);
        byte[] secret = expand(initial, client ? "client in" : "server in", SECRET);
        String prefix = version.isSecond() ? "quicv2 " : "quic ";
        return new InitialKeys(
                expand(secret, prefix + "key", KEY),
                expand(secret, prefix + "hp", KEY),
                expand(secret, prefix + "iv", NONCE));
    }

    private static byte[] expand(byte[] secret, String label, int size) {
        return KeySchedule.expandLabel(Hash.SHA256, secret, label, size);
    }

    /// The frames of a packet, or null where these keys do not open it.
    ///
    /// @param in the datagram; not moved
    /// @param from where the packet begins in it
    /// @param number where its packet number begins
    /// @param to where it ends
    public byte @Nullable [] open(Bytes in, int from, int number, int to) {
        if (to > in.length() || to - number < LONGEST_NUMBER + SAMPLE) {
            return null;
        }
        byte[] packet = new byte[to - from];
        in.copyTo(from, packet, 0, packet.length);
        try {
            Cipher mask = Cipher.getInstance("AES/ECB/NoPadding");
            mask.init(Cipher.ENCRYPT_MODE, headerKey);
            byte[] bits = mask.doFinal(packet, number - from + LONGEST_NUMBER, SAMPLE);
            packet[0] ^= (byte) (bits[0] & 0x0f);
            int octets = (packet[0] & 3) + 1;
            byte[] nonce = iv.clone();
            for (int i = 0; i < octets; i++) {
                int at = number - from + i;
                packet[at] ^= bits[1 + i];
                nonce[NONCE - octets + i] ^= packet[at];
            }
            int header = number - from + octets;
            Cipher aead = Cipher.getInstance("AES/GCM/NoPadding");
            aead.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG * 8, nonce));
            aead.updateAAD(packet, 0, header);
            return aead.doFinal(packet, header, packet.length - header);
        } catch (AEADBadTagException e) {
            return null; // the usual way to say that it is another connection's
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES in GCM is part of every JDK", e);
        }
    }
}
