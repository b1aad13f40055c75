package io.hark.parse.ldap;

import java.util.Map;

/// Names of LDAP's numbers, in the words of Zeek's `ldap.log`.
///
/// *Source*: RFC 4511 §4.1.9, §4.5.1; IANA, *LDAP Parameters*.
final class LdapNames {

    private static final Map<Integer, String> RESULTS =
            Map.ofEntries(
                    Map.entry(0, "success"),
                    Map.entry(1, "operations error"),
                    Map.entry(2, "protocol error"),
                    Map.entry(3, "time limit exceeded"),
                    Map.entry(4, "size limit exceeded"),
                    Map.entry(5, "compare false"),
                    Map.entry(6, "compare true"),
                    Map.entry(7, "auth method not supported"),
                    Map.entry(8, "stronger auth required"),
                    Map.entry(9, "partial results"),
                    Map.entry(10, "referral"),
                    Map.entry(11, "admin limit exceeded"),
                    Map.entry(12, "unavailable critical extension"),
                    Map.entry(13, "confidentiality required"),
                    Map.entry(14, "SASL bind in progress"),
                    Map.entry(16, "no such attribute"),
                    Map.entry(17, "undefined attribute type"),
                    Map.entry(18, "inappropriate matching"),
                    Map.entry(19, "constraint violation"),
                    Map.entry(20, "attribute or value exists"),
                    Map.entry(21, "invalid attribute syntax"),
                    Map.entry(32, "no such object"),
                    Map.entry(33, "alias problem"),
                    Map.entry(34, "invalid DN syntax"),
                    Map.entry(36, "alias dereferencing problem"),
                    Map.entry(48, "inappropriate authentication"),
                    Map.entry(49, "invalid credentials"),
                    Map.entry(50, "insufficient access rights"),
                    Map.entry(51, "busy"),
                    Map.entry(52, "unavailable"),
                    Map.entry(53, "unwilling to perform"),
                    Map.entry(54, "loop detect"),
                    Map.entry(64, "naming violation"),
                    Map.entry(65, "object class violation"),
                    Map.entry(66, "not allowed on non-leaf"),
                    Map.entry(67, "not allowed on RDN"),
                    Map.entry(68, "entry already exists"),
                    Map.entry(69, "object class mods prohibited"),
                    Map.entry(71, "affects multiple DSAs"),
                    Map.entry(80, "other"));

    private static final String[] SCOPES = {"base", "single", "tree"};
    private static final String[] ALIASES = {"never", "searching", "finding", "always"};

    private static final Map<String, String> EXTENDED =
            Map.of(
                    LdapTalk.START_TLS,
                    "StartTLS",
                    "1.3.6.1.4.1.4203.1.11.1",
                    "password modify",
                    "1.3.6.1.4.1.4203.1.11.3",
                    "whoami",
                    "1.3.6.1.1.8",
                    "cancel");

    private LdapNames() {}

    static String result(int code) {
        return RESULTS.getOrDefault(code, "unknown-" + code);
    }

    static String scope(int number) {
        return number < SCOPES.length ? SCOPES[number] : "unknown-" + number;
    }

    static String aliases(int number) {
        return number < ALIASES.length ? ALIASES[number] : "unknown-" + number;
    }

    static String extended(String object) {
        String name = EXTENDED.get(object);
        return name == null ? object : object + " (" + name + ")";
    }
}
