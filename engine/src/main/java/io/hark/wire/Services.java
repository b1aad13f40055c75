package io.hark.wire;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// Ports on which servers are likely: who begins a connection whose first packet was not seen is
/// guessed by them.
///
/// *Source*: the ports that Zeek's analyzers register (`likely_server_ports`).
final class Services {

    private static final BitSet TCP =
            set(
                    21, 22, 23, 25, 53, 80, 81, 88, 110, 139, 143, 389, 443, 445, 465, 502, 514,
                    563, 585, 587, 614, 631, 636, 853, 989, 990, 992, 993, 995, 1080, 1434, 1883,
                    2811, 3128, 3268, 3306, 3389, 5060, 5223, 5432, 6379, 6666, 6667, 6668, 6669,
                    8000, 8080, 8443, 8888, 20_000);
    private static final BitSet UDP =
            set(
                    53, 67, 88, 123, 137, 161, 162, 389, 443, 514, 1812, 1813, 2123, 2152, 3544,
                    4789, 5060, 5072, 5353, 5355, 6081, 20_000);

    private Services() {}

    private static BitSet set(int... ports) {
        BitSet bits = new BitSet();
        for (int port : ports) {
            bits.set(port);
        }
        return bits;
    }

    /// `list`, the protocols of a connection, with `name` among them once.
    static String with(@Nullable String list, String name) {
        if (list == null) {
            return name;
        }
        return ("," + list + ",").contains("," + name + ",") ? list : list + "," + name;
    }

    /// Whether a TCP server is likely there.
    static boolean isTcp(int port) {
        return TCP.get(port);
    }

    /// Whether a UDP server is likely there.
    static boolean isUdp(int port) {
        return UDP.get(port);
    }
}
