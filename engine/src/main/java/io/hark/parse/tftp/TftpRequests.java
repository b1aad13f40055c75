package io.hark.parse.tftp;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// TFTP requests.
///
/// ```
/// 00 01 (read) | 00 02 (write)  name 00 mode 00 [option 00 value 00 …]
/// ```
public final class TftpRequests implements DatagramParser {

    private static final int MAX_NAME = 512; // RFC 2347: a request has 512 octets at most
    private static final int MAX_REQUESTS = 64; // of one connection; a client sends one

    @Override
    public String name() {
        return "tftp";
    }

    @Override
    public String about() {
        return "TFTP (RFC 1350, RFC 2347): requests";
    }

    @Override
    public Hints hints() {
        return Hints.ports(69).beginning("\0");
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        int code = payload.peekU16(0);
        return (code == Transfer.READ || code == Transfer.WRITE) && mode(payload) != null
                ? Verdict.YES
                : Verdict.NO;
    }

    private static @Nullable String mode(Bytes in) {
        int name = in.indexOf(0, 2);
        int end = name < 3 || name > MAX_NAME ? -1 : in.indexOf(0, name + 1);
        for (int i = 2; i < name; i++) {
            if (in.peek(i) < ' ') {
                return null;
            }
        }
        String mode = end < 0 ? "" : in.ascii(name + 1, end).toLowerCase(Locale.ROOT);
        return switch (mode) {
            case "octet", "netascii", "mail" -> mode;
            default -> null;
        };
    }

    @Override
    public Session open(Connection connection) {
        connection.confirm();
        return new Session() {
            private final List<Transfer> requests = new ArrayList<>(1);

            @Override
            public void datagram(Bytes payload, Side side) {
                int code = payload.peekU16(0);
                String mode = mode(payload);
                boolean request = code == Transfer.READ || code == Transfer.WRITE;
                if (request && mode != null && requests.size() < MAX_REQUESTS) {
                    String name = payload.ascii(2, payload.indexOf(0, 2));
                    Transfer fresh = new Transfer(connection, code == Transfer.WRITE, name, mode);
                    requests.add(fresh);
                    fresh.tell(connection);
                    connection.expect(
                            connection.id().orig_h(),
                            connection.id().orig_p(),
                            TftpData.NAME,
                            fresh);
                } else if (!request && !requests.isEmpty()) {
                    requests.getLast().packet(connection, payload, side); // answered by port 69
                }
            }

            @Override
            public void close() {
                requests.forEach(request -> request.end(connection));
            }
        };
    }
}
