package io.hark.store;

import io.hark.event.Event;
import io.hark.schema.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes events as Parquet, one folder a kind and day (UTC):
/// `DIR/events/<kind>/day=YYYY-MM-DD/<name>-0001.parquet`. A kind without rows writes nothing.
///
/// Files appear whole: under a temporary name (`….parquet.tmp`) until [#close], or until they are
/// large, or until rows of so many other days came that an old one is put away. A folder holds
/// several numbered files then. Same events in the same order, same bytes.
///
/// *Thread*: one owner. *Errors*: what cannot be written costs the rows of its file, which is
/// removed, and an [IOException]; the store goes on with another file. Who does not go on closes
/// it: the finished files stay.
public final class Store implements AutoCloseable {

    /// Files written at once. A capture whose clock jumps about has rows of any number of days.
    static final int MAX_OPEN = 64;

    /// Octets that all files may hold together.
    static final long MAX_HELD = 192L << 20;

    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    /// The cheapest level that still codes entropy; higher ones were not compared yet.
    private static final int ZSTD_LEVEL = 1;

    private final Path events;
    private String name;
    private final Press press = new Press(ZSTD_LEVEL);
    private final Map<Class<?>, OfKind<?>> kinds = new IdentityHashMap<>();
    private final List<OfDay<?>> open = new ArrayList<>();
    private long held;
    private long accepted;
    private long lost;
    private final @Nullable Settler settler;
    private boolean closed;

    /// A store in the case or lake `dir`, whose files are called `part-0001.parquet` and so on.
    public Store(Path dir) {
        this(dir, "part");
    }

    /// A store in the case or lake `dir`, whose files are called `<name>-0001.parquet` and so on.
    /// Files of that name that are there already are replaced.
    public Store(Path dir, String name) {
        this(dir, name, null);
    }

    private Store(Path dir, String name, @Nullable Settler settler) {
        this.events = dir.resolve("events");
        this.name = name;
        this.settler = settler;
    }

    /// A store for what comes only once: a file has its name when it is on the disk for good, and
    /// not before, whatever becomes of process and machine.
    ///
    /// @param name one that no file in `dir` bears
    public static Store lasting(Path dir, String name) {
        return new Store(dir, name, new Settler());
    }

    /// Takes one event.
    public void accept(Event event) throws IOException {
        if (closed) {
            throw new IOException("the store in " + events + " is closed");
        }
        accepted++;
        OfKind<?> kind = kinds.get(event.getClass());
        if (kind == null) {
            kind = new OfKind<>(Kind.of(event));
            kinds.put(event.getClass(), kind);
        }
        kind.accept(event);
    }

    /// Finishes all files, so that others see them; what comes next goes to new ones.
    public void roll() throws IOException {
        IOException failure = null;
        for (OfDay<?> day : List.copyOf(open)) {
            try {
                day.finish();
            } catch (IOException e) {
                failure = after(failure, e);
            }
        }
        if (settler != null) {
            failure = after(failure, settler.failure());
        }
        if (failure != null) {
            throw failure;
        }
    }

    /// The same, and waits until those of a lasting store have their names; files to come are
    /// called `<next>-0001.parquet` and so on.
    public void roll(String next) throws IOException {
        roll();
        IOException failure = settler == null ? null : settler.all();
        if (failure != null) {
            throw failure;
        }
        name = next;
        kinds.values().forEach(kind -> kind.parts.clear());
    }

    private static @Nullable IOException after(
            @Nullable IOException first, @Nullable IOException next) {
        if (first != null && next != null) {
            first.addSuppressed(next);
        }
        return first == null ? next : first;
    }

    /// Rows that could not be written.
    public long lost() {
        return lost + (settler == null ? 0 : settler.lost());
    }

    /// Finishes all files.
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            IOException failure = null;
            try {
                roll();
            } catch (IOException e) {
                failure = e;
            }
            if (settler != null) {
                failure = after(failure, settler.close());
            }
            if (failure != null) {
                throw failure;
            }
        } finally {
            press.close();
        }
    }

    private final class OfKind<E extends Event> {
        private final Kind<E> kind;
        private final Map<Long, OfDay<E>> days = new HashMap<>();
        private final Map<Long, Integer> parts =
                new HashMap<>(); // days are few: a capture's or a retention's
        private @Nullable OfDay<E> current;

        OfKind(Kind<E> kind) {
            this.kind = kind;
        }

        void accept(Event event) throws IOException {
            OfDay<E> day = current;
            long ts = event.ts();
            if (day == null || ts < day.start || ts - day.start >= NANOS_PER_DAY) {
                day = day(Math.floorDiv(ts, NANOS_PER_DAY));
                current = day;
            }
            day.accept(kind.type().cast(event));
        }

        private OfDay<E> day(long number) throws IOException {
            OfDay<E> day = days.get(number);
            if (day == null) {
                if (open.size() >= MAX_OPEN) {
                    open.stream()
                            .min(Comparator.comparingLong(other -> other.used))
                            .orElseThrow()
                            .finish();
                }
                int part = parts.merge(number, 1, Integer::sum);
                Path folder =
                        events.resolve(kind.name()).resolve("day=" + LocalDate.ofEpochDay(number));
                Path file = folder.resolve("%s-%04d.parquet".formatted(name, part));
                day = new OfDay<>(this, number, new EventFile<>(kind, file, press));
                days.put(number, day);
                open.add(day);
            }
            return day;
        }
    }

    private final class OfDay<E extends Event> {
        private final OfKind<E> of;
        private final long number;
        private final long start;
        private final EventFile<E> file;
        private long used;

        OfDay(OfKind<E> of, long number, EventFile<E> file) {
            this.of = of;
            this.number = number;
            this.start = number * NANOS_PER_DAY;
            this.file = file;
        }

        void accept(E event) throws IOException {
            used = accepted;
            long before = file.held();
            boolean isWell = false;
            try {
                file.accept(event);
                isWell = true;
            } finally {
                held += file.held() - before;
                if (!isWell) {
                    leave();
                    lose();
                }
            }
            if (held > MAX_HELD) {
                relieve();
            }
            if (file.isFull()) {
                finish();
            }
        }

        /// Finishes the file that was not written to for longest, this one if there is no other.
        private void relieve() throws IOException {
            open.stream().min(Comparator.comparingLong(other -> other.used)).orElseThrow().finish();
        }

        void finish() throws IOException {
            boolean isWell = false;
            try {
                file.complete();
                if (settler != null) {
                    settler.settle(file);
                } else {
                    file.settle(false);
                }
                isWell = true;
            } finally {
                leave();
                if (!isWell) {
                    lose();
                }
            }
        }

        private void lose() throws IOException {
            lost += file.rows();
            file.discard();
        }

        private void leave() {
            held -= file.held();
            open.remove(this);
            of.days.remove(number);
            if (Objects.equals(of.current, this)) {
                of.current = null;
            }
        }
    }
}
