package io.hark.format.x509;

import java.util.Map;

/// Names of object identifiers as OpenSSL prints them, and so Zeek; what has no name is shown
/// dotted.
///
/// *Source*: ITU-T X.520, RFC 3279, RFC 4055, RFC 5480, RFC 5758, RFC 8410, FIPS 204, FIPS 205; the
/// CA/Browser Forum's EV guidelines.
final class ObjectNames {

    private static final Map<String, String> ATTRIBUTES =
            Map.ofEntries(
                    Map.entry("2.5.4.3", "CN"),
                    Map.entry("2.5.4.4", "SN"),
                    Map.entry("2.5.4.5", "serialNumber"),
                    Map.entry("2.5.4.6", "C"),
                    Map.entry("2.5.4.7", "L"),
                    Map.entry("2.5.4.8", "ST"),
                    Map.entry("2.5.4.9", "street"),
                    Map.entry("2.5.4.10", "O"),
                    Map.entry("2.5.4.11", "OU"),
                    Map.entry("2.5.4.12", "title"),
                    Map.entry("2.5.4.13", "description"),
                    Map.entry("2.5.4.15", "businessCategory"),
                    Map.entry("2.5.4.16", "postalAddress"),
                    Map.entry("2.5.4.17", "postalCode"),
                    Map.entry("2.5.4.18", "postOfficeBox"),
                    Map.entry("2.5.4.20", "telephoneNumber"),
                    Map.entry("2.5.4.41", "name"),
                    Map.entry("2.5.4.42", "GN"),
                    Map.entry("2.5.4.43", "initials"),
                    Map.entry("2.5.4.44", "generationQualifier"),
                    Map.entry("2.5.4.45", "x500UniqueIdentifier"),
                    Map.entry("2.5.4.46", "dnQualifier"),
                    Map.entry("2.5.4.65", "pseudonym"),
                    Map.entry("2.5.4.72", "role"),
                    Map.entry("2.5.4.97", "organizationIdentifier"),
                    Map.entry("1.2.840.113549.1.9.1", "emailAddress"),
                    Map.entry("1.2.840.113549.1.9.2", "unstructuredName"),
                    Map.entry("1.2.840.113549.1.9.8", "unstructuredAddress"),
                    Map.entry("0.9.2342.19200300.100.1.1", "UID"),
                    Map.entry("0.9.2342.19200300.100.1.3", "mail"),
                    Map.entry("0.9.2342.19200300.100.1.25", "DC"),
                    Map.entry("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL"),
                    Map.entry("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST"),
                    Map.entry("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC"));

