package io.hark.sensor;

import io.hark.wire.Chunk;
import io.hark.wire.Engine;
import io.hark.wire.Expectation;
import io.hark.wire.Meter;
import io.hark.wire.Setup;
import io.hark.wire.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A packet's way, wired: one source fills a ring of chunks, every worker takes its frames out of
/// each, the merge hands on what they said in one order.
///
/// A worker takes a chunk only when the merge is done with the one before the last. So what
/// connections of different workers share, the expectations, is learned by all at the same chunk:
/// any number of workers gives the same output. The end of the input counts as more chunks.
///
/// *Thread*: runs on the caller's thread and its own; with one worker, worker and merge share the
/// caller's.
final class Pipeline {

    private static final int RING = 6; // chunks: two being worked on, the rest read ahead

    /// Frames whose connections one pseudo chunk ends: as few as a chunk has, since what they say
    /// is in memory at once.
    private static final int ENDED_TOGETHER = 1 << 13;

    private static final int AHEAD = 4; // how far workers may be in front of the merge, in chunks

    private final Source source;
    private final Meter total = new Meter(); // the merge's
    private final Batch.Taker taker;
    private final int workers;
    private final List<Engine> engines = new ArrayList<>();
    private final @Nullable Keeping archive;
    private final Chunk[] ring = new Chunk[RING];
    private final Batch[][] batches;
    private final List<List<Expectation>> facts =
            new ArrayList<>(); // by chunk number modulo AHEAD + 1

    // what the threads tell each other, under the lock of this object
    private long read;
    private long archived; // chunks whose frames are kept, where they are
    private final long[] done;
    private long merged;
    private long end = Long.MAX_VALUE; // number of the first pseudo chunk, which end what is open
    private long last = Long.MAX_VALUE; // number of the last of them
    private @Nullable Throwable failure;

    /// A pipeline over one source.
    ///
    /// @param setup makes what worker n's engine is made of
    /// @param archive what keeps frames, or null
    Pipeline(
            Source source,
            IntFunction<Setup> setup,
            int workers,
            Formats formats,
            Batch.Taker taker,
            @Nullable Keeping archive) {
        this.source = source;
        this.taker = taker;
        this.archive = archive;
        this.workers = workers;
        this.done = new long[workers];
        this.batches = new Batch[workers][AHEAD];
        for (int w = 0; w < workers; w++) {
            for (int i = 0; i < AHEAD; i++) {
                batches[w][i] = new Batch(formats);
            }
            engines.add(new Engine(setup.apply(w), new Switch(w)));
        }
        for (int i = 0; i <= AHEAD; i++) {
            facts.add(new ArrayList<>());
        }
        for (int i = 0; i < RING; i++) {
            ring[i] = Source.chunk();
        }
    }

    /// What keeps frames. *Thread*: one of the pipeline's.
    interface Keeping {
        /// Keeps those of a chunk.
        void keep(Chunk chunk);
    }

    /// Sends what an engine says to the batch of the chunk at hand.
    private final class Switch implements io.hark.wire.Sink {
        private final int worker;

        Switch(int worker) {
            this.worker = worker;
        }

        private Batch batch() {
            return batches[worker][(int) (done[worker] % AHEAD)]; // written by this worker only
        }

        @Override
        public void emit(io.hark.event.Event event, io.hark.wire.Order order) {
            batch().emit(event, order);
        }

        @Override
        public void carry(io.hark.carry.Carried carried, io.hark.wire.Order order) {
            batch().carry(carried, order);
        }

        @Override
        public void publish(Expectation expectation, io.hark.wire.Order order) {
            batch().publish(expectation, order);
        }
    }

