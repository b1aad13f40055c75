package io.hark.parse.stun;

import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// One STUN message.
///
/// ```
/// 00 type 14 bits · length 2 · cookie 2112a442 · transaction 12 · attributes: type 2, length 2, value, padding
/// ```
///
/// *Source*: RFC 8489 §5, §14; RFC 8656 §18 (TURN); RFC 3489 §11, whose messages have no cookie.
final class StunMessage {

    static final int HEADER = 20;
    static final long COOKIE = 0x2112_a442L;

    private static final int MAX_ATTRIBUTES = 64; // of one message; there are some 40 kinds
    private static final int MAX_TEXT = 763; // octets of the longest text (RFC 8489 §14.8)

    private static final int MAPPED = 0x0001;
    private static final int USERNAME = 0x0006;
    private static final int ERROR_CODE = 0x0009;
    private static final int PEER = 0x0012;
    private static final int REALM = 0x0014;
    private static final int RELAYED = 0x0016;
    private static final int XOR_MAPPED = 0x0020;
    private static final int SOFTWARE = 0x8022;

    /// An address and a port.
    record Place(Addr host, int port) {}

    int type;
    long transactionHigh;
    long transactionLow;
    private boolean cookie;
    int error;
    @Nullable String username;
    @Nullable String realm;
    @Nullable String software;
    @Nullable Place mapped;
    @Nullable Place relayed;
    @Nullable Place peer;

    private StunMessage() {}

    /// How sure it is that a message begins there and fills all there is: YES with the cookie,
    /// MAYBE without, where the attributes fit.
    static int form(Bytes in) {
        int type = in.peekU16(0);
        int length = in.peekU16(2);
        if (type < 0 || type >= 0x4000 || length % 4 != 0 || in.length() != HEADER + length) {
            return Verdict.NO;
        }
        if (in.peekU32(4) == COOKIE) {
            return Verdict.YES;
        }
        boolean old = (type & ~0x0110) == 1 || (type & ~0x0110) == 3;
        int at = HEADER;
        while (old && at < in.length()) { // each step is four octets at least
            int size = in.peekU16(at + 2);
            old = size >= 0;
            at += 4 + (size + 3 & ~3);
        }
        return old && at == in.length() ? Verdict.MAYBE : Verdict.NO;
    }

    /// Reads a message; what breaks off sticks to `in`.
    static StunMessage read(Bytes in) {
        StunMessage message = new StunMessage();
        message.type = in.u16();
        int length = in.u16();
        message.transactionHigh = in.u64();
        message.transactionLow = in.u64();
        message.cookie = message.transactionHigh >>> 32 == COOKIE;
        in.limit(length);
        for (int i = 0; i < MAX_ATTRIBUTES && in.ok() && in.remaining() >= 4; i++) {
            int attribute = in.u16();
            int size = in.u16();
            int outer = in.limit(size);
            message.attribute(attribute, size, in);
            in.unlimit(outer);
            in.skip(Math.min(-size & 3, in.remaining()));
        }
        return message;
    }

    private void attribute(int attribute, int size, Bytes in) {
        switch (attribute) {
            case MAPPED -> mapped = mapped == null ? place(in, false) : mapped;
            case XOR_MAPPED -> mapped = place(in, true);
            case RELAYED -> relayed = place(in, true);
            case PEER -> peer = place(in, true);
            case USERNAME -> username = in.utf8(Math.min(size, MAX_TEXT));
            case REALM -> realm = in.utf8(Math.min(size, MAX_TEXT));
            case SOFTWARE -> software = in.utf8(Math.min(size, MAX_TEXT));
            case ERROR_CODE -> {
                in.skip(2);
                error = (in.u8() & 7) * 100;
                error += in.u8();
            }
            default -> {}
        }
    }

    /// RFC 8489 §14.2: ports and addresses are masked by the cookie, of IPv6 also by the
    /// transaction, so that no router on the way translates them.
    private @Nullable Place place(Bytes in, boolean masked) {
        in.skip(1);
        int family = in.u8();
        boolean unmask = masked && cookie;
        int port = in.u16() ^ (unmask ? (int) (COOKIE >>> 16) : 0);
        if (family == 1) {
            int bits = (int) in.u32() ^ (unmask ? (int) COOKIE : 0);
            return in.ok() ? new Place(Addr.v4(bits), port) : null;
        }
        long high = in.u64() ^ (unmask ? transactionHigh : 0);
        long low = in.u64() ^ (unmask ? transactionLow : 0);
        return in.ok() && family == 2 ? new Place(new Addr(high, low), port) : null;
    }

    /// 0 request, 1 indication, 2 success, 3 error.
    int kind() {
        return type >>> 7 & 2 | type >>> 4 & 1;
    }

    /// What is asked.
    String method() {
        int method = type & 0xf | (type & 0xe0) >>> 1 | (type & 0x3e00) >>> 2;
        return switch (method) {
            case 1 -> "binding";
            case 2 -> "shared-secret";
            case 3 -> "allocate";
            case 4 -> "refresh";
            case 6 -> "send";
            case 7 -> "data";
            case 8 -> "create-permission";
            case 9 -> "channel-bind";
            case 10 -> "connect";
            case 11 -> "connection-bind";
            case 12 -> "connection-attempt";
            default -> "unknown-" + method;
        };
    }
}
