package io.hark.format.tlscrypt;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads an NSS key log: one secret a line, `LABEL client-random secret`, the last two in hex.
///
/// *Source*: draft-ietf-tls-keylogfile (now RFC 9850).
public final class KeyLog {

    /// TLS 1.0 to 1.2: the master secret.
    public static final String MASTER = "CLIENT_RANDOM";

    /// TLS 1.3: the client's first application traffic secret.
    public static final String CLIENT_TRAFFIC = "CLIENT_TRAFFIC_SECRET_0";

    /// TLS 1.3: the server's first application traffic secret.
    public static final String SERVER_TRAFFIC = "SERVER_TRAFFIC_SECRET_0";

    /// TLS 1.3: what the client's handshake is protected with.
    public static final String CLIENT_HANDSHAKE = "CLIENT_HANDSHAKE_TRAFFIC_SECRET";

    /// TLS 1.3: what the server's handshake is protected with.
    public static final String SERVER_HANDSHAKE = "SERVER_HANDSHAKE_TRAFFIC_SECRET";

    /// TLS 1.3: what the client's early data is protected with.
    public static final String CLIENT_EARLY = "CLIENT_EARLY_TRAFFIC_SECRET";

    private static final Set<String> LABELS =
            Set.of(
                    MASTER,
                    CLIENT_TRAFFIC,
                    SERVER_TRAFFIC,
                    CLIENT_HANDSHAKE,
                    SERVER_HANDSHAKE,
                    CLIENT_EARLY,
                    "EARLY_EXPORTER_SECRET",
                    "EXPORTER_SECRET");

    private static final int RANDOM_DIGITS = 64; // a client random is 32 octets
    private static final int MAX_SECRET_DIGITS = 128; // the longest secret in use is 48 octets

    private KeyLog() {}

    /// The secrets of a key log by `LABEL client-random` in lower-case hex; empty if the text is no
    /// key log. Lines that are none are passed over: programs append to such files while they run.
    public static Map<String, byte[]> parse(String text) {
        Map<String, byte[]> secrets = new LinkedHashMap<>();
        text.lines().forEach(line -> secret(line.strip(), secrets));
        return secrets;
    }

    /// The name under which a key log keeps the secret of that label and client random.
    public static String key(String label, byte[] clientRandom) {
        return label + " " + HexFormat.of().formatHex(clientRandom);
    }

    private static void secret(String line, Map<String, byte[]> secrets) {
        String[] parts = line.split(" ", 4);
        if (parts.length == 3
                && LABELS.contains(parts[0])
                && isHex(parts[1], RANDOM_DIGITS, RANDOM_DIGITS)
                && isHex(parts[2], 2, MAX_SECRET_DIGITS)) {
            secrets.put(
                    parts[0] + " " + parts[1].toLowerCase(Locale.ROOT),
                    HexFormat.of().parseHex(parts[2]));
        }
    }

    private static boolean isHex(String digits, int least, int most) {
        return digits.length() >= least
                && digits.length() <= most
                && digits.length() % 2 == 0
                && digits.chars().allMatch(HexFormat::isHexDigit);
    }
}
