package io.hark.engagement;

import io.hark.UserError;
import io.hark.config.YamlPart;
import io.hark.schema.Addr;
import io.hark.schema.Prefix;
import java.util.List;

/// The local networks: who is one of ours.
///
/// @param prefixes the networks
public record Networks(List<Prefix> prefixes) {

    /// The private ranges: RFC 1918, RFC 6598, loopback, link-local, RFC 4193.
    public static final Networks PRIVATE = new Networks(List.of());

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

    /// Networks, or single addresses, of a member of a file; [#PRIVATE] where it is missing.
    static Networks of(YamlPart part, String key) {
        return new Networks(part.each(key, Networks::prefix));
    }

    private static Prefix prefix(String cidr) {
        Prefix prefix = Prefix.parse(cidr);
        if (prefix == null) {
            throw new UserError(
                    "'" + cidr + "' is no network; write it like 10.0.0.0/8 or 2001:db8::/32");
        }
        return prefix;
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
