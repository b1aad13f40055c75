package io.hark.bytes.codec;

/// Every octet XORed with a key that repeats.
///
/// @param key at least one octet
public record Xor(byte[] key) implements Codec {

    /// Keeps its own copy.
    public Xor {
        if (key.length == 0) {
            throw new IllegalArgumentException("a key has at least one octet");
        }
        key = key.clone();
    }

    @Override
    public String name() {
        return "xor";
    }

    @Override
    public byte[] decode(byte[] octets) {
        byte[] out = octets.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] ^= key[i % key.length];
        }
        return out;
    }

    @Override
    public byte[] encode(byte[] octets) {
        return decode(octets);
    }
}
