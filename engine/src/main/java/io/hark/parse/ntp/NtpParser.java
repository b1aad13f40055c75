package io.hark.parse.ntp;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Ntp;
import io.hark.event.Side;
import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// NTP, versions 1 to 4: each message that tells the time is an event. Control and private messages
/// are recognised, and said to be there where they are not usual: `monlist` is a known amplifier.
///
/// ```
/// 0       1        2      3          4           8           12       16..48
/// leap·v·m stratum  poll   precision  root delay  dispersion  ref id   reference, origin, receive, transmit
/// ```
///
/// *Source*: RFC 5905 §7.3; RFC 9327 for mode 6.
public final class NtpParser implements DatagramParser {

    private static final Hints HINTS = Hints.ports(123);

    private static final int HEADER = 48;
    private static final int CONTROL = 6;
    private static final int PRIVATE = 7;
    private static final int CONTROL_HEADER = 12;
    private static final int PRIVATE_HEADER = 8;
    private static final int MONLIST = 42;
    private static final int MAX_STRATUM = 16;
    private static final int MIN_EXTENSION = 16;
    private static final int MAX_EXTENSIONS = 32; // of one message; servers send one or two

    /// Octets of a message authentication code: key id and MD5 or SHA-1 (RFC 7822 §7.5).
    private static final int MAX_MAC = 24;

    private static final long EPOCH_SECONDS = 2_208_988_800L; // 1900 to 1970
    private static final long YEAR_2000 = 0xbc17_c200L; // in seconds since 1900
    private static final long SECOND = 1_000_000_000L;

    @Override
    public String name() {
        return "ntp";
    }

    @Override
    public String about() {
        return "NTP (RFC 5905, RFC 1305)";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        if (!isNtp(payload)) {
            return Verdict.NO;
        }
        boolean usual = HINTS.usual(port);
        int mode = payload.peek(0) & 7;
        if (mode >= CONTROL) {
            return usual ? Verdict.MAYBE : Verdict.NO;
        }
        if (usual) {
            return Verdict.YES;
        }
        // elsewhere only what is beyond doubt: client or server, no extension, a time that may be
        int version = payload.peek(0) >>> 3 & 7;
        boolean plain = payload.length() == HEADER && version >= 3 && (mode == 3 || mode == 4);
        return plain && payload.peekU32(40) > YEAR_2000 ? Verdict.MAYBE : Verdict.NO;
    }

    /// Whether version, mode, stratum and lengths go together.
    private static boolean isNtp(Bytes payload) {
        int first = payload.peek(0);
        int version = first >>> 3 & 7;
        int mode = first & 7;
        int length = payload.length();
        if (version < 1 || version > 4 || mode == 0 && version != 1) {
            return false;
        }
        return switch (mode) {
            case CONTROL -> // RFC 9327 §2: what it counts is there
                    length >= CONTROL_HEADER && length - CONTROL_HEADER >= payload.peekU16(10);
            case PRIVATE -> // the implementations that there are: 0, 2 and 3
                    length >= PRIVATE_HEADER && payload.peek(2) <= 3;
            default -> length >= HEADER && payload.peek(1) <= MAX_STRATUM;
        };
    }

    @Override
    public Session open(Connection connection) {
        return new Session() {
            @Override
            public boolean takes(Bytes payload, Side side) {
                return isNtp(payload);
            }

            @Override
            public void datagram(Bytes payload, Side side) {
                read(connection, payload);
            }
        };
    }

    private static void read(Connection connection, Bytes in) {
        int first = in.u8();
        int mode = first & 7;
        if (mode >= CONTROL) {
            connection.confirm();
            if (mode == PRIVATE && in.peek(3) == MONLIST) {
                connection.anomaly("ntp_monlist", null);
            }
            return;
        }
        if (in.length() < HEADER) {
            in.fail("ends early");
            return;
        }
        connection.confirm();
        int stratum = in.u8();
        long poll = power((byte) in.u8());
        long precision = power((byte) in.u8());
        long delay = shortTime(in.u32());
        long dispersion = shortTime(in.u32());
        String reference = reference(stratum, in);
        connection.emit(
                new Ntp(
                        connection.now(),
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        first >>> 3 & 7,
                        mode,
                        stratum,
                        poll,
                        precision,
                        delay,
                        dispersion,
                        reference,
                        time(in),
                        time(in),
                        time(in),
                        time(in),
                        extensions(in)));
    }

    /// Of stratum 0 and 1 letters, else an IPv4 address or what stands for one of IPv6.
    private static String reference(int stratum, Bytes in) {
        if (stratum > 1) {
            return Addr.v4((int) in.u32()).toString();
        }
        String letters = in.ascii(4);
        int end = stratum == 0 ? letters.length() : letters.indexOf(0);
        return end < 0 ? letters : letters.substring(0, end);
    }

    /// Two to that power, in nanoseconds; what no clock has is cut.
    private static long power(int exponent) {
        int bounded = Math.clamp(exponent, -63, 33);
        return bounded >= 0 ? SECOND << bounded : Math.round(Math.scalb((double) SECOND, bounded));
    }

    /// 16 bits of seconds, 16 of fractions.
    private static long shortTime(long bits) {
        return (bits * SECOND) >> 16;
    }

    /// 32 bits of seconds, 32 of fractions; null for the time that is none. Seconds whose top bit
    /// is not set are of the era that begins in 2036.
    private static @Nullable Long time(Bytes in) {
        long seconds = in.u32();
        long fraction = in.u32();
        if (seconds == 0 && fraction == 0) {
            return null;
        }
        long era = seconds >>> 31 == 0 ? 1L << 32 : 0;
        return (seconds + era - EPOCH_SECONDS) * SECOND + (fraction * SECOND >>> 32);
    }

    private static int extensions(Bytes in) {
        int count = 0;
        while (in.remaining() > MAX_MAC && count < MAX_EXTENSIONS) {
            int length = in.peekU16(in.offset() + 2);
            if (length < MIN_EXTENSION || length > in.remaining()) {
                break;
            }
            in.skip(length);
            count++;
        }
        return count;
    }
}
