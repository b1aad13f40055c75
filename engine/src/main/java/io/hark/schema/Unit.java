package io.hark.schema;

/// What a column's numbers measure, which decides how they are written.
public enum Unit {
    /// A plain count or code.
    NONE,
    /// Nanoseconds since 1970 UTC; written as Zeek's `time`.
    TIME,
    /// Nanoseconds; written as Zeek's `interval`, in seconds.
    DURATION,
    /// Bytes.
    BYTES,
    /// Packets or frames.
    PACKETS,
    /// A share or score from 0 to 1.
    SHARE,
    /// A hardware address in the low 48 bits; written `aa:bb:cc:dd:ee:ff`.
    MAC,
    /// Bits of Shannon entropy a byte.
    BITS
}
