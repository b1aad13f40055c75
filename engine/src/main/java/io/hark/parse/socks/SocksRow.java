package io.hark.parse.socks;

import io.hark.Connection;
import io.hark.bytes.Bytes;
import io.hark.event.Socks;
import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// Gathers what becomes the event: told once, where there was a request.
///
/// *Source*: RFC 1928 §4, §6; SOCKS 4 as its authors' memo has it.
final class SocksRow {

    private static final String HIDDEN = "<hidden>";
    private static final int REFUSED_4 = 0x5b; // the first of SOCKS 4's refusals
    private static final String[] ANSWERS = {
        "succeeded",
        "general SOCKS server failure",
        "connection not allowed by ruleset",
        "Network unreachable",
        "Host unreachable",
        "Connection refused",
        "TTL expired",
        "Command not supported",
        "Address type not supported"
    };

    private final Connection connection;
    private long ts;
    private int version;
    private @Nullable String user;
    private boolean password;
    private @Nullable String status;
    private @Nullable Addr host;
    private @Nullable String name;
    private int port;
    private @Nullable Addr boundHost;
    private @Nullable String boundName;
    private int boundPort;

    SocksRow(Connection connection) {
        this.connection = connection;
    }

    void user(String given, boolean withPassword) {
        user = given;
        password = withPassword;
    }

    void request4(Bytes in) {
        ts = connection.now();
        version = 4;
        port = in.peekU16(2);
        int end = in.indexOf(0, 8);
        String given = in.ascii(8, end);
        user = given.isEmpty() ? null : given;
        if (in.peekU16(4) == 0 && in.peek(6) == 0 && in.peek(7) != 0) {
            name = in.ascii(end + 1, in.length() - 1);
        } else {
            host = Addr.v4((int) in.peekU32(4));
        }
    }

    void request5(Bytes in) {
        ts = connection.now();
        version = 5;
        host = address(in);
        name = name(in);
        port = in.peekU16(in.length() - 2);
    }

    void reply4(Bytes in) {
        status = in.peek(1) >= REFUSED_4 ? ANSWERS[1] : ANSWERS[0];
        boundPort = in.peekU16(2);
        boundHost = Addr.v4((int) in.peekU32(4));
    }

    void reply5(Bytes in) {
        int code = in.peek(1);
        status = code < ANSWERS.length ? ANSWERS[code] : "unknown-" + code;
        boundHost = address(in);
        boundName = name(in);
        boundPort = in.peekU16(in.length() - 2);
    }

    private static @Nullable Addr address(Bytes in) {
        return switch (in.peek(3)) {
            case 1 -> Addr.v4((int) in.peekU32(4));
            case 4 ->
                    new Addr(
                            in.peekU32(4) << 32 | in.peekU32(8),
                            in.peekU32(12) << 32 | in.peekU32(16));
            default -> null;
        };
    }

    private static @Nullable String name(Bytes in) {
        return in.peek(3) == 3 ? in.ascii(5, 5 + in.peek(4)) : null;
    }

    void emit() {
        if (version == 0 || status == null) {
            return;
        }
        connection.emit(
                new Socks(
                        ts,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        version,
                        user,
                        password ? HIDDEN : null,
                        status,
                        host,
                        name,
                        port,
                        boundHost,
                        boundName,
                        boundPort));
        version = 0;
    }
}
