package io.hark.cluster;

import io.hark.event.Event;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;

/// Emits a list of events; stops before one of them until it is cancelled, and knows where it was
/// when it is restored.
@SuppressWarnings("deprecation") // the simplest source that can be stopped at a place
final class Emitting implements SourceFunction<Event>, CheckpointedFunction {

    private static final long serialVersionUID = 1;

    /// The events, in this process: sources are copied, lists of events are not serialisable.
    static List<Event> events = List.of();

    /// Counted down when the source has stopped.
    static CountDownLatch stopped = new CountDownLatch(1);

    private final int stopBefore;
    private int next;
    private transient ListState<Integer> places;
    private transient volatile CountDownLatch cancelled;

    Emitting(int stopBefore) {
        this.stopBefore = stopBefore;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        cancelled = new CountDownLatch(1);
        places =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>("next", Types.INT));
        for (int place : places.get()) {
            next = place;
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        places.update(List.of(next));
    }

    @Override
    public void run(SourceContext<Event> context) throws Exception {
        while (next < events.size() && next != stopBefore) {
            synchronized (context.getCheckpointLock()) {
                context.collect(events.get(next++));
            }
        }
        if (next == stopBefore) {
            stopped.countDown();
            cancelled.await();
        }
    }

    @Override
    public void cancel() {
        cancelled.countDown();
    }
}
