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
    private static final int SIGNATURE = PREFIX + 3; // what may be there of a beginning
    private static final int COMPRESSED = 0xfc; // the lowest first octet of a message

    private final Connection connection;
    private final SmbFiles files;
    private final Logon logon;
    private final Smb2Talk two;
    private final Smb1Talk one;
    private final Bytes inner = new Bytes();
    private boolean originatorLost; // behind a gap, until a message begins
    private boolean responderLost;

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
        if (isLost(side) && !isStart(head, 0)) {
            return junk(head);
        }
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
        if (isLost(side)) {
            if (!isStart(whole, 0)) {
                return;
            }
            lost(side, false);
        }
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

    // ---- gaps

    @Override
    public boolean gap(Side side, long bytes) {
        lost(side, true);
        return true;
    }

    private boolean isLost(Side side) {
        return side == Side.ORIGINATOR ? originatorLost : responderLost;
    }

    private void lost(Side side, boolean is) {
        if (side == Side.ORIGINATOR) {
            originatorLost = is;
        } else {
            responderLost = is;
        }
    }

    /// Whether a message begins at `at`: a prefix and a protocol that only SMB has.
    private static boolean isStart(Bytes bytes, int at) {
        return bytes.peek(at) == MESSAGE
                && bytes.peek(at + PREFIX) >= COMPRESSED
                && bytes.looksAt(at + PREFIX + 1, "SMB");
    }

    /// How many octets lie before the next beginning of a message, or cannot be one.
    private static int junk(Bytes head) {
        int most = Math.min(head.length(), MAX_WHOLE);
        for (int at = head.indexOf('S', 0); at >= 0 && at < most; at = head.indexOf('S', at + 1)) {
            int start = at - PREFIX - 1;
            if (start > 0 && isStart(head, start)) {
                return start;
            }
        }
        return Math.max(0, most - SIGNATURE); // 0 is MORE
    }

    @Override
    public void close() {
        two.close();
        files.close();
        logon.close(connection.now());
    }
}
