package io.hark.lake;

import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// A network, `10.0.0.0/8` or `2001:db8::/32`, as its first and last address.
record AddrRange(Addr first, Addr last) {

    /// Reads a network or one address; null if it is neither.
    static @Nullable AddrRange of(String text) {
        int slash = text.indexOf('/');
        Addr network = Addr.parse(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            return null;
        }
        String digits = slash < 0 ? "" : text.substring(slash + 1);
        int all = network.isV4() ? 32 : 128;
        if (slash >= 0 && (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > all)) {
            return null;
        }
        int bits = slash < 0 ? 128 : 128 - all + Integer.parseInt(digits);
        long hiMask = bits >= 64 ? -1 : bits == 0 ? 0 : -1L << 64 - bits;
        long loMask = bits <= 64 ? 0 : bits == 128 ? -1 : -1L << 128 - bits;
        return new AddrRange(
                new Addr(network.hi() & hiMask, network.lo() & loMask),
                new Addr(network.hi() | ~hiMask, network.lo() | ~loMask));
    }

    /// Whether the text is an address or a network.
    static boolean isOne(String text) {
        return of(text) != null;
    }

    boolean isSingle() {
        return first.equals(last);
    }

    /// Whether it is of IPv4.
    boolean isV4() {
        return first.isV4();
    }

    /// A v4 address as a number; of v6 see [#hex].
    static long number(Addr v4) {
        return v4.v4Bits() & 0xffff_ffffL;
    }

    /// An address as 32 hex digits.
    static String hex(Addr addr) {
        return "%016x%016x".formatted(addr.hi(), addr.lo());
    }
}
