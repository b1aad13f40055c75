package io.hark.parse.recognise;

import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// OpenVPN over UDP: the reset that begins a session, plain or behind `tls-auth` or `tls-crypt`.
///
/// ```
/// opcode·key 1 · session 8 · [HMAC 16..64 · packet 4 · time 4] · acks 1 · [4 each · peer 8] · packet 4
/// opcode·key 1 · session 8 · packet 4 · time 4 · HMAC 32 · ciphertext                          (tls-crypt)
/// ```
///
/// *Source*: OpenVPN's protocol as its developers' documentation has it (`doc_protocol_overview`).
public final class OpenVpn extends Recognition {

    private static final int CLIENT_RESET = 7;
    private static final int SERVER_RESET = 8;
    private static final int CLIENT_RESET_3 = 10;

    private static final int SESSION_END = 9;
    private static final int PLAIN_CLIENT = SESSION_END + 1 + 4;
    private static final int PLAIN_SERVER = SESSION_END + 1 + 4 + 8 + 4;
    private static final int REPLAY = 8;
    private static final int WRAPPED = SESSION_END + REPLAY + 32;
    private static final int MAX_CLIENT_KEY = 1024; // octets of a tls-crypt-v2 client's wrapped key
    private static final int[] HMACS = {16, 20, 28, 32, 48, 64};

    /// Makes it.
    public OpenVpn() {
        super(
                "openvpn",
                "OpenVPN over UDP, recognised",
                Hints.ports(1194).beginning("\u0038\u0040\u0050"));
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        return switch (payload.peek(0) >>> 3) {
            case CLIENT_RESET -> reset(payload, PLAIN_CLIENT, 0);
            case SERVER_RESET -> reset(payload, PLAIN_SERVER, 1);
            case CLIENT_RESET_3 ->
                    payload.length() > WRAPPED
                                    && payload.length() < WRAPPED + MAX_CLIENT_KEY
                                    && isFirst(payload, SESSION_END)
                            ? Verdict.MAYBE
                            : Verdict.NO;
            default -> Verdict.NO;
        };
    }

    private static int reset(Bytes payload, int plain, int acks) {
        int length = payload.length();
        if (length == plain) {
            boolean good =
                    payload.peek(SESSION_END) == acks
                            && payload.peekU32(length - 4) == 0
                            && payload.peekU32(1) != 0;
            return good ? Verdict.YES : Verdict.NO;
        }
        for (int hmac : HMACS) {
            if (length == plain + hmac + REPLAY) {
                boolean good =
                        isFirst(payload, SESSION_END + hmac)
                                && payload.peek(SESSION_END + hmac + REPLAY) == acks;
                if (good) {
                    return Verdict.YES;
                }
            }
        }
        boolean wrapped = length == WRAPPED + plain - SESSION_END && isFirst(payload, SESSION_END);
        return wrapped ? Verdict.MAYBE : Verdict.NO;
    }

    /// Whether the packet there is one of the first of its session.
    private static boolean isFirst(Bytes payload, int at) {
        return payload.peekU32(at) >= 1 && payload.peekU32(at) < 64;
    }
}
