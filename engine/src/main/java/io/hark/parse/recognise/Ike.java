package io.hark.parse.recognise;

import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// IKE, versions 1 and 2, also behind the marker that tells it from ESP on port 4500.
///
/// ```
/// initiator 8 · responder 8 · next payload 1 · version 1 · exchange 1 · flags 1 · message 4 · length 4
/// ```
///
/// *Source*: RFC 7296 §3.1, RFC 2408 §3.1, RFC 3948 §2.2.
public final class Ike extends Recognition {

    private static final int HEADER = 28;
    private static final int MARKER = 4;

    /// Makes it.
    public Ike() {
        super("ike", "IKE 1 and 2, recognised (RFC 7296, RFC 2409)", Hints.ports(500, 4500));
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        int at = payload.peekU32(0) == 0 ? MARKER : 0;
        int version = payload.peek(at + 17);
        int exchange = payload.peek(at + 18);
        boolean one = version == 0x10 && (exchange >= 1 && exchange <= 6 || isQuick(exchange));
        boolean two = version == 0x20 && exchange >= 34 && exchange <= 44;
        boolean sized =
                payload.length() >= at + HEADER
                        && payload.peekU32(at + 24) == payload.length() - at
                        && payload.peekU32(at) != 0;
        return (one || two) && sized ? Verdict.YES : Verdict.NO;
    }

    private static boolean isQuick(int exchange) {
        return exchange >= 32 && exchange <= 35;
    }
}
