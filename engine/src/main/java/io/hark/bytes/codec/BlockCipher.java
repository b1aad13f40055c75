package io.hark.bytes.codec;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.bouncycastle.crypto.BufferedBlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.DataLengthException;
import org.bouncycastle.crypto.DefaultBufferedBlockCipher;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.modes.CFBBlockCipher;
import org.bouncycastle.crypto.modes.SICBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.jspecify.annotations.Nullable;

/// A block cipher in a mode, under one key and initialisation vector.
///
/// @param algorithm which cipher
/// @param mode how blocks are chained
/// @param key of a length that the cipher has
/// @param iv a block long; empty for [Mode#ECB] and [Mode#ECB_PADDED]
public record BlockCipher(Algorithm algorithm, Mode mode, byte[] key, byte[] iv) implements Codec {

    /// A cipher.
    public enum Algorithm {
        /// FIPS 197: keys of 16, 24 or 32 octets.
        AES(AESEngine::newInstance),
        /// RFC 3713: keys of 16, 24 or 32 octets.
        CAMELLIA(CamelliaEngine::new),
        /// FIPS 46-3: keys of 8 octets.
        DES(DESEngine::new),
        /// FIPS 46-3, three times: keys of 16 or 24 octets.
        DES3(DESedeEngine::new);

        private final Supplier<org.bouncycastle.crypto.BlockCipher> engine;

        Algorithm(Supplier<org.bouncycastle.crypto.BlockCipher> engine) {
            this.engine = engine;
        }
    }

    /// How blocks are chained (NIST SP 800-38A), and whether the last one is filled up (PKCS #7).
    public enum Mode {
        /// Each by itself; whole blocks only.
        ECB,
        /// Each by itself, filled up.
        ECB_PADDED,
        /// Each with the one before it; whole blocks only.
        CBC,
        /// Each with the one before it, filled up.
        CBC_PADDED,
        /// A counter that begins at the vector makes a key stream.
        CTR,
        /// The ciphertext before makes a key stream.
        CFB
    }

    /// Keeps its own copies, and checks key and vector.
    public BlockCipher {
        key = key.clone();
        iv = iv.clone();
        start(algorithm, mode, key, iv, false);
    }

    @Override
    public String name() {
        return algorithm.name().toLowerCase(Locale.ROOT)
                + "-"
                + mode.name().toLowerCase(Locale.ROOT).replace("_padded", "");
    }

    @Override
    public byte @Nullable [] decode(byte[] octets) {
        try {
            return run(octets, false);
        } catch (InvalidCipherTextException | DataLengthException e) {
            return null; // no whole blocks, or padding that nobody wrote: the answer
        }
    }

    @Override
    public byte[] encode(byte[] octets) {
        try {
            return run(octets, true);
        } catch (InvalidCipherTextException | DataLengthException e) {
            throw new IllegalArgumentException(
                    name() + " without padding takes whole blocks only", e);
        }
    }

    private byte[] run(byte[] octets, boolean encrypting) throws InvalidCipherTextException {
        BufferedBlockCipher cipher = start(algorithm, mode, key, iv, encrypting);
        byte[] out = new byte[cipher.getOutputSize(octets.length)];
        int done = cipher.processBytes(octets, 0, octets.length, out, 0);
        return Arrays.copyOf(out, done + cipher.doFinal(out, done));
    }

    private static BufferedBlockCipher start(
            Algorithm algorithm, Mode mode, byte[] key, byte[] iv, boolean encrypting) {
        org.bouncycastle.crypto.BlockCipher engine = algorithm.engine.get();
        int bits = engine.getBlockSize() * Byte.SIZE;
        BufferedBlockCipher cipher =
                switch (mode) {
                    case ECB -> new DefaultBufferedBlockCipher(engine);
                    case ECB_PADDED -> new PaddedBufferedBlockCipher(engine);
                    case CBC -> new DefaultBufferedBlockCipher(CBCBlockCipher.newInstance(engine));
                    case CBC_PADDED ->
                            new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(engine));
                    case CTR -> new DefaultBufferedBlockCipher(SICBlockCipher.newInstance(engine));
                    case CFB ->
                            new DefaultBufferedBlockCipher(
                                    CFBBlockCipher.newInstance(engine, bits));
                };
        CipherParameters parameters = new KeyParameter(key);
        boolean alone = mode == Mode.ECB || mode == Mode.ECB_PADDED;
        cipher.init(encrypting, alone ? parameters : new ParametersWithIV(parameters, iv));
        return cipher;
    }
}
