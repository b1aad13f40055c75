package io.hark.wire;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Several captures as one: their frames merged by time, whether they follow one another, as the
/// files of a ring do, or overlap, as those of several sensors do.
///
/// Frames of the same time come in the order the captures were named; a capture's own frames stay
/// in their order, even where its clock goes back. A capture is opened when the timeline reaches
/// its first frame, so that those which do not overlap are open one after the other; each open one
/// costs a small chunk. One that is damaged or unreadable ends there and stops no other.
///
/// One that is live and silent is waited for: for 30 s, then the others go on, and its frames come
/// when they come.
///
/// *Thread*: the reading thread's.
public final class Timeline implements Source {

    /// The most captures open at once: what lies beyond waits until one of them ends, and its
    /// frames come late.
    private static final int MAX_OPEN = 256;

    /// How often is looked for arrivals while others are read.
    private static final long LOOK_NANOS = 1_000_000_000L;

    private final String name;
    private final Layers layers;
    private final @Nullable Arrivals arrivals;
    private final List<Member> members = new ArrayList<>();
    private final PriorityQueue<Member> pending =
            new PriorityQueue<>(
                    Comparator.<Member>comparingLong(m -> m.firstNanos)
                            .thenComparingInt(m -> m.order));
    private final PriorityQueue<Member> active =
            new PriorityQueue<>((a, b) -> a == b ? 0 : a.isBefore(b) ? -1 : 1);
    private final List<Member> silent = new ArrayList<>();
    private long lastLook;
    private boolean ended;
    private volatile boolean stopped;

    private long chunks;
    private volatile long frames;
    private long octets;
    private long prefixMax = Long.MIN_VALUE;
    private long firstNanos = Long.MAX_VALUE;
    private volatile long position;
    private volatile long size;

    private Timeline(String name, Layers layers, @Nullable Arrivals arrivals) {
        this.name = name;
        this.layers = layers;
        this.arrivals = arrivals;
    }

    /// A timeline of these captures; each is looked at for its first frame.
    public static Timeline of(List<Path> captures, Layers layers) throws IOException {
        String name =
                captures.size() == 1
                        ? captures.getFirst().toString()
                        : captures.getFirst() + " and " + (captures.size() - 1) + " more";
        Timeline timeline = new Timeline(name, layers, null);
        timeline.add(captures);
        return timeline;
    }

    /// A timeline of captures that arrive while it runs; it ends when it is stopped.
    public static Timeline of(String name, Arrivals arrivals, Layers layers) {
        return new Timeline(name, layers, arrivals);
    }

    private void add(List<Path> captures) throws IOException {
        for (Path capture : captures) {
            Member member = new Member(capture, members.size(), layers);
            synchronized (members) {
                members.add(member);
            }
            if (member.peek()) {
                if (!member.isOpen()) {
                    pending.add(member);
                } else if (member.firstNanos == Long.MIN_VALUE) {
                    silent.add(member);
                } else {
                    active.add(member);
                }
            }
        }
        size = members.stream().anyMatch(m -> m.size < 0) ? -1 : sum();
    }

    private long sum() {
        return members.stream().mapToLong(m -> m.size).sum();
    }

    @Override
    public void fill(Chunk chunk) throws IOException {
        chunk.reset(chunks++, frames);
        look();
        if (listen()) {
            merge(chunk);
        }
        chunk.prefixMaxNanos = prefixMax;
        frames = chunk.firstOrdinal + chunk.frames;
        position = members.stream().mapToLong(Member::read).sum();
        boolean none = active.isEmpty() && silent.isEmpty() && pending.isEmpty();
        if (none && (arrivals == null || arrivals.isOver())) {
            chunk.last = true;
            ended = true;
            if (arrivals != null) {
                for (Member member : members) {
                    member.verify();
                }
            }
        } else if (none && chunk.frames == 0) {
            LockSupport.parkNanos(PATIENCE_NANOS); // until something arrives
        }
    }

    private void look() throws IOException {
        Arrivals from = arrivals;
        if (from == null) {
            return;
        }
        boolean idle = active.isEmpty() && pending.isEmpty();
        if (idle || stopped || System.nanoTime() - lastLook > LOOK_NANOS) {
            add(from.ready());
            lastLook = System.nanoTime();
        }
    }

    /// Asks the silent ones; answers whether the others may go on.
    private boolean listen() throws IOException {
        boolean goOn = true;
        for (int i = 0; i < silent.size(); ) {
            Member member = silent.get(i);
            switch (member.refill()) {
                case READY -> {
                    silent.remove(i);
                    active.add(member);
                }
                case OVER -> silent.remove(i);
                case SILENT -> {
                    goOn &= !member.holds();
                    i++;
                }
            }
        }
        return goOn;
    }

