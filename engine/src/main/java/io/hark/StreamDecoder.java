package io.hark;

import io.hark.carry.Carried;
import io.hark.carry.StreamPiece;
import io.hark.schema.Stored;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A decoder of a family that talks over one TCP stream that no parser knows: the connection is the
/// conversation.
public interface StreamDecoder<S extends Stored> extends Decoder<S> {

    /// What most of them take.
    Set<Carrier> STREAM = Set.of(Carrier.STREAM);

    /// Whether the beginning of a stream is its own; see [Decoder#taste].
    int taste(StreamStart start);

    /// Reads the next piece of a stream.
    @Nullable S read(StreamPiece piece, @Nullable S state, Conversation turn);

    @Override
    default int taste(Tasting tasting) {
        return tasting instanceof StreamStart start ? taste(start) : Verdict.NO;
    }

    @Override
    default void keys(Carried input, Keys sink) {
        sink.add(input.uid());
    }

    @Override
    default @Nullable S converse(Carried piece, @Nullable S state, Conversation turn) {
        return piece instanceof StreamPiece run ? read(run, state, turn) : state;
    }
}
