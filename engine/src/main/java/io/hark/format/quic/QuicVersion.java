package io.hark.format.quic;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A version of QUIC: what it is called, how its long headers name their types, and the salt of its
/// Initial packets.
///
/// *Source*: RFC 9000, RFC 9001 §5.2, RFC 9369 §3 and the drafts before them; of Google's and
/// Facebook's versions what their open sources say.
///
/// @param number on the wire
/// @param name as Zeek's `quic.log` has it: `1`, `quicv2`, `draft-29`
/// @param salt of the Initial secrets, or null where they are not known
/// @param isSecond whether it is version 2 or a draft of it, with types and labels of its own
public record QuicVersion(long number, String name, byte @Nullable [] salt, boolean isSecond) {

    /// Type of a long header: the first packets.
    public static final int INITIAL = 0;

    /// Type of a long header: data before the handshake is over.
    public static final int EARLY = 1;

    /// Type of a long header: the handshake.
    public static final int HANDSHAKE = 2;

    /// Type of a long header: the server wants a token first.
    public static final int RETRY = 3;

    private static final byte[] V1 = hex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
    private static final byte[] V2 = hex("0dede3def700a6db819381be6e269dcbf9bd2ed9");
    private static final byte[] V2_DRAFT = hex("a707c203a59b47184a1d62ca570406ea7ae3e5d3");
    private static final byte[] DRAFT_29 = hex("afbfec289993d24c9e9786f19c6111e04390a899");
    private static final byte[] DRAFT_23 = hex("c3eef712c72ebb5a11a7d2432bb46365bef9f502");
    private static final byte[] DRAFT_22 = hex("7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a");
    private static final byte[] Q050 = hex("504574efd066fe2f9d945cfcdbd3a7f0d3b56b45");
    private static final byte[] T050 = hex("7ff579e5acd072915580304c43a2367c60488310");
    private static final byte[] T051 = hex("7a4edef4e7ccee5fa4506c19124fc8ccda6e033d");

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /// The version of that number; `unknown-<hex>` without a salt where it is none of the known.
    public static QuicVersion of(long number) {
        if (number == 1) {
            return new QuicVersion(number, "1", V1, false);
        }
        if (number == 0x6b33_43cfL) {
            return new QuicVersion(number, "quicv2", V2, true);
        }
        if (number == 0x709a_50c4L || number >>> 8 == 0xff_0200L) {
            return new QuicVersion(number, "quicv2-draft", V2_DRAFT, true);
        }
        if (number >>> 8 == 0xff_0000L) {
            int draft = (int) number & 0xff;
            byte[] salt =
                    draft >= 33
                            ? V1
                            : draft >= 29
                                    ? DRAFT_29
                                    : draft >= 23 ? DRAFT_23 : draft >= 21 ? DRAFT_22 : null;
            return new QuicVersion(number, "draft-" + draft, salt, false);
        }
        if (isFacebook(number)) {
            byte[] salt = number == 0xface_b001L ? DRAFT_22 : DRAFT_23;
            return new QuicVersion(number, "mvfst-" + Long.toHexString(number), salt, false);
        }
        if (isGoogle(number)) {
            byte[] name = hex("%08x".formatted(number));
            return new QuicVersion(
                    number,
                    new String(name, java.nio.charset.StandardCharsets.ISO_8859_1),
                    google(number),
                    false);
        }
        return new QuicVersion(number, "unknown-" + Long.toHexString(number), null, false);
    }

    private static byte @Nullable [] google(long number) {
        if (number == 0x5130_3530L) {
            return Q050;
        }
        return number == 0x5430_3530L ? T050 : number == 0x5430_3531L ? T051 : null;
    }

    /// Whether it is a version that some program speaks: IETF's, Google's or Facebook's.
    public static boolean isKnown(long number) {
        return number == 1
                || number == 0x6b33_43cfL
                || number == 0x709a_50c4L
                || number >>> 8 == 0xff_0000L
                || number >>> 8 == 0xff_0200L
                || isFacebook(number)
                || isGoogle(number);
    }

    /// `Q0nn` and `T0nn`.
    public static boolean isGoogle(long number) {
        long letter = number >>> 24;
        return (letter == 'Q' || letter == 'T')
                && (number >>> 16 & 0xff) == '0'
                && isDigit(number >>> 8 & 0xff)
                && isDigit(number & 0xff);
    }

    private static boolean isFacebook(long number) {
        return number >>> 8 == 0xface_b0L;
    }

    private static boolean isDigit(long octet) {
        return octet >= '0' && octet <= '9';
    }

    /// What the two bits of a long header mean, as one of [#INITIAL] to [#RETRY].
    public int type(int firstOctet) {
        int bits = firstOctet >>> 4 & 3;
        return isSecond ? bits + 3 & 3 : bits;
    }
}
