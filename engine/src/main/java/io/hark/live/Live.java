package io.hark.live;

import io.hark.UserError;
import io.hark.wire.Chunk;
import io.hark.wire.Drops;
import io.hark.wire.Intake;
import io.hark.wire.Layers;
import io.hark.wire.Source;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Frames of one or more interfaces, as they pass.
///
/// One thread reads all interfaces, a run of blocks from each in turn, so frames of different
/// interfaces come in order but for the few milliseconds a block takes. Nothing is dropped here:
/// who is behind lets the kernel's ring fill up, and the kernel counts what finds no room.
///
/// A wire that is silent costs a chunk without frames every 100 ms, whose time is the clock's:
/// timers fire. [#stop] lets nothing more in, reads what is left until our count agrees with the
/// kernel's, and then ends.
///
/// *Thread*: as [Source].
public final class Live implements Source {

    /// How a frame comes to us.
    public enum How {
        /// By the ring where the interface allows, else by libpcap.
        AUTO,
        /// By the ring that the Linux kernel shares.
        RING,
        /// By libpcap.
        LIBPCAP
    }

    /// What to listen to.
    ///
    /// @param interfaces their names
    /// @param filter what to let through, in libpcap's language; null for everything
    /// @param ringBytes room for frames that wait for us, each interface
    /// @param promiscuous whether frames for other stations are wanted
    /// @param how how they come to us
    public record Wish(
            List<String> interfaces,
            @Nullable String filter,
            long ringBytes,
            boolean promiscuous,
            How how) {

        /// Keeps its own copy, each interface once.
        public Wish {
            interfaces = List.copyOf(new LinkedHashSet<>(interfaces));
        }
    }

    /// What was counted on one interface.
    ///
    /// @param name the interface
    /// @param seen frames that the kernel had for us, lost ones too
    /// @param taken frames that came to us
    /// @param drops frames lost, by where
    /// @param freezes how often the ring was full
    public record Counts(String name, long seen, long taken, Drops drops, long freezes) {}

    /// Frames that came are at most so old when nothing lies in a ring: a block is handed over
    /// after 40 ms, and threads may be late.
    private static final long SLACK_NANOS = 200_000_000L;

    /// How long to wait at the end for what the kernel still has.
    private static final long FLUSH_NANOS = 2_000_000_000L;

    private static final long COUNT_EVERY_NANOS = 500_000_000L;
    private static final int FLUSH_POLL_MILLIS = 10;

    private final Kernel kernel;
    private final List<Tap> taps;
    private final Kernel.Polled polled;
    private final Layers layers;
    private final Intake intake;
    private final InstantSource clock;
    private final AtomicReferenceArray<String> troubles; // told while it runs, too
    private final boolean[] gone;
    private int turn;
    private long countedNanos;
    private long refusedNanos;
    private boolean refused;
    private KeyLogTail keys = KeyLogTail.NONE;
    private Status status = Status.OPEN;
    private volatile boolean stopping;

    private Live(Kernel kernel, List<Tap> taps, Layers layers, InstantSource clock) {
        this.kernel = kernel;
        this.taps = taps;
        this.layers = layers;
        this.clock = clock;
        this.intake = new Intake(layers);
        this.polled = kernel.new Polled(taps.stream().mapToInt(Tap::descriptor).toArray());
        this.troubles = new AtomicReferenceArray<>(taps.size());
        this.gone = new boolean[taps.size()];
        for (int i = 0; i < taps.size(); i++) {
            troubles.set(i, "");
        }
    }

    /// Opens the interfaces; from here on frames are kept for us.
    ///
    /// @throws UserError if one cannot be opened, with what to do about it
    public static Live open(Wish wish, Layers layers, InstantSource clock) {
        Kernel kernel = new Kernel();
        return new Live(kernel, Taps.open(kernel, wish), layers, clock);
    }

    /// What is appended to these key logs opens connections from then on. Before the first chunk.
    public void follow(KeyLogTail tail) {
        keys = tail;
    }

    @Override
    public void fill(Chunk chunk) throws IOException {
        intake.begin(chunk);
        long until = System.nanoTime() + PATIENCE_NANOS;
        boolean last = false;
        while (!intake.isFull()) {
            if (drain()) {
                continue;
            }
            long now = System.nanoTime();
            if (isOver(now)) {
                last = true;
                break;
            }
            if (now >= until) {
                break;
            }
            long left = (until - now) / 1_000_000 + 1;
            polled.await((int) (refused ? Math.min(left, FLUSH_POLL_MILLIS) : left));
            lookAtBroken();
        }
        if (!intake.isFull()) {
            Instant wall = clock.instant();
            intake.quiet(wall.getEpochSecond() * 1_000_000_000L + wall.getNano() - SLACK_NANOS);
        }
        count(last);
        intake.learn(keys.fresh());
        intake.finish(last);
    }

