package io.hark.sensor;

import io.hark.Decoder;
import io.hark.Key;
import io.hark.Keyed;
import io.hark.Secret;
import io.hark.carry.Carried;
import io.hark.carry.Inner;
import io.hark.event.Fact;
import io.hark.event.Message;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a decoder sees of its conversation: a turn, the secrets in scope, and where to put what is
/// closed, what is inside, and what went by.
///
/// *Thread*: that of the turn; not to be kept beyond it.
final class Talking implements Decoder.Conversation {

    private final Keyed.Turn<Message> turn;
    private final String decoder;
    private final Supplier<@Nullable Carried> current;
    private final RunKeys keys;
    private final Undecoded undecoded;
    private final InnerTraffic inner;
    private final Artifacts artifacts;

    /// A turn of a decoder.
    ///
    /// @param current the piece at hand, null at a wake-up and at the end
    Talking(
            Keyed.Turn<Message> turn,
            String decoder,
            Supplier<@Nullable Carried> current,
            RunKeys keys,
            Undecoded undecoded,
            InnerTraffic inner,
            Artifacts artifacts) {
        this.turn = turn;
        this.decoder = decoder;
        this.current = current;
        this.keys = keys;
        this.undecoded = undecoded;
        this.inner = inner;
        this.artifacts = artifacts;
    }

    @Override
    public Key key() {
        return turn.key();
    }

    @Override
    public long now() {
        return turn.now();
    }

    @Override
    public void emit(Message message) {
        turn.emit(message);
    }

    @Override
    public void wakeAt(long nanos) {
        turn.wakeAt(nanos);
    }

    @Override
    public List<Secret> secrets(Secret.Kind kind) {
        Carried piece = current.get();
        return piece == null ? List.of() : keys.secrets(kind, piece.id(), key().name());
    }

    @Override
    public void derived(Secret secret) {
        keys.derived(secret);
    }

    @Override
    public void undecoded(Secret.Kind kind, String why) {
        undecoded.keep(decoder, key(), kind, why);
    }

    @Override
    public void opened(Secret secret) {
        undecoded.opened(decoder, key());
    }

    @Override
    public void inner(Inner carried) {
        inner.add(decoder, key(), carried);
    }

    @Override
    public List<Fact> keep(byte[] octets, String suffix) {
        return artifacts.keep(octets, suffix);
    }
}
