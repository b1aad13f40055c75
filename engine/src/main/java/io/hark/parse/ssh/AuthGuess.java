package io.hark.parse.ssh;

import io.hark.event.Side;

/// Tells from lengths alone how a login goes.
///
/// The server's first encrypted answer accepts the service and has a known plain length; saying
/// that somebody is in takes 16 octets less than that, whatever the cipher. What answers the
/// client's first try, which nearly always only asks what is possible, has the length of a refusal.
///
/// *Source*: the heuristic that Zeek documents with `ssh_auth_successful`; lengths follow from RFC
/// 4252 §5.1 and RFC 4253 §6, §10.
final class AuthGuess {

    private static final int SHORTER = 16; // success against service accepted, padded

    private boolean asked;
    private int accepted;
    private int refused;
    private boolean sawRefusal;
    private int failures;
    private boolean success;

    /// One encrypted packet, or what came at once of a cipher that hides where packets end.
    void message(Side side, int length) {
        if (side == Side.ORIGINATOR) {
            asked = true;
            sawRefusal = refused > 0;
        } else if (!asked) {
            return; // extensions, told before anybody asked (RFC 8308)
        } else if (accepted == 0) {
            accepted = length;
        } else if (length + SHORTER == accepted) {
            success = true;
        } else if (!sawRefusal) {
            refused = length;
        } else if (length == refused) {
            failures++;
        }
    }

    boolean isSuccess() {
        return success;
    }

    int failures() {
        return failures;
    }

    int attempts() {
        return failures + (success ? 1 : 0);
    }
}
