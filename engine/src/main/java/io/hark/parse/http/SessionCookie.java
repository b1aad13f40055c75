package io.hark.parse.http;

import org.jspecify.annotations.Nullable;

/// Tells one session of a web application from another by the cookie that holds its id, without
/// keeping the id: by a hash of 64 bits (FNV-1a).
final class SessionCookie {

    /// What names of such cookies hold or end with; frameworks' own names all do: `PHPSESSID`,
    /// `JSESSIONID`, `ASP.NET_SessionId`, `connect.sid`, `sessionid`, `auth_token`.
    private static final String[] NAMES = {"sess", "sid=", "auth", "token"};

    private static final int SHORTEST = 12; // ids to be guessed are no ids: flags and numbers

    private SessionCookie() {}

    /// The hash of the session's id in the Cookie header at hand; null without one.
    static @Nullable Long hash(Head head) {
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
            long hash = 0xcbf2_9ce4_8422_2325L;
            int end = from + 1;
            for (; end < to && head.octet(end) != ';'; end++) {
                hash = (hash ^ head.octet(end)) * 0x100_0000_01b3L;
            }
            if (end - from > SHORTEST) {
                return hash;
            }
        }
        return null;
    }
}
