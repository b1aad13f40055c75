package io.hark;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something a decoder may try: never printed, never logged.
///
/// @param name what messages call it: the file's name, or the name in `keys.yaml`
/// @param kind what it is
/// @param values its parts, by the names that its [Kind] tells
/// @param scope where it may be tried
/// @param source where it comes from: a file, words of the operator, or what it was derived from
public record Secret(
        String name, Kind kind, Map<String, byte[]> values, Scope scope, String source) {

    /// A secret that may be tried everywhere.
    public Secret(String name, Kind kind, Map<String, byte[]> values) {
        this(name, kind, values, Scope.ANY, "");
    }

    /// Keeps its own copy of the map.
    public Secret {
        values = Map.copyOf(values);
    }

    /// What a secret is.
    public enum Kind {
        /// A private RSA key: `pkcs8`. Opens TLS with RSA key transport, and what a C2 server lets
        /// its implants seal for it.
        RSA_PRIVATE("the server's private RSA key (PEM)"),
        /// Lines of an NSS key log (draft-ietf-tls-keylogfile): each by `LABEL client-random` in
        /// lower-case hex.
        TLS_KEY_LOG("a TLS key log of one of the two ends (SSLKEYLOGFILE)"),
        /// A password or passphrase: `password`, in UTF-8.
        PASSWORD("a password or pre-shared secret in words"),
        /// Octets that a decoder knows what to do with: `bytes`.
        BYTES("a key or seed in octets (staging key, RC4 or XOR key)"),
        /// An AES key: `key` of 16, 24 or 32 octets, and where there are such `iv` and `hmac`.
        AES("an AES key, with the key of its HMAC where there is one"),
        /// What a C2 server's traffic was made to look like: `profile`, a text.
        PROFILE("a malleable profile, which tells how traffic is dressed");

        private final String inWords;

        Kind(String inWords) {
            this.inWords = inWords;
        }

        /// Its word in `keys.yaml` and in what is said: `rsa-private`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// What an operator would have to find.
        public String inWords() {
            return inWords;
        }

        /// The kind with that word, or null.
        public static @Nullable Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            return null;
        }
    }

    /// A part of it; empty where it has no such.
    public byte[] value(String part) {
        return values.getOrDefault(part, new byte[0]);
    }

    /// Its name and kind only.
    @Override
    public String toString() {
        return name + " (" + kind.word() + ")";
    }
}
