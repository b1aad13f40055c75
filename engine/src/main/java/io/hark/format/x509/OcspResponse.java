package io.hark.format.x509;

import io.hark.event.Ocsp;
import io.hark.format.asn1.Der;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer of the Online Certificate Status Protocol, unverified.
///
/// ```
/// SEQUENCE { status, [0] { SEQUENCE { type, OCTET STRING {
///     SEQUENCE { SEQUENCE { [0] version, responder, time, SEQUENCE { single … } }, algorithm, signature } } } } }
/// single   SEQUENCE { SEQUENCE { hash, issuer's name, issuer's key, serial }, status, from, [0] until }
/// ```
///
/// *Source*: RFC 6960 §4.2.1. *Errors*: what is broken is left out.
public final class OcspResponse {

    /// The longest answer that is read, octets; real ones have one to three thousand.
    public static final int MAX_BYTES = 1 << 16;

    private static final int MAX_SINGLE = 64; // certificates of one answer; responders send one
    private static final int MAX_HASH = 64; // octets: SHA-512

    private static final int EXPLICIT_0 = 0xa0;
    private static final int GOOD = 0x80;
    private static final int REVOKED = 0xa1;
    private static final int UNKNOWN = 0x82;

    /// By their numbers. *Source*: RFC 5280 §5.3.1; 7 is not used.
    private static final String[] REASONS = {
        "unspecified",
        "keyCompromise",
        "cACompromise",
        "affiliationChanged",
        "superseded",
        "cessationOfOperation",
        "certificateHold",
        "",
        "removeFromCRL",
        "privilegeWithdrawn",
        "aACompromise"
    };

    private OcspResponse() {}

    /// What the answer says of each certificate; nothing where it is none, or a refusal.
    ///
    /// @param now when it was seen
    /// @param fuid the file it came as, if it did
    public static List<Ocsp> read(byte[] octets, long now, String uid, @Nullable String fuid) {
        List<Ocsp> rows = new ArrayList<>();
        Der singles = singles(new Der(octets, 0, Math.min(octets.length, MAX_BYTES)));
        for (int i = 0; i < MAX_SINGLE && singles.next(Der.SEQUENCE); i++) {
            Ocsp row = single(singles.inside(), now, uid, fuid);
            if (row != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static Der singles(Der outer) {
        Der response = outer.next(Der.SEQUENCE) ? outer.inside() : outer;
        response.next(Der.ENUMERATED, EXPLICIT_0);
        Der typed = response.inside();
        Der bytes = typed.next(Der.SEQUENCE) ? typed.inside() : typed;
        bytes.next(Der.OBJECT, Der.OCTET_STRING);
        Der basic = bytes.inside();
        Der parts = basic.next(Der.SEQUENCE) ? basic.inside() : basic;
        Der data = parts.next(Der.SEQUENCE) ? parts.inside() : parts;
        if (data.isNext(EXPLICIT_0)) {
            data.next(); // the version
        }
        data.next(); // who answers
        data.next(Der.GENERALIZED_TIME, Der.SEQUENCE);
        return data.inside();
    }

    private static @Nullable Ocsp single(Der in, long now, String uid, @Nullable String fuid) {
        if (!in.next(Der.SEQUENCE)) {
            return null;
        }
        Der id = in.inside();
        String algorithm = id.next(Der.SEQUENCE) ? algorithm(id.inside()) : "";
        String name = id.next(Der.OCTET_STRING) ? hex(id) : "";
        String key = id.next(Der.OCTET_STRING) ? hex(id) : "";
        if (!id.next(Der.INTEGER) || !in.next()) {
            return null;
        }
        String serial = Certificate.serial(id);
        String status = status(in.tag());
        Long revoked = null;
        String reason = null;
        if (in.tag() == REVOKED) {
            Der why = in.inside();
            revoked = why.next(Der.GENERALIZED_TIME) ? DerTime.nanos(why) : null;
            reason = why.isNext(EXPLICIT_0) && why.next() ? reason(why.inside()) : null;
        }
        Long from = in.next(Der.GENERALIZED_TIME) ? DerTime.nanos(in) : null;
        Long until = null;
        if (in.isNext(EXPLICIT_0) && in.next()) {
            Der time = in.inside();
            until = time.next() ? DerTime.nanos(time) : null;
        }
        return status.isEmpty()
                ? null
                : new Ocsp(
                        now, now, uid, fuid, algorithm, name, key, serial, status, revoked, reason,
                        from, until);
    }

    private static String algorithm(Der sequence) {
        String object = sequence.next(Der.OBJECT) ? sequence.object() : "";
        return switch (object) {
            case "1.3.14.3.2.26" -> "sha1";
            case "2.16.840.1.101.3.4.2.1" -> "sha256";
            case "2.16.840.1.101.3.4.2.2" -> "sha384";
            case "2.16.840.1.101.3.4.2.3" -> "sha512";
            default -> object;
        };
    }

    private static String status(int tag) {
        return switch (tag) {
            case GOOD -> "good";
            case REVOKED -> "revoked";
            case UNKNOWN -> "unknown";
            default -> "";
        };
    }

    private static @Nullable String reason(Der in) {
        if (!in.next(Der.ENUMERATED) || in.size() != 1) {
            return null;
        }
        int number = in.octet(0);
        return number < REASONS.length ? REASONS[number] : Integer.toString(number);
    }

    private static String hex(Der octets) {
        return octets.size() > MAX_HASH
                ? ""
                : HexFormat.of().withUpperCase().formatHex(octets.contents());
    }
}
