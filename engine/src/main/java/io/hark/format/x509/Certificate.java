package io.hark.format.x509;

import io.hark.format.asn1.Der;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An X.509 certificate, unverified: what it says of itself, in Zeek's words.
///
/// ```
/// SEQUENCE { SEQUENCE { [0] version, serial, algorithm, issuer, validity, subject, key, [1], [2], [3] extensions },
///            algorithm, signature }
/// ```
///
/// *Source*: RFC 5280 §4.1.
///
/// @param version 1 to 3 for real ones
/// @param serial upper-case hex, two digits an octet
/// @param subject see [DistinguishedName]
/// @param issuer see [DistinguishedName]
/// @param commonNames common names of the subject, in order
/// @param notBeforeNanos nanoseconds since 1970 UTC; null where it is no time; the ends of a long
///   where it is beyond them
/// @param notAfterNanos nanoseconds since 1970 UTC; null where it is no time; the ends of a long
///   where it is beyond them
/// @param keyAlgorithm `rsaEncryption`, `id-ecPublicKey`, or dotted
/// @param signatureAlgorithm `sha256WithRSAEncryption`, or dotted
/// @param keyType `rsa`, `ecdsa`, `dsa`, or the algorithm's name
/// @param keyLength bits of the key
/// @param exponent RSA exponent, decimal
/// @param curve curve of an EC key
/// @param extensions names it is for and constraints
public record Certificate(
        int version,
        String serial,
        String subject,
        String issuer,
        List<String> commonNames,
        @Nullable Long notBeforeNanos,
        @Nullable Long notAfterNanos,
        String keyAlgorithm,
        String signatureAlgorithm,
        @Nullable String keyType,
        @Nullable Integer keyLength,
        @Nullable String exponent,
        @Nullable String curve,
        Extensions extensions) {

    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;

    /// Octets of a serial number that are shown; RFC 5280 allows 20.
    private static final int MAX_SERIAL = 256;

    /// Octets of an RSA exponent that are written in decimal, whose cost grows faster than their
    /// number; 3 are usual.
    private static final int MAX_EXPONENT = 64;

    /// Reads a certificate; null where it is none or broken.
    ///
    /// *Errors*: none beyond null; octets behind the certificate are ignored.
    public static @Nullable Certificate read(byte[] octets) {
        Der outer = new Der(octets, 0, octets.length);
        if (!outer.next(Der.SEQUENCE)) {
            return null;
        }
        Der parts = outer.inside();
        if (!parts.next(Der.SEQUENCE)) {
            return null;
        }
        Der body = parts.inside();
        int version = 1;
        if (body.isNext(VERSION) && body.next()) {
            Der number = body.inside();
            version = number.next(Der.INTEGER) ? number.octet(number.size() - 1) + 1 : 1;
        }
        if (!body.next(Der.INTEGER)) {
            return null;
        }
        String serial = serial(body);
        String signatureAlgorithm = body.next(Der.SEQUENCE) ? algorithm(body.inside()) : "";
        DistinguishedName issuer =
                body.next(Der.SEQUENCE) ? DistinguishedName.read(body.inside()) : null;
        if (issuer == null || !body.next(Der.SEQUENCE)) {
            return null;
        }
        Der validity = body.inside();
        Long notBefore = validity.next() ? DerTime.nanos(validity) : null;
        Long notAfter = validity.next() ? DerTime.nanos(validity) : null;
        DistinguishedName subject =
                body.next(Der.SEQUENCE) ? DistinguishedName.read(body.inside()) : null;
        if (subject == null || !body.next(Der.SEQUENCE)) {
            return null;
        }
        Key key = Key.read(body.inside());
        if (key == null) {
            return null;
        }
        Extensions extensions = Extensions.NONE;
        while (body.next()) {
            if (body.tag() == EXTENSIONS) {
                extensions = Extensions.read(body.inside());
            }
        }
        if (body.isBad() || !parts.next(Der.SEQUENCE) || !parts.next(Der.BIT_STRING)) {
            return null;
        }
        return new Certificate(
                version,
                serial,
                subject.text(),
                issuer.text(),
                subject.commonNames(),
                notBefore,
                notAfter,
                key.algorithm(),
                signatureAlgorithm,
                key.type(),
                key.bits(),
                key.exponent(),
                key.curve(),
                extensions);
    }

    /// A serial number, upper-case hex, two digits an octet.
    static String serial(Der integer) {
        int size = Math.min(integer.size(), MAX_SERIAL);
        byte[] octets = new byte[size];
        for (int i = 0; i < size; i++) {
            octets[i] = (byte) integer.octet(i);
        }
        BigInteger number = size == 0 ? BigInteger.ZERO : new BigInteger(octets);
        String digits = number.abs().toString(16).toUpperCase(java.util.Locale.ROOT);
        return (number.signum() < 0 ? "-" : "") + (digits.length() % 2 == 0 ? "" : "0") + digits;
    }

    private static String algorithm(Der sequence) {
        return sequence.next(Der.OBJECT) ? ObjectNames.algorithm(sequence.object()) : "";
    }

    /// The last common name of the subject, or null.
    public @Nullable String commonName() {
        return commonNames.isEmpty() ? null : commonNames.getLast();
    }

    /// The public key: what kind and how strong.
    private record Key(
            String algorithm,
            @Nullable String type,
            @Nullable Integer bits,
            @Nullable String exponent,
            @Nullable String curve) {

        private static @Nullable Key read(Der info) {
            if (!info.next(Der.SEQUENCE)) {
                return null;
            }
            Der algorithm = info.inside();
            if (!algorithm.next(Der.OBJECT)) {
                return null;
            }
            String object = algorithm.object();
            String name = ObjectNames.algorithm(object);
            if (!info.next(Der.BIT_STRING)) {
                return null;
            }
            return switch (name) {
                case "rsaEncryption", "rsassaPss" -> rsa(name, info.inside(1));
                case "id-ecPublicKey" -> ec(name, algorithm);
                case "dsaEncryption" -> dsa(name, algorithm);
                case "ED25519" ->
                        new Key(
                                name, name, 253, null,
                                null); // bits of the group's order, as OpenSSL says
                case "ED448" -> new Key(name, name, 446, null, null);
                case "ML-DSA-44", "ML-DSA-65", "ML-DSA-87" ->
                        new Key(name, name, Math.max(0, info.size() - 1) * 8, null, null);
                default -> new Key(name, null, null, null, null);
            };
        }

        private static Key rsa(String name, Der key) {
            Der numbers = key.next(Der.SEQUENCE) ? key.inside() : key;
            Integer bits = numbers.next(Der.INTEGER) ? bits(numbers) : null;
            String exponent = null;
            if (numbers.next(Der.INTEGER) && numbers.size() > 0 && numbers.size() <= MAX_EXPONENT) {
                exponent = new BigInteger(numbers.contents()).toString();
            }
            return new Key(name, "rsa", bits, exponent, null);
        }

        private static Key dsa(String name, Der algorithm) {
            Integer bits = null;
            if (algorithm.next(Der.SEQUENCE)) {
                Der parameters = algorithm.inside();
                bits = parameters.next(Der.INTEGER) ? bits(parameters) : null;
            }
            return new Key(name, "dsa", bits, null, null);
        }

        private static Key ec(String name, Der algorithm) {
            if (!algorithm.next(Der.OBJECT)) {
                return new Key(
                        name, "ecdsa", null, null,
                        null); // a curve of its own: none that has a name
            }
            String object = algorithm.object();
            ObjectNames.Curve curve = ObjectNames.curve(object);
            return curve.name().isEmpty()
                    ? new Key(name, "ecdsa", null, null, object)
                    : new Key(name, "ecdsa", curve.bits(), null, curve.name());
        }

        private static int bits(Der integer) {
            int at = 0;
            while (at < integer.size() && integer.octet(at) == 0) {
                at++;
            }
            int rest = integer.size() - at;
            return rest == 0
                    ? 0
                    : (rest - 1) * 8 + 32 - Integer.numberOfLeadingZeros(integer.octet(at));
        }
    }
}
