package io.hark.format.quic;

import io.hark.bytes.Bytes;
import io.hark.format.tlscrypt.Aead;
import io.hark.format.tlscrypt.CipherSuite;
import io.hark.format.tlscrypt.CipherSuite.Bulk;
import io.hark.format.tlscrypt.CipherSuite.Hash;
import io.hark.format.tlscrypt.KeySchedule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What opens the packets of one side of a connection at one level of encryption.
///
/// Those of Initial packets come from the version's salt and the connection id that the client
/// chose for the server first, which everybody sees: this is protection against accidents, not
/// against readers. All others come from secrets of TLS.
///
/// *Source*: RFC 9001 §5, §6; RFC 9369 §3.3 for the labels of version 2.
public final class PacketKeys {

    private static final int INITIAL_SUITE = 0x1301; // TLS_AES_128_GCM_SHA256 (RFC 9001 §5.2)
    private static final int INITIAL_SECRET = 32;
    private static final int NONCE = 12;
    private static final int SAMPLE = 16;
    private static final int LONG = 0x80;
    private static final int PHASE = 0x04;

    /// The sample is taken where the payload begins if the packet number has this many octets.
    private static final int LONGEST_NUMBER = 4;

    private final String prefix;
    private final CipherSuite suite;
    private final byte[] secret;
    private final SecretKeySpec headerKey;
    private final byte[] key;
    private final byte[] iv;

    /// A packet whose header is readable, and whose payload is not yet.
    ///
    /// @param octets all of it
    /// @param header octets before the payload
    /// @param number its whole number
    /// @param phase of a short header: whether it has the keys of odd updates
    public record Unmasked(byte[] octets, int header, long number, boolean phase) {}

    private PacketKeys(
            String prefix, CipherSuite suite, byte[] secret, @Nullable SecretKeySpec header) {
        this.prefix = prefix;
        this.suite = suite;
        this.secret = secret;
        int size = keySize(suite.bulk());
        String algorithm = suite.bulk() == Bulk.CHACHA20_POLY1305 ? "ChaCha20" : "AES";
        this.key = expand("key", size);
        this.iv = expand("iv", NONCE);
        this.headerKey = header == null ? new SecretKeySpec(expand("hp", size), algorithm) : header;
    }

    /// The keys of the Initial packets of one side.
    ///
    /// @param salt of the version
    /// @param destination the connection id that the client's first Initial packet was sent to
    /// @param client whether the client's or the server's
    public static PacketKeys initial(
            QuicVersion version, byte[] salt, byte[] destination, boolean client) {
        byte[] initial = KeySchedule.hmac(Hash.SHA256, salt, destination);
        String label = client ? "client in" : "server in";
        CipherSuite suite = CipherSuite.of(INITIAL_SUITE);
        if (suite == null) {
            throw new IllegalStateException("the suite of Initial packets is known");
        }
        return of(
                version,
                suite,
                KeySchedule.expandLabel(Hash.SHA256, initial, label, INITIAL_SECRET));
    }

    /// The keys that come from a secret of TLS 1.3.
    ///
    /// @param suite one of TLS 1.3
    public static PacketKeys of(QuicVersion version, CipherSuite suite, byte[] secret) {
        return new PacketKeys(version.isSecond() ? "quicv2 " : "quic ", suite, secret, null);
    }

    /// Those after a key update; headers stay under the same key (RFC 9001 §6.1).
    public PacketKeys updated() {
        return new PacketKeys(prefix, suite, expand("ku", secret.length), headerKey);
    }

    private static int keySize(Bulk bulk) {
        return bulk == Bulk.AES_256_GCM || bulk == Bulk.CHACHA20_POLY1305 ? 32 : 16;
    }

    private byte[] expand(String label, int size) {
        return KeySchedule.expandLabel(suite.prf(), secret, prefix + label, size);
    }

    /// Takes the protection off the header of a packet, or answers null where it is too short. What
    /// comes out means nothing where the keys are another connection's.
    ///
    /// @param in the datagram; not moved
    /// @param from where the packet begins in it
    /// @param number where its packet number begins
    /// @param to where it ends
    /// @param largest the largest packet number of this side and level so far, or -1
    public @Nullable Unmasked unmask(Bytes in, int from, int number, int to, long largest) {
        if (to > in.length() || to - number < LONGEST_NUMBER + SAMPLE) {
            return null;
        }
        byte[] packet = new byte[to - from];
        in.copyTo(from, packet, 0, packet.length);
        int at = number - from;
        byte[] bits = mask(packet, at + LONGEST_NUMBER);
        packet[0] ^= (byte) (bits[0] & ((packet[0] & LONG) != 0 ? 0x0f : 0x1f));
        int octets = (packet[0] & 3) + 1;
        long truncated = 0;
        for (int i = 0; i < octets; i++) {
            packet[at + i] ^= bits[1 + i];
            truncated = truncated << 8 | packet[at + i] & 0xff;
        }
        boolean phase = (packet[0] & (LONG | PHASE)) == PHASE;
        return new Unmasked(packet, at + octets, whole(truncated, octets, largest), phase);
    }

    /// The frames of a packet, or null where these keys do not open it.
    public byte @Nullable [] open(Unmasked packet) {
        byte[] octets = packet.octets;
        byte[] nonce = iv.clone();
        for (int i = 0; i < 8; i++) {
            nonce[NONCE - 1 - i] ^= (byte) (packet.number >>> 8 * i);
        }
        return Aead.open(
                suite.bulk(),
                key,
                nonce,
                Arrays.copyOf(octets, packet.header),
                Arrays.copyOfRange(octets, packet.header, octets.length));
    }

    /// The number that is nearest to the one that is due (RFC 9000 §A.3).
    static long whole(long truncated, int octets, long largest) {
        long due = largest + 1;
        long window = 1L << 8 * octets;
        long candidate = due & -window | truncated;
        if (candidate <= due - window / 2 && candidate < (1L << 62) - window) {
            return candidate + window;
        }
        return candidate > due + window / 2 && candidate >= window ? candidate - window : candidate;
    }

    /// RFC 9001 §5.4.3, §5.4.4.
    private byte[] mask(byte[] packet, int sampleAt) {
        try {
            if (suite.bulk() == Bulk.CHACHA20_POLY1305) {
                ByteBuffer sample =
                        ByteBuffer.wrap(packet, sampleAt, SAMPLE).order(ByteOrder.LITTLE_ENDIAN);
                int counter = sample.getInt();
                byte[] nonce = new byte[NONCE];
                sample.get(nonce);
                Cipher cipher = Cipher.getInstance("ChaCha20");
                cipher.init(
                        Cipher.ENCRYPT_MODE, headerKey, new ChaCha20ParameterSpec(nonce, counter));
                return cipher.doFinal(new byte[1 + LONGEST_NUMBER]);
            }
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, headerKey);
            return cipher.doFinal(packet, sampleAt, SAMPLE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES and ChaCha20 are part of every JDK", e);
        }
    }
}
