package io.hark.parse.smb;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// SMB over TCP, with or without NetBIOS sessions.
public final class SmbParser implements StreamParser {

    private static final int SESSION_REQUEST = 0x81;
    private static final int NAME = 32; // octets of an encoded NetBIOS name
    private static final int REQUEST_LENGTH = 68; // of a session request without scopes

    @Override
    public String name() {
        return "smb";
    }

    @Override
    public String about() {
        return "SMB 1, 2 and 3: logons, shares, files, pipes (MS-CIFS, MS-SMB2)";
    }

    @Override
    public Hints hints() {
        return Hints.ports(445, 139).beginning("\0\u0081");
    }

    @Override
    public int probe(Bytes head, Side side) {
        if (head.peek(0) == SESSION_REQUEST) {
            int length = head.peekU16(2);
            int name = head.peek(4);
            return name < 0
                    ? Verdict.MORE
                    : length == REQUEST_LENGTH && name == NAME ? Verdict.YES : Verdict.NO;
        }
        int protocol = head.peek(4);
        if (head.length() < 8) {
            return protocol >= 0 && protocol < 0xfc ? Verdict.NO : Verdict.MORE;
        }
        return protocol >= 0xfc && head.looksAt(5, "SMB") ? Verdict.YES : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new SmbSession(connection);
    }
}
