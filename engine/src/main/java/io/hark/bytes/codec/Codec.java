package io.hark.bytes.codec;

import org.jspecify.annotations.Nullable;

/// Something bytes were wrapped in, that can be undone and done again: `decode(encode(x))` is `x`.
/// So what a decoder reads through codecs can also be written by who sits in the middle.
///
/// Values, made once with their key; a cipher begins anew with every call. For example
/// `TextCodec.BASE64.then(new Xor(key))` reads what was XORed and then written in base64.
///
/// *Thread*: immutable, any thread.
public interface Codec {

    /// What it is called among the layers of a message: `base64`, `rc4`.
    String name();

    /// What `octets` stand for, or null where they are nothing that it makes, or would grow beyond
    /// its budget.
    byte @Nullable [] decode(byte[] octets);

    /// What stands for `octets`.
    ///
    /// @throws IllegalArgumentException if `octets` cannot be written so: no whole blocks for a
    ///   cipher without padding, for example
    byte[] encode(byte[] octets);

    /// This one outside, `inner` inside.
    default Codec then(Codec inner) {
        return new Chain(this, inner);
    }

    /// Two in a row.
    ///
    /// @param outer is undone first
    /// @param inner is undone next
    record Chain(Codec outer, Codec inner) implements Codec {

        @Override
        public String name() {
            return outer.name() + " > " + inner.name();
        }

        @Override
        public byte @Nullable [] decode(byte[] octets) {
            byte[] between = outer.decode(octets);
            return between == null ? null : inner.decode(between);
        }

        @Override
        public byte[] encode(byte[] octets) {
            return outer.encode(inner.encode(octets));
        }
    }
}
