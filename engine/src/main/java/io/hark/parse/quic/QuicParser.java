package io.hark.parse.quic;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.quic.QuicVersion;

/// QUIC, claimed by a long header of a known version, on any port; Google's old form, too.
public final class QuicParser implements DatagramParser {

    private static final Hints HINTS = Hints.ports(443, 80, 853, 784, 8853);

    private static final int LONG = 0x80;
    private static final int FIXED = 0x40;
    private static final int MIN_LENGTH = 23; // header, number and the sample that unmasks it
    private static final int GOOGLE_VERSION_AT = 9; // behind flags and a connection id

    @Override
    public String name() {
        return "quic";
    }

    @Override
    public String about() {
        return "QUIC 1 and 2 and drafts: Initial packets, SNI, JA3, JA4 (RFC 9000, RFC 9001, RFC 9369)";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        int first = payload.peek(0);
        if (payload.length() < MIN_LENGTH) {
            return Verdict.NO;
        }
        if ((first & LONG) == 0) {
            return google(payload, first) ? Verdict.YES : Verdict.NO;
        }
        long number = payload.peekU32(1);
        boolean known = QuicVersion.isKnown(number);
        if (!known && !isGrease(number) && !(number == 0 && HINTS.usual(port))) {
            return Verdict.NO;
        }
        if (QuicVersion.isGoogle(number) && number < 0x5130_3530L) {
            return Verdict.YES; // Q046 has lengths of connection ids in four bits
        }
        LongHeader header = new LongHeader();
        if (!header.read(payload, 0)) {
            return Verdict.NO;
        }
        boolean fixed = (first & FIXED) != 0;
        return known && fixed ? Verdict.YES : Verdict.MAYBE - 10;
    }

    /// RFC 9000 §15: versions that clients offer so that servers learn to refuse.
    private static boolean isGrease(long number) {
        return (number & 0x0f0f_0f0fL) == 0x0a0a_0a0aL;
    }

    /// `flags 1 · connection id 8 · version 4 · packet number`, up to version 43.
    private static boolean google(Bytes payload, int flags) {
        long version = payload.peekU32(GOOGLE_VERSION_AT);
        return (flags & 9) == 9 && (flags & 0xc0) == 0 && QuicVersion.isGoogle(version);
    }

    @Override
    public Session open(Connection connection) {
        return new QuicSession(connection);
    }
}