    /// Runs to the end of the input.
    void run() throws IOException, InterruptedException {
        List<Thread> threads = new ArrayList<>();
        threads.add(Thread.ofPlatform().name("hark-reader").unstarted(() -> guard(this::readAll)));
        for (int w = 0; workers > 1 && w < workers; w++) {
            int worker = w;
            threads.add(
                    Thread.ofPlatform()
                            .name("hark-worker-" + w)
                            .unstarted(() -> guard(() -> workAll(worker))));
        }
        Keeping keeping = archive;
        if (keeping != null) {
            threads.add(
                    Thread.ofPlatform()
                            .name("hark-keeper")
                            .unstarted(() -> guard(() -> keepAll(keeping))));
        }
        threads.forEach(Thread::start);
        guard(this::mergeAll);
        for (Thread thread : threads) {
            thread.join();
        }
        Throwable broken = failure;
        if (broken instanceof UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        } else if (broken instanceof RuntimeException e) {
            throw e;
        } else if (broken instanceof Error e) {
            throw e;
        } else if (broken != null) {
            throw new IOException(broken.getMessage(), broken);
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void guard(Work work) {
        try {
            work.run();
        } catch (Throwable e) { // wakes the others; thrown by run
            synchronized (this) {
                failure = failure == null ? e : failure;
                notifyAll();
            }
        }
    }

    private interface Ready {
        boolean is();
    }

    /// Waits until `ready`; false if somebody failed.
    private synchronized boolean await(Ready ready) throws InterruptedException {
        while (failure == null && !ready.is()) {
            wait();
        }
        return failure == null;
    }

    /// Chunks that nobody needs any more.
    private long free() {
        return archive == null ? slowestWorker() : Math.min(archived, slowestWorker());
    }

    private long slowestWorker() {
        long slowest = Long.MAX_VALUE;
        for (long n : done) {
            slowest = Math.min(slowest, n);
        }
        return slowest;
    }

    private void readAll() throws IOException, InterruptedException {
        for (long n = 0; ; n++) {
            long number = n;
            if (!await(() -> number - free() < RING)) {
                return;
            }
            Chunk chunk = ring[(int) (n % RING)];
            source.fill(chunk);
            chunk.note(source);
            synchronized (this) {
                read = n + 1;
                if (chunk.isLast()) {
                    end = n + 1;
                    last = end + source.frameCount() / ENDED_TOGETHER;
                }
                notifyAll();
            }
            if (chunk.isLast()) {
                return;
            }
        }
    }

    private void keepAll(Keeping to) throws InterruptedException {
        for (long n = 0; ; n++) {
            long number = n;
            if (!await(() -> number < read || number >= end)) {
                return;
            }
            synchronized (this) {
                if (n >= end) {
                    return; // what comes now only ends what is open
                }
            }
            to.keep(ring[(int) (n % RING)]);
            synchronized (this) {
                archived = n + 1;
                notifyAll();
            }
        }
    }

    private void workAll(int worker) throws InterruptedException {
        for (long n = 0; ; n++) {
            long number = n;
            if (!await(() -> number < merged + AHEAD && (number < read || number >= end))) {
                return;
            }
            work(worker, n);
            synchronized (this) {
                done[worker] = n + 1;
                notifyAll();
            }
            if (n == last) {
                return;
            }
        }
    }

    private void work(int worker, long n) {
        Engine engine = engines.get(worker);
        if (n >= AHEAD) {
            facts.get((int) ((n - AHEAD) % (AHEAD + 1))).forEach(engine::learn);
        }
        Meter meter = batches[worker][(int) (n % AHEAD)].meter();
        meter.clear();
        if (n >= end) {
            engine.finish((n - end + 1) * ENDED_TOGETHER);
            meter.at(ring[(int) ((end - 1) % RING)]); // the last one is not filled again
        } else {
            Chunk chunk = ring[(int) (n % RING)];
            engine.process(chunk, worker, workers);
            meter.at(chunk);
        }
        meter.add(engine.meter());
    }

    private void mergeAll() throws InterruptedException {
        for (long n = 0; ; n++) {
            long number = n;
            if (workers == 1) {
                if (!await(() -> number < read || number >= end)) {
                    return;
                }
                work(0, n);
                synchronized (this) {
                    done[0] = n + 1;
                    notifyAll();
                }
            } else if (!await(() -> slowestWorker() > number)) {
                return;
            }
            merge(n);
            synchronized (this) {
                merged = n + 1;
                notifyAll();
            }
            if (n == last) {
                return;
            }
        }
    }

    private void merge(long n) {
        List<Expectation> learned = facts.get((int) (n % (AHEAD + 1)));
        learned.clear();
        Batch.Taker collect = new Collecting(taker, learned);
        int slot = (int) (n % AHEAD);
        int[] next = new int[workers];
        while (true) {
            int first = -1;
            for (int w = 0; w < workers; w++) {
                if (next[w] < batches[w][slot].size()
                        && (first < 0
                                || !batches[first][slot].isBefore(
                                        next[first], batches[w][slot], next[w]))) {
                    first = w;
                }
            }
            if (first < 0) {
                break;
            }
            batches[first][slot].give(next[first]++, collect);
        }
        total.clear();
        for (Batch[] its : batches) {
            total.add(its[slot].meter());
            its[slot].clear(); // not only when it is used again: what was said is let go
        }
        if (n < end - 1 || n == last) { // of the last chunk the end tells
            taker.meter(total, n == last);
        }
    }

    private record Collecting(Batch.Taker to, List<Expectation> learned) implements Batch.Taker {
        @Override
        public io.hark.event.@Nullable Event told(io.hark.event.Event event) {
            return to.told(event);
        }

        @Override
        public void said(io.hark.event.Event event) {
            to.said(event);
        }

        @Override
        public void row(int file, long nanos, byte[] text, int from, int until) {
            to.row(file, nanos, text, from, until);
        }

        @Override
        public void event(io.hark.event.Event event) {
            to.event(event);
        }

        @Override
        public void carried(io.hark.carry.Carried carried) {
            to.carried(carried);
        }

        @Override
        public void expectation(Expectation expectation) {
            learned.add(expectation);
        }

        @Override
        public void meter(Meter all, boolean last) {
            to.meter(all, last);
        }
    }

    Source source() {
        return source;
    }

    /// What all had counted at the end.
    Meter total() {
        return total;
    }

    List<Engine> engines() {
        return engines;
    }
}
