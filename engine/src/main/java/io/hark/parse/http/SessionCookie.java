package io.hark.parse.http;

import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// Tells one session of a web application from another by the cookie that holds its id, without
/// keeping the id: by a hash of 40 bits (FNV-1a, finished as SplitMix64 does), keyed by the server
/// the cookie was sent to.
///
/// The key is no secret, and a hash so short fits millions of ids: it says that two requests to one
/// server hold the same one, not which, and nothing about the same id at another server. It has to
/// be the same on every run, since findings have their ids from it.
final class SessionCookie {

    /// What names of such cookies hold or end with; frameworks' own names all do: `PHPSESSID`,
    /// `JSESSIONID`, `ASP.NET_SessionId`, `connect.sid`, `sessionid`, `auth_token`.
    private static final String[] NAMES = {"sess", "sid=", "auth", "token"};

    private static final int SHORTEST = 12; // ids to be guessed are no ids: flags and numbers

    private static final int DROPPED_BITS = 24; // 40 are left: few of one server look alike

    private SessionCookie() {}

    /// The hash of the session's id in the Cookie header at hand; null without one.
    ///
    /// @param server who is sent it
    static @Nullable Long hash(Head head, Addr server, int port) {
        for (String name : NAMES) {
            int at = head.find(name);
            if (at < 0) {
                continue;
            }
            int to = head.valueTo();
            int from = at;
            while (from < to && head.octet(from) != '=' && head.octet(from) != ';') {
                from++;
            }
            if (from >= to || head.octet(from) == ';') {
                continue;
            }
            long hash = mixed(server.hi() + 31 * mixed(server.lo() + port));
            int end = from + 1;
            for (; end < to && head.octet(end) != ';'; end++) {
                hash = (hash ^ head.octet(end)) * 0x100_0000_01b3L;
            }
            if (end - from > SHORTEST) {
                return mixed(hash) >>> DROPPED_BITS;
            }
        }
        return null;
    }

    private static long mixed(long value) {
        value = (value ^ value >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        value = (value ^ value >>> 27) * 0x94d0_49bb_1331_11ebL;
        return value ^ value >>> 31;
    }
}
