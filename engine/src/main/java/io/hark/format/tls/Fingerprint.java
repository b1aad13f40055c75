package io.hark.format.tls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.StringJoiner;
import java.util.function.IntFunction;

/// Fingerprints of the programs that speak: JA3 and JA4 of a client, JA3S of a server.
///
/// *Source*: salesforce/ja3 (BSD), FoxIO JA4 technical details (the TLS client method only, BSD).
public final class Fingerprint {

    private static final int HASH_DIGITS = 12;
    private static final String NOTHING = "000000000000";
    private static final int MAX_COUNT = 99; // two digits
    private static final int SERVER_NAME = 0;
    private static final int PROTOCOLS = 16;

    private Fingerprint() {}

    /// What carried the hello, the first letter of a JA4.
    public enum Carrier {
        /// TLS over TCP.
        TCP('t'),
        /// QUIC.
        QUIC('q'),
        /// DTLS.
        DATAGRAM('d');

        private final char letter;

        Carrier(char letter) {
            this.letter = letter;
        }
    }

    /// JA3 of a client hello: lower-case hex of an MD5.
    public static String ja3(ClientHello hello) {
        return hash("MD5", ja3Text(hello));
    }

    /// What JA3 hashes: `version,ciphers,extensions,groups,point formats`, decimal, without GREASE.
    ///
    /// For example `769,4-5-10-9-100-98-3-6-19-18-99,,,` is an old client's.
    public static String ja3Text(ClientHello hello) {
        IntFunction<String> decimal = Integer::toString;
        return hello.version()
                + ","
                + join(ungreased(hello.ciphers()), "-", decimal)
                + ","
                + join(ungreased(hello.extensions()), "-", decimal)
                + ","
                + join(ungreased(hello.groups()), "-", decimal)
                + ","
                + join(hello.pointFormats(), "-", decimal);
    }

    /// JA3S of a server hello: lower-case hex of an MD5 of `version,cipher,extensions`.
    public static String ja3s(ServerHello hello) {
        return hash("MD5", ja3sText(hello));
    }

    /// What JA3S hashes.
    public static String ja3sText(ServerHello hello) {
        return hello.legacyVersion()
                + ","
                + hello.cipher()
                + ","
                + join(hello.extensions(), "-", Integer::toString);
    }

    /// JA4 of a client hello: `t13d1516h2_8daaf6152771_e5627efa2ab1`.
    public static String ja4(ClientHello hello, Carrier carrier) {
        int[] ciphers = ungreased(hello.ciphers());
        int[] extensions = ungreased(hello.extensions());
        Arrays.sort(ciphers);
        String head = ja4Head(hello, carrier, ciphers.length, extensions);
        int[] hashed =
                Arrays.stream(extensions)
                        .filter(type -> type != SERVER_NAME && type != PROTOCOLS)
                        .sorted()
                        .toArray();
        String text = join(hashed, ",", Fingerprint::hex4);
        int[] signatures = ungreased(hello.signatureAlgorithms());
        if (signatures.length > 0) {
            text += "_" + join(signatures, ",", Fingerprint::hex4);
        }
        return head
                + "_"
                + (ciphers.length == 0 ? NOTHING : short256(join(ciphers, ",", Fingerprint::hex4)))
                + "_"
                + (hashed.length == 0 ? NOTHING : short256(text));
    }

    private static String ja4Head(
            ClientHello hello, Carrier carrier, int ciphers, int[] extensions) {
        boolean named = Arrays.stream(extensions).anyMatch(type -> type == SERVER_NAME);
        return carrier.letter
                + ja4Version(hello)
                + (named ? 'd' : 'i')
                + "%02d%02d"
                        .formatted(
                                Math.min(ciphers, MAX_COUNT),
                                Math.min(extensions.length, MAX_COUNT))
                + ja4Protocol(hello.protocols().isEmpty() ? "" : hello.protocols().getFirst());
    }

    private static String ja4Version(ClientHello hello) {
        int highest = -1;
        for (int version : hello.versions()) {
            if (!TlsNames.isGrease(version)) {
                // versions of DTLS count down
                boolean better =
                        version >>> 8 == 0xfe
                                ? highest < 0 || version < highest
                                : version > highest;
                highest = better ? version : highest;
            }
        }
        return switch (highest < 0 ? hello.version() : highest) {
            case 0x0304 -> "13";
            case 0x0303 -> "12";
            case 0x0302 -> "11";
            case 0x0301 -> "10";
            case 0x0300 -> "s3";
            case 0x0002 -> "s2";
            case 0xfeff -> "d1";
            case 0xfefd -> "d2";
            case 0xfefc -> "d3";
            default -> "00";
        };
    }

    /// First and last character of the first protocol; of its hex where one of them is neither
    /// letter nor digit.
    private static String ja4Protocol(String protocol) {
        if (protocol.isEmpty()) {
            return "00";
        }
        char first = protocol.charAt(0);
        char last = protocol.charAt(protocol.length() - 1);
        if (isAlphanumeric(first) && isAlphanumeric(last)) {
            return "" + first + last;
        }
        return "%02x".formatted((int) first).substring(0, 1)
                + "%02x".formatted((int) last).substring(1);
    }

    private static boolean isAlphanumeric(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    private static int[] ungreased(int[] numbers) {
        return Arrays.stream(numbers).filter(number -> !TlsNames.isGrease(number)).toArray();
    }

    private static String hex4(int number) {
        return HexFormat.of().toHexDigits(number, 4);
    }

    private static String join(int[] numbers, String separator, IntFunction<String> form) {
        StringJoiner joiner = new StringJoiner(separator);
        for (int number : numbers) {
            joiner.add(form.apply(number));
        }
        return joiner.toString();
    }

    private static String short256(String text) {
        return hash("SHA-256", text).substring(0, HASH_DIGITS);
    }

    private static String hash(String algorithm, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            return HexFormat.of()
                    .formatHex(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
