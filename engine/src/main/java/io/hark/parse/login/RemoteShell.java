package io.hark.parse.login;

import io.hark.Body;
import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Login;
import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// What rlogin and rsh begin with: texts that end in a zero; then one octet of the server, 0 where
/// it lets the client in.
///
/// ```
/// rlogin  00  client's user 00  server's user 00  terminal/speed 00
/// rsh     port 00  client's user 00  server's user 00  command 00
/// ```
///
/// *Source*: RFC 1282 §1; rshd(8).
final class RemoteShell implements StreamParser.Session {

    static final int TEXTS = 4;
    static final int MAX_REQUEST = 4096; // octets; commands are short

    private final Connection connection;
    private final String proto;
    private final long ts;
    private String[] texts = new String[0];
    private @Nullable Boolean success;
    private boolean told;

    RemoteShell(Connection connection, String proto) {
        this.connection = connection;
        this.proto = proto;
        this.ts = connection.now();
    }

    /// Where the texts end in `head`; -1 where they do not yet.
    static int end(Bytes head) {
        int at = -1;
        for (int i = 0; i < TEXTS; i++) {
            at = head.indexOf(0, at + 1);
            if (at < 0) {
                return -1;
            }
        }
        return at + 1;
    }

    @Override
    public int maxMessage() {
        return MAX_REQUEST;
    }

    @Override
    public int frame(Bytes head, Side side) {
        if (side == Side.RESPONDER || texts.length > 0) {
            return head.length() > 0 ? 1 : MORE;
        }
        int end = end(head);
        return end < 0 ? head.length() > MAX_REQUEST ? MALFORMED : MORE : end;
    }

    @Override
    public void message(Bytes whole, Side side) {
        if (side == Side.RESPONDER) {
            if (success == null) {
                success = whole.u8() == 0;
                tell();
            }
            connection.skip(Body.UNTIL_END);
        } else if (texts.length == 0) {
            texts = whole.ascii(0, whole.length()).split("\0", TEXTS + 1);
        } else {
            connection.skip(Body.UNTIL_END);
        }
    }

    @Override
    public void close() {
        tell();
    }

    private void tell() {
        if (told || texts.length < TEXTS) {
            return;
        }
        told = true;
        connection.confirm();
        boolean rlogin = proto.equals("rlogin");
        connection.emit(
                new Login(
                        ts,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        proto,
                        texts[2],
                        texts[1],
                        rlogin ? texts[3] : null,
                        rlogin ? null : texts[3],
                        success,
                        Boolean.FALSE.equals(success) ? 1 : 0));
    }
}
