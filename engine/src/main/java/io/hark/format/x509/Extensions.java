package io.hark.format.x509;

import io.hark.format.asn1.Der;
import io.hark.schema.Addr;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a certificate's extensions say: the names it is for, and whether it may sign others.
///
/// *Source*: RFC 5280 §4.2.1.6, §4.2.1.9.
///
/// @param dns DNS names
/// @param uri URIs
/// @param email mail addresses
/// @param ip addresses, as text
/// @param ca whether it may sign others; null where it has no basic constraints
/// @param pathLength how many may follow it
public record Extensions(
        List<String> dns,
        List<String> uri,
        List<String> email,
        List<String> ip,
        @Nullable Boolean ca,
        @Nullable Integer pathLength) {

    /// No extensions.
    public static final Extensions NONE =
            new Extensions(List.of(), List.of(), List.of(), List.of(), null, null);

    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";

    /// Extensions that are read: real certificates have about ten.
    private static final int MAX_EXTENSIONS = 256;

    /// Names of all kinds that are kept: the longest real lists have some 1,500.
    private static final int MAX_NAMES = 4096;

    /// Octets of a name; RFC 1035 allows 255 for DNS names, URIs are longer.
    private static final int MAX_NAME = 4096;

    private static final int EMAIL = 0x81;
    private static final int DNS = 0x82;
    private static final int URI = 0x86;
    private static final int ADDRESS = 0x87;

    /// Reads the contents of the certificate's `[3]`; what is broken is left out.
    static Extensions read(Der explicit) {
        List<String> dns = new ArrayList<>();
        List<String> uri = new ArrayList<>();
        List<String> email = new ArrayList<>();
        List<String> ip = new ArrayList<>();
        Boolean ca = null;
        Integer pathLength = null;
        Der list = explicit.next(Der.SEQUENCE) ? explicit.inside() : explicit;
        int count = 0;
        while (count++ < MAX_EXTENSIONS && list.next()) {
            Der extension = list.inside();
            if (!extension.next(Der.OBJECT)) {
                continue;
            }
            String object = extension.object();
            if (extension.isNext(Der.BOOLEAN)) {
                extension.next(); // critical
            }
            if (!extension.next(Der.OCTET_STRING)) {
                continue;
            }
            Der value = extension.inside();
            if (object.equals(ALTERNATIVE_NAMES) && value.next(Der.SEQUENCE)) {
                names(value.inside(), dns, uri, email, ip);
            } else if (object.equals(BASIC_CONSTRAINTS) && value.next(Der.SEQUENCE)) {
                Der constraints = value.inside();
                ca =
                        constraints.isNext(Der.BOOLEAN)
                                && constraints.next()
                                && constraints.octet(0) != 0;
                pathLength = constraints.next(Der.INTEGER) ? small(constraints) : null;
            }
        }
        return new Extensions(
                List.copyOf(dns),
                List.copyOf(uri),
                List.copyOf(email),
                List.copyOf(ip),
                ca,
                pathLength);
    }

    private static void names(
            Der names, List<String> dns, List<String> uri, List<String> email, List<String> ip) {
        int count = 0;
        while (count++ < MAX_NAMES && names.next()) {
            if (names.size() > MAX_NAME) {
                continue;
            }
            switch (names.tag()) {
                case DNS -> dns.add(text(names));
                case URI -> uri.add(text(names));
                case EMAIL -> email.add(text(names));
                case ADDRESS -> address(names, ip);
                default -> {} // directory names, other names: Zeek has no place for them either
            }
        }
    }

    private static String text(Der name) {
        return new String(name.contents(), StandardCharsets.ISO_8859_1);
    }

    private static void address(Der name, List<String> into) {
        if (name.size() == 4) {
            into.add(Addr.v4(new BigInteger(name.contents()).intValue()).toString());
        } else if (name.size() == 16) {
            BigInteger bits = new BigInteger(name.contents());
            into.add(new Addr(bits.shiftRight(64).longValue(), bits.longValue()).toString());
        }
    }

    private static @Nullable Integer small(Der integer) {
        if (integer.size() == 0 || integer.size() > 4) {
            return null;
        }
        return new BigInteger(integer.contents()).intValue();
    }
}
