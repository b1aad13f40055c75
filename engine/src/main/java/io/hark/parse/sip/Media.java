package io.hark.parse.sip;

import io.hark.Connection;
import io.hark.bytes.Bytes;
import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// Where the voices of a call will go: the addresses and ports in a session description.
///
/// ```
/// c=IN IP4 192.0.2.10
/// m=audio 40000 RTP/AVP 0
/// ```
///
/// *Source*: RFC 4566 §5.7, §5.14.
final class Media {

    /// The name that calls expect it by.
    private static final String PARSER = "rtp";

    private static final int MAX_LINES = 200; // of a description
    private static final int MAX_STREAMS = 8; // of one call

    private Media() {}

    /// Announces what the description in `in` from `from` on says.
    static void announce(Connection connection, Bytes in, int from) {
        Addr host = null;
        int streams = 0;
        String[] lines = in.ascii(from, in.length()).split("\r?\n", MAX_LINES);
        for (String line : lines) {
            if (line.startsWith("c=IN IP")) {
                host = Addr.parse(part(line, 2));
            } else if (line.startsWith("m=") && line.contains("RTP/") && streams < MAX_STREAMS) {
                streams += expect(connection, host, part(line, 1)) ? 1 : 0;
            }
        }
    }

    private static boolean expect(Connection connection, @Nullable Addr host, String port) {
        boolean number =
                !port.isEmpty()
                        && port.length() <= 5
                        && port.chars().allMatch(c -> c >= '0' && c <= '9');
        int value = number ? Integer.parseInt(port) : 0;
        if (host == null || host.isGroupOrNobody() || value == 0 || value > 0xffff) {
            return false;
        }
        connection.expect(host, value, PARSER, null);
        return true;
    }

    private static String part(String line, int at) {
        String[] parts = line.split(" ", 5);
        return at < parts.length ? parts[at].strip() : "";
    }
}
