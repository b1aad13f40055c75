package io.hark;

import io.hark.carry.Carried;
import io.hark.event.Endpoints;
import io.hark.event.Message;
import io.hark.schema.Stored;
import org.jspecify.annotations.Nullable;

/// How long a conversation was heard, and by which connection last: what a decoder keeps of one to
/// have the last word about it.
///
/// @param first when it was first heard, nanoseconds
/// @param last when it was last heard
/// @param uid the connection that it was last heard by
/// @param id that one's endpoints
public record Contact(long first, long last, String uid, Endpoints id) implements Stored {

    /// Heard again, or for the first time.
    public static Contact of(@Nullable Contact before, Carried piece) {
        return new Contact(
                before == null ? piece.ts() : before.first, piece.ts(), piece.uid(), piece.id());
    }

    /// From first to last, seconds.
    public double seconds() {
        return (last - first) / 1e9;
    }

    /// Who has the last word.
    public Voice voice(Decoder<?> decoder, Keyed.Turn<Message> turn, String... layers) {
        return Voice.of(decoder, turn, uid, id, layers);
    }
}
