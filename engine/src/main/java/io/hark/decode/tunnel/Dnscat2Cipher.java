package io.hark.decode.tunnel;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/// How dnscat2 seals its packets.
///
/// ```
/// | header, open | signature 6 | number u16 | body, under Salsa20 |
/// ```
///
/// Each side has two keys, the SHA3-256 of the secret that both agreed by ECDH on P-256 and the
/// key's name. The signature is the SHA3-256 of the side's `mac` key, header, number and sealed
/// body, so it tells the right secret from any other. A *pre-shared* secret is in none of this: it
/// only proves, inside, who each is. *Source*: dnscat2's `doc/protocol.md` and recordings.
///
/// @param shared what both agreed, 32 octets
record Dnscat2Cipher(byte[] shared) {

    static final int SECRET = 32;
    static final int POINT = 64; // octets of a public key: both coordinates
    static final int PROOF = 32;

    private static final int SIGNATURE = 6;
    private static final int NUMBER = 2;

    /// What `octets`, a secret of the keyring, may stand for: the shared secret itself, or the
    /// private key of either end, where both public keys were seen.
    static List<Dnscat2Cipher> candidates(byte[] octets, byte[] client, byte[] server) {
        if (octets.length != SECRET) {
            return List.of();
        }
        List<Dnscat2Cipher> candidates = new ArrayList<>();
        candidates.add(new Dnscat2Cipher(octets));
        for (byte[] other : List.of(client, server)) {
            byte[] agreed = other.length == POINT ? agreed(octets, other) : null;
            if (agreed != null) {
                candidates.add(new Dnscat2Cipher(agreed));
            }
        }
        return candidates;
    }

    /// The number of a sealed packet, which grows with each; -1 if it is too short for one.
    static int number(Dnscat2Packet packet) {
        int at = Dnscat2Packet.HEADER + SIGNATURE;
        byte[] octets = packet.octets();
        return octets.length < at + NUMBER ? -1 : (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }

    /// The body of a packet of that side, or null if its signature is not of this secret.
    byte @Nullable [] open(Dnscat2Packet packet, boolean fromClient) {
        byte[] body = packet.body();
        if (body.length < SIGNATURE + NUMBER) {
            return null;
        }
        String side = fromClient ? "client" : "server";
        byte[] header = Arrays.copyOf(packet.octets(), Dnscat2Packet.HEADER);
        byte[] behind = Arrays.copyOfRange(body, SIGNATURE, body.length);
        byte[] signature = sha3(sha3(shared, ascii(side + "_mac_key")), header, behind);
        if (!MessageDigest.isEqual(
                Arrays.copyOf(signature, SIGNATURE), Arrays.copyOf(body, SIGNATURE))) {
            return null;
        }
        byte[] nonce = new byte[Salsa20.NONCE];
        System.arraycopy(behind, 0, nonce, Salsa20.NONCE - NUMBER, NUMBER);
        byte[] key = sha3(shared, ascii(side + "_write_key"));
        return Salsa20.apply(key, nonce, Arrays.copyOfRange(behind, NUMBER, behind.length));
    }

    /// Whether that side proves with `proof` to know the pre-shared secret `words`.
    boolean isProved(byte[] proof, boolean fromClient, byte[] client, byte[] server, byte[] words) {
        byte[] side = ascii(fromClient ? "client" : "server");
        return MessageDigest.isEqual(sha3(side, shared, client, server, words), proof);
    }

    /// What a private key and the other end's public key agree on; null if they are none.
    private static byte @Nullable [] agreed(byte[] own, byte[] other) {
        try {
            AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
            curve.init(new ECGenParameterSpec("secp256r1"));
            ECParameterSpec p256 = curve.getParameterSpec(ECParameterSpec.class);
            ECPoint point =
                    new ECPoint(
                            new BigInteger(1, Arrays.copyOf(other, POINT / 2)),
                            new BigInteger(1, Arrays.copyOfRange(other, POINT / 2, POINT)));
            BigInteger scalar = new BigInteger(1, own);
            if (scalar.signum() == 0 || scalar.compareTo(p256.getOrder()) >= 0) {
                return null;
            }
            KeyFactory keys = KeyFactory.getInstance("EC");
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(keys.generatePrivate(new ECPrivateKeySpec(scalar, p256)));
            agreement.doPhase(keys.generatePublic(new ECPublicKeySpec(point, p256)), true);
            return agreement.generateSecret();
        } catch (InvalidKeySpecException | java.security.InvalidKeyException e) {
            return null; // a point from the wire that is not on the curve
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has ECDH on P-256", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] sha3(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA3-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA3-256", e);
        }
    }
}
