package io.hark.format.tlscrypt;

/// RC4 with its state as a value, so that it can be kept between records: 256 octets of the
/// permutation, then the two indexes.
final class Rc4 {

    private static final int SIZE = 256;

    private Rc4() {}

    /// The state at the start of the key stream.
    static byte[] schedule(byte[] key) {
        byte[] state = new byte[SIZE + 2];
        for (int i = 0; i < SIZE; i++) {
            state[i] = (byte) i;
        }
        int j = 0;
        for (int i = 0; i < SIZE; i++) {
            j = (j + state[i] + key[i % key.length]) & 0xff;
            swap(state, i, j);
        }
        return state;
    }

    /// Deciphers `octets` in place and moves `state` on.
    static void apply(byte[] state, byte[] octets) {
        int i = state[SIZE] & 0xff;
        int j = state[SIZE + 1] & 0xff;
        for (int at = 0; at < octets.length; at++) {
            i = (i + 1) & 0xff;
            j = (j + state[i]) & 0xff;
            swap(state, i, j);
            octets[at] ^= state[(state[i] + state[j]) & 0xff];
        }
        state[SIZE] = (byte) i;
        state[SIZE + 1] = (byte) j;
    }

    private static void swap(byte[] state, int i, int j) {
        byte kept = state[i];
        state[i] = state[j];
        state[j] = kept;
    }
}
