package io.hark.parse.dnp3;

import io.hark.bytes.Bytes;

/// A frame of DNP3's data link layer.
///
/// ```
/// 05 64 · length 1 · control 1 · to 2 · from 2 · CRC 2 · { up to 16 octets · CRC 2 } …
/// ```
///
/// The length counts from the control octet on, without the CRCs. The CRC of the header tells a
/// frame from octets that only begin alike. *Source*: IEEE 1815 §9.2.
final class Dnp3Frame {

    /// Header and its CRC.
    static final int HEADER = 10;

    /// The longest frame: 250 octets of data in 16 blocks.
    static final int MAX = HEADER + 250 + 2 * 16;

    private static final int CHECKED = 8; // octets of the header under its CRC
    private static final int MIN_LENGTH = 5; // control and two addresses
    private static final int BLOCK = 16;
    private static final int POLYNOMIAL =
            0xa6bc; // x^16+x^13+x^12+x^11+x^10+x^8+x^6+x^5+x^2+1, reflected

    private Dnp3Frame() {}

    /// How long the frame at `at` is; 0 where that cannot be told yet, -1 where there is none.
    static int lengthAt(Bytes in, int at) {
        int first = in.peek(at);
        int second = in.peek(at + 1);
        if (first >= 0 && first != 0x05 || second >= 0 && second != 0x64) {
            return -1;
        }
        int length = in.peek(at + 2);
        if (in.length() - at < HEADER) {
            return length >= 0 && length < MIN_LENGTH ? -1 : 0;
        }
        if (length < MIN_LENGTH || crc(in, at) != little(in, at + CHECKED)) {
            return -1;
        }
        int data = length - MIN_LENGTH;
        return HEADER + data + 2 * ((data + BLOCK - 1) / BLOCK);
    }

    private static int little(Bytes in, int at) {
        return in.peek(at) | in.peek(at + 1) << 8;
    }

    private static int crc(Bytes in, int at) {
        int crc = 0;
        for (int i = at; i < at + CHECKED; i++) {
            crc ^= in.peek(i);
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ POLYNOMIAL : crc >>> 1;
            }
        }
        return ~crc & 0xffff;
    }
}
