package io.hark.parse.http;

import io.hark.Body;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where one direction stands, and what the head of its message at hand said about the content.
///
/// *Thread*: one owner, the worker.
final class Half {

    /// What comes next.
    enum State {
        /// A start line, with its headers if they are there.
        START,
        /// The headers of a start line that came alone.
        HEADERS,
        /// What is left of a head that is too long.
        REST,
        /// Nothing to be read: a body goes by.
        BODY,
        /// The size of a chunk.
        CHUNK,
        /// What is behind the last chunk.
        TRAILER,
        /// The parts of a multipart content.
        PARTS,
        /// Another protocol: behind CONNECT or an upgrade.
        OPAQUE,
        /// Bytes that are no HTTP, until a start line comes.
        LOST
    }

    State state = State.START;
    @Nullable Transaction current;
    @Nullable Body body;
    @Nullable Multipart parts;
    int version;
    boolean gapped;

    /// Whether a `Host` was seen.
    boolean named;

    /// The names of the headers of its last message.
    List<String> names = List.of();

    long contentLength;
    boolean chunked;
    @Nullable String coding;
    @Nullable String filename;
    @Nullable String boundary;

    /// Whether the body says that certificates are revoked, or are not.
    boolean certificateStatus;

    /// Begins a message.
    void begin(Transaction transaction) {
        current = transaction;
        contentLength = -1;
        chunked = false;
        coding = null;
        filename = null;
        boundary = null;
        certificateStatus = false;
    }

    /// Whether bytes that cannot be read belong to a message.
    boolean isInside() {
        return switch (state) {
            case START, OPAQUE, LOST -> false;
            case HEADERS, REST, BODY, CHUNK, TRAILER, PARTS -> true;
        };
    }

    /// Ends what goes by, if anything does.
    void endBody() {
        if (parts != null) {
            parts.end();
            parts = null;
        }
        if (body != null) {
            body.end();
            body = null;
        }
    }
}
