package io.hark.engagement;

import io.hark.UserError;
import io.hark.schema.Addr;
import java.util.List;

/// The local networks: who is one of ours.
///
/// @param prefixes the networks
public record Networks(List<Prefix> prefixes) {

    /// The private ranges: RFC 1918, RFC 6598, loopback, link-local, RFC 4193.
    public static final Networks PRIVATE = new Networks(List.of());

    /// An address and how many of its leading bits count, of 128.
    record Prefix(Addr network, int bits) {
        boolean holds(Addr addr) {
            long hiMask = bits >= 64 ? -1 : bits == 0 ? 0 : -1L << 64 - bits;
            long loMask = bits <= 64 ? 0 : bits == 128 ? -1 : -1L << 128 - bits;
            return (addr.hi() & hiMask) == (network.hi() & hiMask)
                    && (addr.lo() & loMask) == (network.lo() & loMask);
        }
    }

    /// Keeps its own copy.
    public Networks {
        prefixes = List.copyOf(prefixes);
    }

    /// Reads CIDR texts: `10.0.0.0/8`, `2001:db8::/32`, or one address.
    ///
    /// @throws UserError if one is no network
    public static Networks of(List<String> cidrs) {
        return cidrs.isEmpty()
                ? PRIVATE
                : new Networks(cidrs.stream().map(Networks::prefix).toList());
    }

    private static Prefix prefix(String cidr) {
        int slash = cidr.indexOf('/');
        Addr network = Addr.parse(slash < 0 ? cidr : cidr.substring(0, slash));
        String bits = slash < 0 ? "" : cidr.substring(slash + 1);
        if (network != null && bits.matches("[0-9]{0,3}")) {
            int all = network.isV4() ? 32 : 128;
            int n = bits.isEmpty() ? all : Integer.parseInt(bits);
            if (n <= all && (slash < 0 || !bits.isEmpty())) {
                return new Prefix(network, 128 - all + n);
            }
        }
        throw new UserError(
                "'" + cidr + "' is no network; write it like 10.0.0.0/8 or 2001:db8::/32");
    }

    /// Whether the address is local.
    public boolean isLocal(Addr addr) {
        if (prefixes.isEmpty()) {
            return addr.isPrivate();
        }
        for (Prefix prefix : prefixes) {
            if (prefix.holds(addr)) {
                return true;
            }
        }
        return false;
    }
}
