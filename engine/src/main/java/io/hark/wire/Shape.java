package io.hark.wire;

import io.hark.event.Side;

/// Measures a first payload: entropy, printable share, mean number of set bits a byte. What
/// detectors of unknown protocols need.
///
/// *Thread*: one owner, the worker.
final class Shape {

    /// How many payload segments a connection's shape tells of.
    static final int SEGMENTS = 32;

    private static final int MEASURED = 256; // octets looked at; more changes the figures little

    private static final double[] TERM = new double[MEASURED + 1]; // n log2 n

    static {
        for (int n = 1; n <= MEASURED; n++) {
            TERM[n] = n * (Math.log(n) / Math.log(2));
        }
    }

    private final int[] counts = new int[256];

    /// Measures the payload and writes the figures into the flow.
    void measure(Flow flow, Side side, byte[] memory, int at, int length) {
        int n = Math.min(length, MEASURED);
        int printable = 0;
        int bits = 0;
        for (int i = 0; i < n; i++) {
            int octet = memory[at + i] & 0xff;
            bits += Integer.bitCount(octet);
            if (octet >= 0x20 && octet < 0x7f || octet >= 9 && octet <= 13) {
                printable++;
            }
        }
        double entropy = entropy(memory, at, length);
        Half half = flow.half(side);
        half.entropy = (short) (entropy * 1000);
        half.printable = (short) (printable * 1000 / n);
        half.setBits = (short) (bits * 1000L / n);
    }

    /// Entropy of the first octets, bits each.
    double entropy(byte[] memory, int at, int length) {
        int n = Math.min(length, MEASURED);
        for (int i = 0; i < n; i++) {
            counts[memory[at + i] & 0xff]++;
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            int octet = memory[at + i] & 0xff;
            sum += TERM[counts[octet]];
            counts[octet] = 0;
        }
        return Math.max(0, (TERM[n] - sum) / n);
    }
}
