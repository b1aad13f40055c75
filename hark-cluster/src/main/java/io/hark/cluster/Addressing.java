package io.hark.cluster;

import io.hark.Key;
import io.hark.Keyed;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/// Puts its keys on every input.
///
/// *Thread*: one owner, the task.
final class Addressing<I> extends RichFlatMapFunction<I, Tuple2<Key, I>> {

    private static final long serialVersionUID = 1;

    private final OnFlink.Maker<? extends Keyed<I, ?, ?>> maker;
    private transient @Nullable Keyed<I, ?, ?> keyed;

    Addressing(OnFlink.Maker<? extends Keyed<I, ?, ?>> maker) {
        this.maker = maker;
    }

    @Override
    public void open(OpenContext context) {
        keyed = maker.get();
    }

    @Override
    public void flatMap(I input, Collector<Tuple2<Key, I>> out) {
        if (keyed == null) {
            throw new IllegalStateException("not opened");
        }
        keyed.keys(
                input,
                (host, peer, port, name) ->
                        out.collect(Tuple2.of(new Key(host, peer, port, name), input)));
    }
}
