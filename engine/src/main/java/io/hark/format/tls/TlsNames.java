package io.hark.format.tls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The names of the numbers in a handshake, as Zeek's `ssl.log` prints them; a number without a
/// name is `unknown-<decimal>`.
///
/// *Source*: IANA registries *TLS Cipher Suites*, *TLS Supported Groups*, *TLS Alerts*; RFC 8701
/// for GREASE.
public final class TlsNames {

    private static final String UNKNOWN = "unknown-";
    private static final Map<Integer, String> GROUPS = groups();
    private static final Map<Integer, String> ALERTS = alerts();

    private TlsNames() {}

    /// Version numbers: `0x0303` is `TLSv12`, `0x7f17` is `TLSv13-draft23`.
    public static String version(int number) {
        return switch (number) {
            case 0x0002 -> "SSLv2";
            case 0x0300 -> "SSLv3";
            case 0x0301 -> "TLSv10";
            case 0x0302 -> "TLSv11";
            case 0x0303 -> "TLSv12";
            case 0x0304 -> "TLSv13";
            case 0xfeff -> "DTLSv10";
            case 0xfefd -> "DTLSv12";
            case 0xfefc -> "DTLSv13";
            default -> isDraft13(number) ? "TLSv13-draft" + (number & 0xff) : UNKNOWN + number;
        };
    }

    /// Whether it is TLS 1.3 or a draft of it.
    public static boolean is13(int version) {
        return version == 0x0304 || version == 0xfefc || isDraft13(version);
    }

    private static boolean isDraft13(int version) {
        return version >>> 8 == 0x7f;
    }

    /// Whether the number is one that clients send so that servers learn to ignore what they do not
    /// know (RFC 8701).
    public static boolean isGrease(int number) {
        return (number & 0x0f0f) == 0x0a0a && number >>> 8 == (number & 0xff);
    }

    /// Cipher suites: `0x1301` is `TLS_AES_128_GCM_SHA256`; those of SSLv2 are numbers of three
    /// octets.
    public static String cipher(int number) {
        String name = Ciphers.NAMES.get(number);
        return name == null ? UNKNOWN + number : name;
    }

    /// Groups of the key exchange: 23 is `secp256r1`.
    public static String group(int number) {
        String name = GROUPS.get(number);
        if (name != null) {
            return name;
        }
        return isGrease(number) ? "grease_0x%04X".formatted(number) : UNKNOWN + number;
    }

    /// Alerts: 40 is `handshake_failure`.
    public static String alert(int number) {
        String name = ALERTS.get(number);
        return name == null ? UNKNOWN + number : name;
    }

    private static Map<Integer, String> groups() {
        Map<Integer, String> names = new HashMap<>();
        String[] curves =
                """
                sect163k1 sect163r1 sect163r2 sect193r1 sect193r2 sect233k1 sect233r1 sect239k1 sect283k1 sect283r1
                sect409k1 sect409r1 sect571k1 sect571r1 secp160k1 secp160r1 secp160r2 secp192k1 secp192r1 secp224k1
                secp224r1 secp256k1 secp256r1 secp384r1 secp521r1 brainpoolP256r1 brainpoolP384r1 brainpoolP512r1
                x25519 x448 brainpoolP256r1tls13 brainpoolP384r1tls13 brainpoolP512r1tls13
                GC256A GC256B GC256C GC256D GC512A GC512B GC512C curveSM2
                """
                        .strip()
                        .split("\\s+");
        for (int i = 0; i < curves.length; i++) {
            names.put(i + 1, curves[i]);
        }
        names.put(256, "ffdhe2048");
        names.put(257, "ffdhe3072");
        names.put(258, "ffdhe4096");
        names.put(259, "ffdhe6144");
        names.put(260, "ffdhe8192");
        names.put(512, "MLKEM512");
        names.put(513, "MLKEM768");
        names.put(514, "MLKEM1024");
        names.put(4587, "SecP256r1MLKEM768");
        names.put(4588, "X25519MLKEM768");
        names.put(4589, "SecP384r1MLKEM1024");
        names.put(4590, "curveSM2MLKEM768");
        names.put(16696, "CECPQ2");
        names.put(25497, "X25519Kyber768Draft00");
        names.put(25498, "SecP256r1Kyber768Draft00");
        names.put(0xff01, "arbitrary_explicit_prime_curves");
        names.put(0xff02, "arbitrary_explicit_char2_curves");
        return Map.copyOf(names);
    }

