package io.hark.decode.tunnel;

import java.util.Arrays;

/// Salsa20 with a key of 32 octets and 20 rounds, which the JDK does not have.
///
/// *Source*: D. J. Bernstein, Salsa20 specification (2005).
final class Salsa20 {

    static final int KEY = 32;
    static final int NONCE = 8;

    private static final int BLOCK = 64;
    private static final int DOUBLE_ROUNDS = 10;
    private static final int[] CONSTANTS = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

    private Salsa20() {}

    /// What comes of `octets` under the key's stream from its beginning: sealed becomes open, open
    /// sealed.
    static byte[] apply(byte[] key, byte[] nonce, byte[] octets) {
        int[] input = new int[16];
        for (int i = 0; i < 4; i++) {
            input[i * 5] = CONSTANTS[i];
            input[1 + i] = word(key, 4 * i);
            input[11 + i] = word(key, 16 + 4 * i);
        }
        input[6] = word(nonce, 0);
        input[7] = word(nonce, 4);
        byte[] out = octets.clone();
        for (int at = 0; at < out.length; at += BLOCK) {
            input[8] = at / BLOCK;
            int[] mixed = mixed(input);
            for (int i = 0; i < BLOCK && at + i < out.length; i++) {
                out[at + i] ^= (byte) (mixed[i / 4] >>> 8 * (i % 4));
            }
        }
        return out;
    }

    private static int[] mixed(int[] input) {
        int[] x = Arrays.copyOf(input, input.length);
        for (int round = 0; round < DOUBLE_ROUNDS; round++) {
            for (int i = 0; i < 4; i++) { // columns, each from its place on the diagonal
                quarter(x, 5 * i, (5 * i + 4) % 16, (5 * i + 8) % 16, (5 * i + 12) % 16);
            }
            for (int i = 0; i < 4; i++) { // rows
                int row = 4 * i;
                quarter(x, 5 * i, row + (i + 1) % 4, row + (i + 2) % 4, row + (i + 3) % 4);
            }
        }
        for (int i = 0; i < x.length; i++) {
            x[i] += input[i];
        }
        return x;
    }

    private static void quarter(int[] x, int a, int b, int c, int d) {
        x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
        x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
        x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
        x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
    }

    private static int word(byte[] octets, int at) {
        return octets[at] & 0xff
                | (octets[at + 1] & 0xff) << 8
                | (octets[at + 2] & 0xff) << 16
                | octets[at + 3] << 24;
    }
}
