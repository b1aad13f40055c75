package io.hark;

import java.security.interfaces.RSAPrivateKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The secrets of sessions that the operator gave, or that the capture itself brought, as a parser
/// may look them up to open what a protocol protects.
///
/// *Thread*: the worker that owns the connection. Nothing here is ever printed but names.
public interface SessionSecrets {

    /// A secret, and what messages call where it came from.
    record Found(String name, byte[] octets) {

        /// Its name only.
        @Override
        public String toString() {
            return name;
        }
    }

    /// A private RSA key, and what messages call it.
    record RsaKey(String name, RSAPrivateKey key) {

        /// Its name only.
        @Override
        public String toString() {
            return name;
        }
    }

    /// Whether there are none at all, so that nothing need be kept for them.
    boolean isEmpty();

    /// The secret that a key log has under that label for that client random, or null. What the
    /// capture brings is found from the place on where it stands there.
    @Nullable Found logged(String label, byte[] clientRandom);

    /// The private RSA keys, in the order they were given.
    List<RsaKey> rsaKeys();

    /// Whether more may come while a connection runs: a key log is followed as it grows.
    default boolean mayGrow() {
        return false;
    }

    /// Asks for room to keep so many octets until a secret comes; answers whether there is. Who
    /// uses it is [Withheld].
    default boolean reserve(int octets) {
        return false;
    }

    /// Gives such room back.
    default void release(int octets) {}

    /// No secrets.
    SessionSecrets NONE =
            new SessionSecrets() {
                @Override
                public boolean isEmpty() {
                    return true;
                }

                @Override
                public @Nullable Found logged(String label, byte[] clientRandom) {
                    return null;
                }

                @Override
                public List<RsaKey> rsaKeys() {
                    return List.of();
                }
            };
}
