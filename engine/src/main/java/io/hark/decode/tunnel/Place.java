package io.hark.decode.tunnel;

import io.hark.Keyed;
import io.hark.Voice;
import io.hark.carry.Carried;
import io.hark.event.Endpoints;
import io.hark.event.Message;
import io.hark.schema.Stored;
import java.util.List;

/// When and by which connection something was said.
///
/// @param ts nanoseconds since 1970 UTC
/// @param uid the connection's id
public record Place(long ts, String uid, Endpoints id) implements Stored {

    static Place of(Carried piece) {
        return new Place(piece.ts(), piece.uid(), piece.id());
    }

    /// Who says what happened there.
    Voice voice(Keyed.Turn<Message> turn, String decoder, String... layers) {
        return new Voice(turn, decoder, decoder, true, uid, id, List.of(layers), null);
    }
}
