package io.hark.parse.rdp;

import java.util.Map;

/// Names for RDP's numbers, as Zeek has them.
///
/// *Source*: MS-RDPBCGR §2.2.1.1 to §2.2.1.4; MS-LCID.
final class RdpNames {

    private static final Map<Integer, String> KEYBOARDS =
            Map.ofEntries(
                    Map.entry(0x401, "Arabic - Saudi Arabia"),
                    Map.entry(0x404, "Chinese - Taiwan"),
                    Map.entry(0x405, "Czech"),
                    Map.entry(0x406, "Danish"),
                    Map.entry(0x407, "German - Germany"),
                    Map.entry(0x408, "Greek"),
                    Map.entry(0x409, "English - United States"),
                    Map.entry(0x40a, "Spanish - Spain (Traditional Sort)"),
                    Map.entry(0x40b, "Finnish"),
                    Map.entry(0x40c, "French - France"),
                    Map.entry(0x40d, "Hebrew"),
                    Map.entry(0x40e, "Hungarian"),
                    Map.entry(0x410, "Italian - Italy"),
                    Map.entry(0x411, "Japanese"),
                    Map.entry(0x412, "Korean"),
                    Map.entry(0x413, "Dutch - Netherlands"),
                    Map.entry(0x414, "Norwegian (Bokmål)"),
                    Map.entry(0x415, "Polish"),
                    Map.entry(0x416, "Portuguese - Brazil"),
                    Map.entry(0x418, "Romanian"),
                    Map.entry(0x419, "Russian"),
                    Map.entry(0x41d, "Swedish"),
                    Map.entry(0x41e, "Thai"),
                    Map.entry(0x41f, "Turkish"),
                    Map.entry(0x422, "Ukrainian"),
                    Map.entry(0x429, "Farsi"),
                    Map.entry(0x42a, "Vietnamese"),
                    Map.entry(0x804, "Chinese - People's Republic of China"),
                    Map.entry(0x807, "German - Switzerland"),
                    Map.entry(0x809, "English - United Kingdom"),
                    Map.entry(0x80a, "Spanish - Mexico"),
                    Map.entry(0x80c, "French - Belgium"),
                    Map.entry(0x816, "Portuguese - Portugal"),
                    Map.entry(0xc0c, "French - Canada"),
                    Map.entry(0x1009, "English - Canada"),
                    Map.entry(0x100c, "French - Switzerland"));

    private static final Map<Integer, String> BUILDS =
            Map.ofEntries(
                    Map.entry(419, "RDP 4.0"),
                    Map.entry(2195, "RDP 5.0"),
                    Map.entry(2221, "RDP 5.0"),
                    Map.entry(2600, "RDP 5.1"),
                    Map.entry(3790, "RDP 5.2"),
                    Map.entry(6000, "RDP 6.0"),
                    Map.entry(6001, "RDP 6.1"),
                    Map.entry(6002, "RDP 6.2"),
                    Map.entry(7600, "RDP 7.0"),
                    Map.entry(7601, "RDP 7.1"),
                    Map.entry(9200, "RDP 8.0"),
                    Map.entry(9600, "RDP 8.1"));

    private static final Map<Integer, String> SECURITY =
            Map.of(0, "RDP", 1, "SSL", 2, "HYBRID", 4, "RDSTLS", 8, "HYBRID_EX");

    private static final String[] FAILURES = {
        "SSL_REQUIRED_BY_SERVER",
        "SSL_NOT_ALLOWED_BY_SERVER",
        "SSL_CERT_NOT_ON_SERVER",
        "INCONSISTENT_FLAGS",
        "HYBRID_REQUIRED_BY_SERVER",
        "SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER"
    };

    private static final Map<Integer, String> METHODS =
            Map.of(0, "None", 1, "40bit", 2, "128bit", 8, "56bit", 16, "FIPS");

    private static final String[] LEVELS = {"None", "Low", "Client compatible", "High", "FIPS"};

    private RdpNames() {}

    static String keyboard(int code) {
        String known = KEYBOARDS.get(code);
        return known != null ? known : "keyboard-" + code;
    }

    static String build(int number) {
        String known = BUILDS.get(number);
        return known != null ? known : "client_build-" + number;
    }

    static String security(int number) {
        String known = SECURITY.get(number);
        return known != null ? known : "security_protocol-" + number;
    }

    static String failure(int code) {
        return code >= 1 && code <= FAILURES.length ? FAILURES[code - 1] : "failure-" + code;
    }

    static String method(int number) {
        String known = METHODS.get(number);
        return known != null ? known : "encryption_method-" + number;
    }

    static String level(int number) {
        return number >= 0 && number < LEVELS.length ? LEVELS[number] : "level-" + number;
    }
}