    private static final Map<String, String> ALGORITHMS =
            Map.ofEntries(
                    Map.entry("1.2.840.113549.1.1.1", "rsaEncryption"),
                    Map.entry("1.2.840.113549.1.1.2", "md2WithRSAEncryption"),
                    Map.entry("1.2.840.113549.1.1.3", "md4WithRSAEncryption"),
                    Map.entry("1.2.840.113549.1.1.4", "md5WithRSAEncryption"),
                    Map.entry("1.2.840.113549.1.1.5", "sha1WithRSAEncryption"),
                    Map.entry("1.2.840.113549.1.1.7", "rsaesOaep"),
                    Map.entry("1.2.840.113549.1.1.10", "rsassaPss"),
                    Map.entry("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
                    Map.entry("1.2.840.113549.1.1.12", "sha384WithRSAEncryption"),
                    Map.entry("1.2.840.113549.1.1.13", "sha512WithRSAEncryption"),
                    Map.entry("1.2.840.113549.1.1.14", "sha224WithRSAEncryption"),
                    Map.entry("1.3.14.3.2.29", "sha1WithRSA"),
                    Map.entry("1.2.840.10040.4.1", "dsaEncryption"),
                    Map.entry("1.2.840.10040.4.3", "dsaWithSHA1"),
                    Map.entry("2.16.840.1.101.3.4.3.1", "dsa_with_SHA224"),
                    Map.entry("2.16.840.1.101.3.4.3.2", "dsa_with_SHA256"),
                    Map.entry("1.2.840.10046.2.1", "X9.42 DH"),
                    Map.entry("1.2.840.113549.1.3.1", "dhKeyAgreement"),
                    Map.entry("1.2.840.10045.2.1", "id-ecPublicKey"),
                    Map.entry("1.2.840.10045.4.1", "ecdsa-with-SHA1"),
                    Map.entry("1.2.840.10045.4.3.1", "ecdsa-with-SHA224"),
                    Map.entry("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
                    Map.entry("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
                    Map.entry("1.2.840.10045.4.3.4", "ecdsa-with-SHA512"),
                    Map.entry("1.3.101.110", "X25519"),
                    Map.entry("1.3.101.111", "X448"),
                    Map.entry("1.3.101.112", "ED25519"),
                    Map.entry("1.3.101.113", "ED448"),
                    Map.entry("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
                    Map.entry("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
                    Map.entry("2.16.840.1.101.3.4.3.19", "ML-DSA-87"),
                    Map.entry("1.2.643.2.2.3", "GOST R 34.11-94 with GOST R 34.10-2001"),
                    Map.entry("1.2.643.2.2.19", "GOST R 34.10-2001"),
                    Map.entry("1.2.643.7.1.1.1.1", "GOST R 34.10-2012 with 256 bit modulus"),
                    Map.entry("1.2.643.7.1.1.1.2", "GOST R 34.10-2012 with 512 bit modulus"),
                    Map.entry(
                            "1.2.643.7.1.1.3.2",
                            "GOST R 34.10-2012 with GOST R 34.11-2012 (256 bit)"),
                    Map.entry(
                            "1.2.643.7.1.1.3.3",
                            "GOST R 34.10-2012 with GOST R 34.11-2012 (512 bit)"),
                    Map.entry("1.2.156.10197.1.301", "sm2"),
                    Map.entry("1.2.156.10197.1.501", "SM2-with-SM3"));

    private static final Map<String, Curve> CURVES =
            Map.ofEntries(
                    Map.entry("1.2.840.10045.3.1.1", new Curve("prime192v1", 192)),
                    Map.entry("1.2.840.10045.3.1.7", new Curve("prime256v1", 256)),
                    Map.entry("1.3.132.0.33", new Curve("secp224r1", 224)),
                    Map.entry("1.3.132.0.34", new Curve("secp384r1", 384)),
                    Map.entry("1.3.132.0.35", new Curve("secp521r1", 521)),
                    Map.entry("1.3.132.0.10", new Curve("secp256k1", 256)),
                    Map.entry("1.3.132.0.1", new Curve("sect163k1", 163)),
                    Map.entry("1.3.132.0.15", new Curve("sect163r2", 163)),
                    Map.entry("1.3.132.0.26", new Curve("sect233k1", 232)),
                    Map.entry("1.3.132.0.27", new Curve("sect233r1", 233)),
                    Map.entry("1.3.132.0.16", new Curve("sect283k1", 281)),
                    Map.entry("1.3.132.0.17", new Curve("sect283r1", 282)),
                    Map.entry("1.3.132.0.36", new Curve("sect409k1", 407)),
                    Map.entry("1.3.132.0.37", new Curve("sect409r1", 409)),
                    Map.entry("1.3.132.0.38", new Curve("sect571k1", 570)),
                    Map.entry("1.3.132.0.39", new Curve("sect571r1", 570)),
                    Map.entry("1.3.36.3.3.2.8.1.1.7", new Curve("brainpoolP256r1", 256)),
                    Map.entry("1.3.36.3.3.2.8.1.1.11", new Curve("brainpoolP384r1", 384)),
                    Map.entry("1.3.36.3.3.2.8.1.1.13", new Curve("brainpoolP512r1", 512)),
                    Map.entry("1.2.156.10197.1.301", new Curve("SM2", 256)));

    private ObjectNames() {}

    /// A curve of EC keys.
    ///
    /// @param name OpenSSL's name
    /// @param bits bits of the order of its base point
    record Curve(String name, int bits) {}

    /// The short name of an attribute of a distinguished name; empty where it has none.
    static String attribute(String object) {
        return ATTRIBUTES.getOrDefault(object, "");
    }

    /// The long name of an algorithm, or the dotted identifier.
    static String algorithm(String object) {
        return ALGORITHMS.getOrDefault(object, object);
    }

    /// The curve; one without a name and of no bits where it is unknown.
    static Curve curve(String object) {
        return CURVES.getOrDefault(object, new Curve("", 0));
    }
}