    private void merge(Chunk chunk) throws IOException {
        int used = 0;
        while (!chunk.isFull()) {
            openDue();
            Member first = active.poll();
            if (first == null) {
                return;
            }
            Member.State state = Member.State.READY;
            do {
                used = take(chunk, first, used);
                if (used < 0) {
                    active.add(first);
                    return;
                }
                state = first.advance();
            } while (state == Member.State.READY && !chunk.isFull() && isStillFirst(first));
            switch (state) {
                case READY -> active.add(first);
                case SILENT -> {
                    silent.add(first);
                    return;
                }
                case OVER -> {}
            }
        }
    }

    private boolean isStillFirst(Member first) {
        Member next = active.peek();
        Member closed = pending.peek();
        return (next == null || first.isBefore(next))
                && (closed == null || first.isBefore(closed) || active.size() + 1 >= MAX_OPEN);
    }

    private void openDue() throws IOException {
        while (active.size() < MAX_OPEN) {
            Member next = pending.peek();
            Member first = active.peek();
            if (next == null || first != null && first.isBefore(next)) {
                return;
            }
            pending.remove();
            if (next.open() == Member.State.READY) {
                active.add(next);
            }
        }
    }

    /// Copies the member's next frame behind the `used` bytes of the chunk; -1 where it has no
    /// room.
    private int take(Chunk chunk, Member from, int used) {
        Chunk its = from.chunk();
        chunk.secrets.addAll(its.secrets);
        its.secrets.clear();
        int at = from.at();
        int captured = its.captured[at];
        if (captured > chunk.capacity - used) {
            if (chunk.frames > 0) {
                return -1;
            }
            chunk.grow(captured, 0);
        }
        int i = chunk.frames++;
        System.arraycopy(its.memory, its.at[at], chunk.memory, used, captured);
        chunk.ts[i] = its.ts[at];
        chunk.at[i] = used;
        chunk.captured[i] = captured;
        chunk.length[i] = its.length[at];
        chunk.linkType[i] = its.linkType[at];
        octets += its.length[at];
        prefixMax = Math.max(prefixMax, its.ts[at]);
        firstNanos = Math.min(firstNanos, its.ts[at]);
        layers.look(chunk, i);
        return used + captured;
    }

    @Override
    public void stop() {
        stopped = true;
        if (arrivals != null) {
            arrivals.stop();
        }
        synchronized (members) {
            members.forEach(Member::stop);
        }
    }

    @Override
    public String name() {
        return name;
    }

    /// That of the worst input, as far as any was read; UNREADABLE if none was.
    @Override
    public Status status() {
        if (!ended) {
            return Status.OPEN;
        }
        List<Status> all = parts().stream().map(Part::status).toList();
        if (all.stream().allMatch(Status.OK::equals)) {
            return Status.OK;
        }
        return all.stream().allMatch(Status.UNREADABLE::equals)
                ? Status.UNREADABLE
                : Status.DAMAGED;
    }

    @Override
    public String trouble() {
        List<Part> broken = parts().stream().filter(part -> !part.trouble().isEmpty()).toList();
        if (broken.isEmpty()) {
            return "";
        }
        Part first = broken.getFirst();
        return first.name()
                + ": "
                + first.trouble()
                + (broken.size() == 1 ? "" : "; and " + (broken.size() - 1) + " more");
    }

    @Override
    public List<Part> parts() {
        synchronized (members) {
            return members.stream().map(Member::part).toList();
        }
    }

    @Override
    public Layers layers() {
        return layers;
    }

    @Override
    public long frameCount() {
        return frames;
    }

    @Override
    public long octetCount() {
        return octets;
    }

    @Override
    public long firstNanos() {
        return firstNanos;
    }

    @Override
    public long lastNanos() {
        return prefixMax;
    }

    /// Those of all captures; of captures that count since the same moment, as the files of a ring
    /// do, the highest.
    @Override
    public Drops drops() {
        Drops all = Drops.NONE;
        Map<Long, Drops> rings = new HashMap<>(0);
        for (Member member : members) {
            if (member.countedSince() == 0) {
                all = all.and(member.drops());
            } else {
                rings.merge(member.countedSince(), member.drops(), Drops::or);
            }
        }
        for (Drops ring : rings.values()) {
            all = all.and(ring);
        }
        return all;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        for (Member member : members) {
            member.close();
        }
    }
}
