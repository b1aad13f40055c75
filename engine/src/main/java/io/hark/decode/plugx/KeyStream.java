package io.hark.decode.plugx;

/// What PlugX's octets are combined with: four sums that all begin at the key, and go on their own
/// way octet by octet; the low octets of all four make one octet of the stream.
///
/// *Source*: the description in ChopShop's `plugx_tcp_decode`. Builds with constants of their own
/// are not known here.
enum KeyStream {
    /// The older one.
    FIRST {
        @Override
        void run(int key, byte[] octets) {
            int a = key;
            int b = key;
            int c = key;
            int d = key;
            for (int i = 0; i < octets.length; i++) {
                a += (a >>> 3) - 0x11111111;
                b += (b >>> 5) - 0x22222222;
                c += 0x44444444 - (c << 9);
                d += 0x33333333 - (d << 7);
                octets[i] ^= (byte) (a + b + c + d);
            }
        }
    },
    /// The one that came after it.
    SECOND {
        @Override
        void run(int key, byte[] octets) {
            int a = key;
            int b = key;
            int c = key;
            int d = key;
            for (int i = 0; i < octets.length; i++) {
                a += (a >>> 3) + 3;
                b += (b >>> 5) + 5;
                c = -127 * c - 7;
                d = -511 * d - 9;
                octets[i] ^= (byte) (a + b + c + d);
            }
        }
    };

    /// Ciphers or deciphers octets where they are.
    abstract void run(int key, byte[] octets);
}