    /// One round over the interfaces; whether a frame came.
    private boolean drain() {
        boolean any = false;
        for (int n = 0; n < taps.size() && !intake.isFull(); n++) {
            int i = (turn + n) % taps.size();
            try {
                any |= !gone[i] && taps.get(i).drain(intake);
            } catch (IOException e) {
                lose(i, String.valueOf(e.getMessage()));
            }
        }
        turn = (turn + 1) % taps.size();
        return any;
    }

    /// Nothing more comes from an interface; the others go on.
    private void lose(int i, String why) {
        troubles.set(i, why);
        gone[i] = true;
        polled.ignore(i);
    }

    /// Whether nothing more is to come, asked when all rings are empty.
    private boolean isOver(long now) throws IOException {
        boolean anyThere = false;
        for (boolean away : gone) {
            anyThere |= !away;
        }
        if (!anyThere) {
            status = Status.DAMAGED;
            return true;
        }
        if (!stopping) {
            return false;
        }
        if (!refused) {
            for (int i = 0; i < taps.size(); i++) {
                if (!gone[i]) {
                    taps.get(i).refuse();
                }
            }
            refused = true;
            refusedNanos = now;
        }
        boolean drained = true;
        for (int i = 0; i < taps.size(); i++) {
            drained &= gone[i] || taps.get(i).isDrained();
        }
        boolean late = now - refusedNanos > FLUSH_NANOS;
        for (int i = 0; late && i < taps.size(); i++) {
            Tap.Counts c = taps.get(i).counts();
            long left = c.seen() - c.drops().kernel() - c.taken();
            if (!gone[i] && left > 0) {
                troubles.set(i, left + " frames could not be read from the ring at the end");
            }
        }
        if (drained || late) {
            status = trouble().isEmpty() ? Status.OK : Status.DAMAGED;
            return true;
        }
        return false;
    }

    private void lookAtBroken() throws IOException {
        for (int i = 0; i < taps.size(); i++) {
            if (gone[i] || !polled.isBroken(i)) {
                continue;
            }
            String trouble = taps.get(i).trouble();
            if (!trouble.isEmpty()) {
                taps.get(i).drain(intake); // what it had before
                lose(i, trouble);
            }
        }
    }

    private void count(boolean now) throws IOException {
        long moment = System.nanoTime();
        if (now || moment - countedNanos > COUNT_EVERY_NANOS) {
            countedNanos = moment;
            for (Tap tap : taps) {
                tap.count();
            }
        }
    }

    @Override
    public void stop() {
        stopping = true;
    }

    @Override
    public String name() {
        return String.join(",", taps.stream().map(Tap::name).toList());
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public String trouble() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < taps.size(); i++) {
            if (!troubles.get(i).isEmpty()) {
                all.add(taps.get(i).name() + ": " + troubles.get(i));
            }
        }
        return String.join("; ", all);
    }

    @Override
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < taps.size(); i++) {
            Tap tap = taps.get(i);
            String its = troubles.get(i);
            Status whole = status == Status.OPEN ? Status.OPEN : Status.OK;
            Status of = its.isEmpty() ? whole : Status.DAMAGED;
            parts.add(new Part(tap.name(), of, its, tap.counts().taken()));
        }
        return parts;
    }

    /// Why nothing more comes from an interface, by its name, while the others go on. *Thread*:
    /// any.
    public Map<String, String> lost() {
        Map<String, String> lost = new LinkedHashMap<>();
        for (int i = 0; i < taps.size(); i++) {
            String why = troubles.get(i);
            if (!why.isEmpty()) {
                lost.put(taps.get(i).name(), why);
            }
        }
        return lost;
    }

    /// What was counted, interface by interface; half a second old at most. *Thread*: any.
    public List<Counts> counts() {
        return taps.stream()
                .map(
                        tap -> {
                            Tap.Counts c = tap.counts();
                            return new Counts(
                                    tap.name(), c.seen(), c.taken(), c.drops(), c.freezes());
                        })
                .toList();
    }

    @Override
    public Layers layers() {
        return layers;
    }

    @Override
    public long frameCount() {
        return intake.frameCount();
    }

    @Override
    public long octetCount() {
        return intake.octetCount();
    }

    @Override
    public long firstNanos() {
        return intake.firstNanos();
    }

    @Override
    public long lastNanos() {
        return intake.lastNanos();
    }

    @Override
    public Drops drops() {
        Drops all = Drops.NONE;
        for (Tap tap : taps) {
            all = all.and(tap.counts().drops());
        }
        return all;
    }

    /// What the kernel had for us, lost or not, and how often a ring was full.
    @Override
    public Map<String, Long> counters() {
        Map<String, Long> counters = new LinkedHashMap<>();
        counters.put("kernel_packets", taps.stream().mapToLong(tap -> tap.counts().seen()).sum());
        counters.put("ring_freezes", taps.stream().mapToLong(tap -> tap.counts().freezes()).sum());
        return counters;
    }

    @Override
    public void close() throws IOException {
        Taps.close(taps, kernel);
    }
}
