package io.hark.bytes.codec;

import java.util.Locale;
import java.util.function.Supplier;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.engines.ChaCha7539Engine;
import org.bouncycastle.crypto.engines.ChaChaEngine;
import org.bouncycastle.crypto.engines.RC4Engine;
import org.bouncycastle.crypto.engines.Salsa20Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/// A key stream that bytes are XORed with, from its beginning with every call.
///
/// @param algorithm which one
/// @param key of a length that the cipher has
/// @param nonce as the cipher wants it; empty for RC4
public record StreamCipher(Algorithm algorithm, byte[] key, byte[] nonce) implements Codec {

    /// A cipher.
    public enum Algorithm {
        /// RC4 (RFC 6229 has vectors): keys of 1 to 256 octets.
        RC4(RC4Engine::new),
        /// Salsa20/20: keys of 16 or 32 octets, a nonce of 8.
        SALSA20(Salsa20Engine::new),
        /// ChaCha20 as its author made it: keys of 16 or 32 octets, a nonce of 8.
        CHACHA20_64(ChaChaEngine::new),
        /// ChaCha20, RFC 8439: keys of 32 octets, a nonce of 12; the counter begins at 0.
        CHACHA20(ChaCha7539Engine::new);

        private final Supplier<org.bouncycastle.crypto.StreamCipher> engine;

        Algorithm(Supplier<org.bouncycastle.crypto.StreamCipher> engine) {
            this.engine = engine;
        }
    }

    /// Keeps its own copies, and checks key and nonce.
    public StreamCipher {
        key = key.clone();
        nonce = nonce.clone();
        start(algorithm, key, nonce);
    }

    /// RC4 under a key.
    public static StreamCipher rc4(byte[] key) {
        return new StreamCipher(Algorithm.RC4, key, new byte[0]);
    }

    @Override
    public String name() {
        return algorithm.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public byte[] decode(byte[] octets) {
        byte[] out = new byte[octets.length];
        start(algorithm, key, nonce).processBytes(octets, 0, octets.length, out, 0);
        return out;
    }

    @Override
    public byte[] encode(byte[] octets) {
        return decode(octets);
    }

    private static org.bouncycastle.crypto.StreamCipher start(
            Algorithm algorithm, byte[] key, byte[] nonce) {
        if (key.length == 0 || key.length > 256) {
            throw new IllegalArgumentException("a key has 1 to 256 octets, not " + key.length);
        }
        org.bouncycastle.crypto.StreamCipher engine = algorithm.engine.get();
        CipherParameters parameters = new KeyParameter(key);
        engine.init(
                true,
                algorithm == Algorithm.RC4 ? parameters : new ParametersWithIV(parameters, nonce));
        return engine;
    }
}
