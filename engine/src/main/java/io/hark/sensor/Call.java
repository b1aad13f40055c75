package io.hark.sensor;

import io.hark.Key;
import io.hark.Keyed;
import io.hark.schema.Addr;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one turn that all calls of a [KeyedRunner] see, set anew for each: no key is made that
/// nobody asks for.
///
/// *Thread*: the runner's.
final class Call<O> implements Keyed.Turn<O> {

    Addr host = Key.NOBODY;
    Addr peer = Key.NOBODY;
    int port;
    String name = "";
    long now;

    /// Where the last word of a key goes; null in every other call.
    @Nullable Consumer<O> last;

    private final Consumer<? super O> out;
    private final Set<Saved.Wake> wakes;

    Call(Consumer<? super O> out, Set<Saved.Wake> wakes) {
        this.out = out;
        this.wakes = wakes;
    }

    void at(Addr host, Addr peer, int port, String name) {
        this.host = host;
        this.peer = peer;
        this.port = port;
        this.name = name;
    }

    void at(Key key) {
        at(key.host(), key.peer(), key.port(), key.name());
    }

    Call<O> copy() {
        Call<O> copy = new Call<>(out, wakes);
        copy.become(this);
        return copy;
    }

    void become(Call<O> other) {
        at(other.host, other.peer, other.port, other.name);
        now = other.now;
    }

    @Override
    public Key key() {
        return new Key(host, peer, port, name);
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public void emit(O what) {
        if (last == null) {
            out.accept(what);
        } else {
            last.accept(what);
        }
    }

    @Override
    public void wakeAt(long nanos) {
        if (last == null) {
            wakes.add(new Saved.Wake(Math.max(nanos, now + 1), key()));
        }
    }
}
