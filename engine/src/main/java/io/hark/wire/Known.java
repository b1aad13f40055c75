package io.hark.wire;

import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// What is known of a connection, whoever of those that read it, or read what runs inside of it,
/// found it out.
///
/// *Thread*: the worker that owns the connection.
final class Known {

    private static final int MAX_NAME = 255; // characters: RFC 1035 §2.3.4

    @Nullable String service;
    @Nullable String responderName;
    @Nullable String nameSource;

    /// Whether a decoder has claimed its ciphertext, which opens that by itself and is not shown
    /// again what was inside.
    boolean isClaimed;

    /// How many files it has had.
    int files;

    /// How many pieces of it were carried up one by one.
    long carried;

    /// A protocol is certain.
    void serves(String protocol) {
        service = Services.with(service, protocol);
    }

    /// The responder is known by that name; the first one stays, an address is no name.
    void name(String known, String source) {
        boolean isName = !known.isEmpty() && known.length() <= MAX_NAME;
        if (responderName == null && isName && Addr.parse(known) == null) {
            responderName = known;
            nameSource = source;
        }
    }
}
