package io.hark;

import io.hark.bytes.Bytes;
import io.hark.event.FileSeen;
import org.jspecify.annotations.Nullable;

/// A file as it goes by: bytes are handed to inspectors and forgotten.
///
/// *Thread*: the worker that owns the connection. *Lifetime*: until [#end].
public interface Body {

    /// All that is left of the stream.
    long UNTIL_END = Long.MAX_VALUE;

    /// The most decoded bytes that [#keep] may ask for.
    int MAX_KEPT = 1 << 20;

    /// The file's id.
    String fuid();

    /// Its type by content, once enough bytes have been seen; null before, and where there were no
    /// bytes or no type is known.
    @Nullable String mimeType();

    /// Decoded bytes seen so far.
    long length();

    /// Bytes known to be missing so far.
    long missing();

    /// Says what is known of the message that carries it; before its first byte.
    default void carriedBy(FileSeen.Carrier carrier) {}

    /// Takes bytes that the parser unwrapped itself: a part of a multipart message, a mail's
    /// attachment. The other way is [Connection#pass].
    void take(Bytes piece);

    /// Says that so many bytes that the parser would have given to [#take] are missing here.
    void lose(long bytes);

    /// Keeps the first `limit` decoded bytes for [#kept].
    void keep(int limit);

    /// What was kept.
    byte[] kept();

    /// Whether everything was kept: nothing missing, cut or undecodable.
    boolean isWhole();

    /// The body ends here. Emits the `files` event if there was a byte; a second call does nothing.
    void end();
}
