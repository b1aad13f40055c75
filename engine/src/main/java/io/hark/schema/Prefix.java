package io.hark.schema;

import org.jspecify.annotations.Nullable;

/// A network: an address and how many of its leading bits count, of 128.
///
/// @param network its first address
/// @param bits how many bits count; of IPv4 96 more than its own
public record Prefix(Addr network, int bits) {

    /// Reads `10.0.0.0/8`, `2001:db8::/32`, or one address; null if it is none of them.
    public static @Nullable Prefix parse(String cidr) {
        int slash = cidr.indexOf('/');
        Addr network = Addr.parse(slash < 0 ? cidr : cidr.substring(0, slash));
        String bits = slash < 0 ? "" : cidr.substring(slash + 1);
        if (network == null || !bits.matches("[0-9]{0,3}") || (slash >= 0 && bits.isEmpty())) {
            return null;
        }
        int all = network.isV4() ? 32 : 128;
        int n = bits.isEmpty() ? all : Integer.parseInt(bits);
        return n <= all ? new Prefix(network, 128 - all + n) : null;
    }

    /// Whether the address is in it.
    public boolean holds(Addr addr) {
        long hiMask = bits >= 64 ? -1 : bits == 0 ? 0 : -1L << 64 - bits;
        long loMask = bits <= 64 ? 0 : bits == 128 ? -1 : -1L << 128 - bits;
        return (addr.hi() & hiMask) == (network.hi() & hiMask)
                && (addr.lo() & loMask) == (network.lo() & loMask);
    }

    /// As it is read: `10.0.0.0/8`.
    @Override
    public String toString() {
        return network + "/" + (network.isV4() ? bits - 96 : bits);
    }
}
