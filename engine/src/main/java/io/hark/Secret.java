package io.hark;

import java.util.Map;

/// Something a decoder may try: never printed, never logged.
///
/// @param name what messages call it: the file's name, or the name in `keys.yaml`
/// @param kind what it is
/// @param values its parts: a key log's secrets by `LABEL client-random` in lower-case hex, an RSA
///   key's PKCS#8 octets under `pkcs8`
public record Secret(String name, Kind kind, Map<String, byte[]> values) {

    /// What a secret is.
    public enum Kind {
        /// A private RSA key: opens TLS with RSA key transport.
        RSA_PRIVATE,
        /// Lines of an NSS key log (draft-ietf-tls-keylogfile).
        TLS_KEY_LOG
    }

    /// Its name and kind only.
    @Override
    public String toString() {
        return name + " (" + kind + ")";
    }
}
