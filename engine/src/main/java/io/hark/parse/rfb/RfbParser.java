package io.hark.parse.rfb;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// RFB, the protocol of VNC.
public final class RfbParser implements StreamParser {

    static final String BANNER = "RFB ";
    static final int BANNER_LENGTH = 12; // RFB 003.008 and a line feed

    @Override
    public String name() {
        return "rfb";
    }

    @Override
    public String about() {
        return "RFB (RFC 6143), the protocol of VNC: versions, login, desktop";
    }

    @Override
    public Hints hints() {
        return Hints.ports(5900, 5901).beginning("R");
    }

    @Override
    public int probe(Bytes head, Side side) {
        int n = Math.min(head.length(), BANNER.length());
        if (!head.looksAt(0, BANNER.substring(0, n))) {
            return Verdict.NO;
        }
        return head.length() < BANNER_LENGTH
                ? Verdict.MORE
                : head.peek(7) == '.' && head.peek(11) == '\n' ? Verdict.YES : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new RfbSession(connection);
    }
}
