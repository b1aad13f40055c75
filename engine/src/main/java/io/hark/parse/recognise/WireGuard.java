package io.hark.parse.recognise;

import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// WireGuard: a handshake is certain by its length, transport messages alone by their counter.
///
/// ```
/// type 1 · zero 3 · …        1 initiation: 148 octets   2 response: 92   3 cookie: 64
///                            4 transport: receiver 4, counter 8 (little endian), a multiple of 16
/// ```
///
/// *Source*: wireguard.com/protocol, §5.4 of the WireGuard paper.
public final class WireGuard extends Recognition {

    private static final int INITIATION = 148;
    private static final int RESPONSE = 92;
    private static final int COOKIE = 64;
    private static final int TRANSPORT_HEADER = 16;
    private static final int TAG = 16;
    private static final int GUESS = 20;

    /// Makes it.
    public WireGuard() {
        super(
                "wireguard",
                "WireGuard, recognised (wireguard.com/protocol)",
                Hints.ports(51820).beginning("\1\2\3\4"));
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        if (payload.peekU32(0) < 0 || (payload.peekU32(0) & 0xff_ffff) != 0) {
            return Verdict.NO;
        }
        int length = payload.length();
        return switch (payload.peek(0)) {
            case 1 -> length == INITIATION ? Verdict.YES : Verdict.NO;
            case 2 -> length == RESPONSE ? Verdict.YES : Verdict.NO;
            case 3 -> length == COOKIE ? Verdict.MAYBE : Verdict.NO;
            case 4 -> transport(payload);
            default -> Verdict.NO;
        };
    }

    /// A counter that has not yet reached 2^32, and a body padded to 16 octets.
    private static int transport(Bytes payload) {
        int length = payload.length();
        boolean young = payload.peekU32(12) == 0 && payload.peekU32(4) != 0;
        boolean padded = length >= TRANSPORT_HEADER + TAG && length % TAG == 0;
        return young && padded ? GUESS : Verdict.NO;
    }
}
