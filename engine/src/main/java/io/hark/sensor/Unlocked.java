package io.hark.sensor;

import io.hark.Decoder;
import io.hark.Keyed;
import io.hark.carry.Carried;
import io.hark.event.Message;
import io.hark.schema.Stored;
import org.jspecify.annotations.Nullable;

/// A decoder with the secrets of a run, which it may need to tell conversations apart.
///
/// @param decoder who converses
/// @param secrets what may be tried
record Unlocked<S extends Stored>(Decoder<S> decoder, RunKeys secrets)
        implements Keyed<Carried, S, Message> {

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
    public void keys(Carried input, Keys sink) {
        decoder.keys(input, kind -> secrets.secrets(kind, input.id(), ""), sink);
    }

    @Override
    public @Nullable S on(Carried input, @Nullable S state, Turn<Message> turn) {
        return decoder.on(input, state, turn);
    }

    @Override
    public @Nullable S wake(S state, Turn<Message> turn) {
        return decoder.wake(state, turn);
    }

    @Override
    public void end(S state, Turn<Message> turn) {
        decoder.end(state, turn);
    }
}
