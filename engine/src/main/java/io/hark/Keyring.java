package io.hark;

import java.util.List;

/// The secrets that decoders may try.
public record Keyring(List<Secret> secrets) {
    /// No secrets.
    public static final Keyring EMPTY = new Keyring(List.of());
}
