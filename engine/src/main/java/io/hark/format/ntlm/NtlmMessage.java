package io.hark.format.ntlm;

import io.hark.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One NTLM message.
///
/// ```
/// "NTLMSSP" 0 · type 4 (little endian) · fields: length 2, room 2, offset 4 …
/// 1 negotiate: flags 4, domain, host          2 challenge: target, flags 4, challenge 8, 8, target info
/// 3 authenticate: LM, NT, domain, user, host, session key, flags 4
/// ```
///
/// *Source*: MS-NLMP §2.2.1. Hashes and responses are not kept.
///
/// @param type [#NEGOTIATE], [#CHALLENGE] or [#AUTHENTICATE]
/// @param user who logs on
/// @param domain the user's domain
/// @param host the client's name
/// @param netbiosName the server's NetBIOS name
/// @param dnsName the server's DNS name
/// @param treeName the DNS name of the server's forest
/// @param version the client's system and NTLM: `10.0 build 19041 rev 15`
public record NtlmMessage(
        int type,
        @Nullable String user,
        @Nullable String domain,
        @Nullable String host,
        @Nullable String netbiosName,
        @Nullable String dnsName,
        @Nullable String treeName,
        @Nullable String version) {

    /// The client says what it can.
    public static final int NEGOTIATE = 1;

    /// The server says who it is, and its challenge.
    public static final int CHALLENGE = 2;

    /// The client says who logs on, and its response.
    public static final int AUTHENTICATE = 3;

    private static final String SIGNATURE = "NTLMSSP\0";
    private static final int TYPE_AT = 8;
    private static final int CHALLENGE_FLAGS_AT = 20;
    private static final int TARGET_INFO_AT = 40;
    private static final int DOMAIN_AT = 28;
    private static final int USER_AT = 36;
    private static final int HOST_AT = 44;
    private static final int FLAGS_AT = 60;
    private static final int VERSION_AT = 64;
    private static final int UNICODE = 1;
    private static final int VERSION = 2; // of the flags' last octet
    private static final int MAX_PAIRS = 32; // kinds of target info: 11 are defined
    private static final int MAX_TEXT = 512; // octets of a name; user names have 256 characters

    /// Whether a message begins at `at`.
    public static boolean isAt(Bytes in, int at) {
        return in.looksAt(at, SIGNATURE);
    }

    /// Reads the message at the cursor; null where it is none. Does not move.
    public static @Nullable NtlmMessage read(Bytes token) {
        Bytes in = new Bytes().wrap(token);
        if (!isAt(in, 0) || in.length() < TYPE_AT + 4) {
            return null;
        }
        int type = in.peek(TYPE_AT);
        if (type == CHALLENGE) {
            return challenge(in);
        }
        if (type == AUTHENTICATE) {
            // messages of before NTLM's flags end where the first payload begins
            boolean unicode = in.length() < FLAGS_AT + 4 || (in.peek(FLAGS_AT) & UNICODE) != 0;
            return new NtlmMessage(
                    type,
                    field(in, USER_AT, unicode),
                    field(in, DOMAIN_AT, unicode),
                    field(in, HOST_AT, unicode),
                    null,
                    null,
                    null,
                    version(in));
        }
        return new NtlmMessage(type, null, null, null, null, null, null, null);
    }

    private static NtlmMessage challenge(Bytes in) {
        @Nullable String[] names = new @Nullable String[6];
        int length = le16(in, TARGET_INFO_AT);
        long from = le32(in, TARGET_INFO_AT + 4);
        boolean old = in.peek(CHALLENGE_FLAGS_AT) < 0 || length <= 0;
        if (!old && from >= 0 && from <= in.length()) {
            int at = (int) from;
            long end = Math.min(from + length, in.length());
            for (int i = 0; i < MAX_PAIRS && at + 4 <= end; i++) {
                int kind = le16(in, at);
                int size = le16(in, at + 2);
                if (kind == 0 || at + 4 + size > end) {
                    break;
                }
                if (kind < names.length) {
                    names[kind] = text(in, at + 4, size, true);
                }
                at += 4 + size;
            }
        }
        return new NtlmMessage(CHALLENGE, null, null, null, names[1], names[3], names[5], null);
    }

    /// The version, which is there where its flag is set (MS-NLMP §2.2.2.10).
    private static @Nullable String version(Bytes in) {
        boolean there = (in.peek(FLAGS_AT + 3) & VERSION) != 0 && in.peek(VERSION_AT + 7) >= 0;
        return !there
                ? null
                : in.peek(VERSION_AT)
                        + "."
                        + in.peek(VERSION_AT + 1)
                        + " build "
                        + le16(in, VERSION_AT + 2)
                        + " rev "
                        + in.peek(VERSION_AT + 7);
    }

    private static @Nullable String field(Bytes in, int at, boolean unicode) {
        int length = le16(in, at);
        long from = le32(in, at + 4);
        boolean there = length > 0 && from >= 0 && from + length <= in.length();
        return there ? text(in, (int) from, length, unicode) : null;
    }

    private static @Nullable String text(Bytes in, int at, int length, boolean unicode) {
        int n = Math.min(length, MAX_TEXT);
        byte[] octets = new byte[n];
        in.copyTo(at, octets, 0, n);
        String text =
                new String(
                        octets, unicode ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1);
        return text.isEmpty() ? null : text;
    }

    private static int le16(Bytes in, int at) {
        int value = in.peekU16(at);
        return value < 0 ? -1 : Integer.reverseBytes(value) >>> 16;
    }

    private static long le32(Bytes in, int at) {
        long value = in.peekU32(at);
        return value < 0 ? -1 : Integer.toUnsignedLong(Integer.reverseBytes((int) value));
    }
}
