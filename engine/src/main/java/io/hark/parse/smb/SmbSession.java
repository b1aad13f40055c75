package io.hark.parse.smb;

import io.hark.Body;
import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.gss.Logon;

/// Frames messages and gives them to the version that speaks; the bodies of large reads and writes
/// go by without being kept.
///
/// ```
/// 00 · length 3 · ff "SMB" (1), fe "SMB" (2, 3), fd "SMB" (encrypted), fc "SMB" (compressed) · …
/// ```
///
/// *Thread*: the worker that owns the connection. *Source*: MS-SMB2 §2.1, RFC 1002 §4.3.
final class SmbSession implements StreamParser.Session {

    private static final int PREFIX = 4;
    private static final int MAX_WHOLE = 1 << 16; // longer messages are read by their head
    private static final int MESSAGE = 0;
    private static final int FIRST_CONTROL = 0x81; // session request, answers, keep-alive
    private static final int LAST_CONTROL = 0x85;
    private static final int SMB1 = 0xff;
    private static final int SMB2 = 0xfe;

    private final Connection connection;
    private final SmbFiles files;
    private final Logon logon;
    private final Smb2Talk two;
    private final Smb1Talk one;
    private final Bytes inner = new Bytes();

    SmbSession(Connection connection) {
        this.connection = connection;
        this.files = new SmbFiles(connection);
        this.logon =
                new Logon(connection.uid(), connection.id(), connection::emit, connection::confirm);
        this.two = new Smb2Talk(connection, files, logon);
        this.one = new Smb1Talk(connection, files, logon);
    }

    @Override
    public int maxMessage() {
        return PREFIX + MAX_WHOLE;
    }

    @Override
    public int frame(Bytes head, Side side) {
        int type = head.peek(0);
        if (type < 0 || head.length() < PREFIX) {
            return MORE;
        }
        if (type >= FIRST_CONTROL && type <= LAST_CONTROL) {
            return PREFIX + head.peekU16(2);
        }
        if (type != MESSAGE) {
            return MALFORMED;
        }
        int length = (int) (head.peekU32(0) & 0xff_ffff);
        if (length <= MAX_WHOLE) {
            return PREFIX + length;
        }
        int protocol = head.peek(PREFIX);
        if (protocol < 0 || head.length() < PREFIX + Smb2Talk.LONGEST_HEAD) {
            return MORE;
        }
        return PREFIX
                + (protocol == SMB2
                        ? two.head(head, PREFIX)
                        : protocol == SMB1 ? one.head(head, PREFIX) : Smb2Talk.HEADER);
    }

    @Override
    public void message(Bytes whole, Side side) {
        if (whole.peek(0) != MESSAGE || whole.length() <= PREFIX) {
            return;
        }
        int length = (int) (whole.peekU32(0) & 0xff_ffff);
        int rest = Math.max(0, PREFIX + length - whole.length());
        int protocol = whole.peek(PREFIX);
        if (!whole.looksAt(PREFIX + 1, "SMB")) {
            whole.fail("no SMB");
            return;
        }
        connection.confirm();
        inner.wrap(whole.array(), whole.base() + PREFIX, whole.length() - PREFIX);
        Body body = null;
        if (protocol == SMB2) {
            body = two.message(inner, side, rest);
        } else if (protocol == SMB1) {
            body = one.message(inner, side, rest);
        }
        if (rest > 0 && body != null) {
            connection.pass(body, rest);
        } else if (rest > 0) {
            connection.skip(rest);
        }
    }

    @Override
    public void close() {
        two.close();
        files.close();
        logon.close(connection.now());
    }
}