    private static Map<Integer, String> alerts() {
        return Map.ofEntries(
                Map.entry(0, "close_notify"),
                Map.entry(10, "unexpected_message"),
                Map.entry(20, "bad_record_mac"),
                Map.entry(21, "decryption_failed"),
                Map.entry(22, "record_overflow"),
                Map.entry(30, "decompression_failure"),
                Map.entry(40, "handshake_failure"),
                Map.entry(41, "no_certificate"),
                Map.entry(42, "bad_certificate"),
                Map.entry(43, "unsupported_certificate"),
                Map.entry(44, "certificate_revoked"),
                Map.entry(45, "certificate_expired"),
                Map.entry(46, "certificate_unknown"),
                Map.entry(47, "illegal_parameter"),
                Map.entry(48, "unknown_ca"),
                Map.entry(49, "access_denied"),
                Map.entry(50, "decode_error"),
                Map.entry(51, "decrypt_error"),
                Map.entry(60, "export_restriction"),
                Map.entry(70, "protocol_version"),
                Map.entry(71, "insufficient_security"),
                Map.entry(80, "internal_error"),
                Map.entry(86, "inappropriate_fallback"),
                Map.entry(90, "user_canceled"),
                Map.entry(100, "no_renegotiation"),
                Map.entry(109, "missing_extension"),
                Map.entry(110, "unsupported_extension"),
                Map.entry(111, "certificate_unobtainable"),
                Map.entry(112, "unrecognized_name"),
                Map.entry(113, "bad_certificate_status_response"),
                Map.entry(114, "bad_certificate_hash_value"),
                Map.entry(115, "unknown_psk_identity"),
                Map.entry(116, "certificate_required"),
                Map.entry(117, "general_error"),
                Map.entry(120, "no_application_protocol"),
                Map.entry(121, "ech_required"));
    }

    /// Read when the first suite is named: 400 lines that a capture without TLS does not pay for.
    private static final class Ciphers {
        private static final String TABLE = "cipher-suites.txt";
        private static final Map<Integer, String> NAMES = read();

        private static Map<Integer, String> read() {
            Map<Integer, String> names = new HashMap<>();
            try (InputStream in =
                            Objects.requireNonNull(
                                    TlsNames.class.getResourceAsStream(TABLE), TABLE);
                    BufferedReader lines =
                            new BufferedReader(
                                    new InputStreamReader(in, StandardCharsets.US_ASCII))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.startsWith("#")) {
                        int space = line.indexOf(' ');
                        names.put(Integer.parseInt(line, 0, space, 16), line.substring(space + 1));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + TABLE, e);
            }
            names.put(0x010080, "SSLv20_CK_RC4_128_WITH_MD5");
            names.put(0x020080, "SSLv20_CK_RC4_128_EXPORT40_WITH_MD5");
            names.put(0x030080, "SSLv20_CK_RC2_128_CBC_WITH_MD5");
            names.put(0x040080, "SSLv20_CK_RC2_128_CBC_EXPORT40_WITH_MD5");
            names.put(0x050080, "SSLv20_CK_IDEA_128_CBC_WITH_MD5");
            names.put(0x060040, "SSLv20_CK_DES_64_CBC_WITH_MD5");
            names.put(0x0700c0, "SSLv20_CK_DES_192_EDE3_CBC_WITH_MD5");
            return Map.copyOf(names);
        }
    }
}
