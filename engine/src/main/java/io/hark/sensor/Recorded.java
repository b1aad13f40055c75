package io.hark.sensor;

import io.hark.Decoder;
import io.hark.carry.Carried;
import io.hark.schema.Stored;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The taste of a decoder, and what was carried to it; it reads nothing.
///
/// *Thread*: pieces come on the merge's; read when the analysis is over.
final class Recorded<S extends Stored> implements Decoder<S> {

    private static final int MAX_PIECES = 1 << 16; // a sample has some hundred

    private final Decoder<S> decoder;
    private final List<Carried> pieces = new ArrayList<>();

    Recorded(Decoder<S> decoder) {
        this.decoder = decoder;
    }

    List<Carried> pieces() {
        return pieces;
    }

    @Override
    public String name() {
        return decoder.name();
    }

    @Override
    public String about() {
        return decoder.about();
    }

    @Override
    public Class<S> stateType() {
        return decoder.stateType();
    }

    @Override
    public Info info() {
        return decoder.info();
    }

    @Override
    public long maxCarried() {
        return decoder.maxCarried();
    }

    @Override
    public int taste(Tasting tasting) {
        return decoder.taste(tasting);
    }

    @Override
    public void keys(Carried input, Keys sink) {
        decoder.keys(input, sink);
    }

    @Override
    public @Nullable S converse(Carried piece, @Nullable S state, Conversation turn) {
        if (pieces.size() < MAX_PIECES) {
            pieces.add(piece);
        }
        return null; // the decoder itself is played with what came, where it can be watched
    }
}
