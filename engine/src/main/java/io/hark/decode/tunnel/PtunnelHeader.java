package io.hark.decode.tunnel;

import io.hark.bytes.BigEndian;
import io.hark.schema.Addr;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The header that ptunnel and ptunnel-ng put before what they carry.
///
/// ```
/// | magic u32 | destination IPv4 | port u32 | state u32 | acknowledged u32 | length u32 | sequence u16 | session u16 |
/// ```
///
/// *Source*: ptunnel's documentation, and recordings.
///
/// @param magic which of the two it is
/// @param destination whom to connect to; 0.0.0.0 where that is not told
/// @param fromClient whether the client says it, not the proxy
/// @param state what it is
/// @param data what follows
record PtunnelHeader(
        int magic,
        Addr destination,
        int port,
        boolean fromClient,
        int state,
        int sequence,
        int session,
        byte[] data) {

    static final int PTUNNEL = 0xd520_0880;
    static final int PTUNNEL_NG = 0xdead_c0de;

    static final int START = 0;
    static final int ACKNOWLEDGE = 1;
    static final int DATA = 2;
    static final int CLOSE = 3;
    static final int AUTHENTICATE = 4;

    static final int LENGTH = 28;
    private static final int CLIENT = 1 << 30;
    private static final int PROXY = 1 << 31;

    /// The header at the beginning of a payload, or null if there is none.
    static @Nullable PtunnelHeader of(byte[] octets) {
        if (octets.length < LENGTH) {
            return null;
        }
        int magic = BigEndian.i32(octets, 0);
        int port = BigEndian.i32(octets, 8);
        int state = BigEndian.i32(octets, 12);
        int length = BigEndian.i32(octets, 20);
        int flags = state & (CLIENT | PROXY);
        int low = state & ~(CLIENT | PROXY);
        boolean known = magic == PTUNNEL || magic == PTUNNEL_NG;
        boolean fits = length >= 0 && length <= octets.length - LENGTH && port >>> 16 == 0;
        if (!known || !fits || flags != CLIENT && flags != PROXY || low > AUTHENTICATE) {
            return null;
        }
        return new PtunnelHeader(
                magic,
                Addr.v4(BigEndian.i32(octets, 4)),
                port,
                flags == CLIENT,
                low,
                BigEndian.u16(octets, 24),
                BigEndian.u16(octets, 26),
                Arrays.copyOfRange(octets, LENGTH, LENGTH + length));
    }
}
