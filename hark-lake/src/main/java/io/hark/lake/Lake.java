package io.hark.lake;

import io.hark.UserError;
import io.hark.event.Event;
import io.hark.schema.Kind;
import io.hark.sensor.CaseFolder;
import io.hark.sensor.Wanted;
import io.hark.store.Store;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files of a lake while they are exchanged for others with the same rows, or with fewer.
///
/// Writers go on meanwhile, and readers see each row once at every moment: new files are hidden
/// until the old ones are, which is one step ([Hidden]). Files that no longer count stay for
/// [#GRACE], since somebody may be reading them; the next one to open the lake removes them.
///
/// *Thread*: one owner; one in the lake at a time.
public final class Lake implements AutoCloseable {

    /// How long files stay that no longer count: longer than a statement may take.
    static final Duration GRACE = Limits.USUAL.time().plusMinutes(5);

    private static final String LOCK = "lake.lock";
    private static final String STAGING = "lake.tmp";

    private final Path dir;
    private final Path events;
    private final InstantSource clock;
    private final FileChannel lock;

    private Lake(Path dir, InstantSource clock, FileChannel lock) {
        this.dir = dir;
        this.events = Folder.events(dir);
        this.clock = clock;
        this.lock = lock;
    }

    /// Opens the lake `dir`, and removes what an earlier exchange left.
    ///
    /// @throws UserError if it is none, or is being exchanged by somebody else
    public static Lake open(Path dir, InstantSource clock) throws IOException {
        Folder.of(dir); // says what is wrong with it
        FileChannel lock =
                FileChannel.open(
                        dir.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isTaken(lock)) {
            lock.close();
            throw new UserError("another hark is tidying " + dir + ": wait for its end");
        }
        Lake lake = new Lake(dir, clock, lock);
        CaseFolder.remove(dir.resolve(STAGING));
        lake.sweep();
        return lake;
    }

    private static boolean isTaken(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // somebody in this very process has it
        }
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    Path dir() {
        return dir;
    }

    InstantSource clock() {
        return clock;
    }

    /// Removes files that have been hidden for long.
    private void sweep() throws IOException {
        Hidden hidden = Hidden.of(events);
        List<String> gone =
                hidden.since().entrySet().stream()
                        .filter(file -> now() - file.getValue() > GRACE.toSeconds())
                        .map(Map.Entry::getKey)
                        .toList();
        for (String file : gone) {
            Files.deleteIfExists(events.resolve(file));
        }
        if (!gone.isEmpty()) {
            hidden.next(Map.of(), gone).write(events);
        }
    }

    /// The kind of that name, if all its columns in these files are known here: rows of another
    /// version's columns would lose them.
    Optional<Kind<? extends Event>> known(String name, List<Path> files) {
        for (Kind<? extends Event> kind : Wanted.everyKind()) {
            if (kind.name().equals(name)
                    && columns(files).stream()
                            .allMatch(c -> c.equals("day") || kind.column(c) >= 0)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private Set<String> columns(List<Path> files) {
        Map<String, Object> columns = new LinkedHashMap<>();
        try (SealedDatabase database = database();
                PreparedStatement described =
                        database.prepare("DESCRIBE SELECT * FROM " + Folder.source(files))) {
            Query.each(described, row -> columns.put(String.valueOf(row.get("column_name")), row));
        } catch (SQLException | IOException e) {
            throw new UserError("files of " + dir + " cannot be read: " + e.getMessage(), e);
        }
        return columns.keySet();
    }

    private SealedDatabase database() {
        return SealedDatabase.open(events, null, Limits.USUAL);
    }

    /// How many rows of these files `where` lets through.
    long count(List<Path> files, @Nullable String where) throws IOException {
        long[] count = new long[1];
        try (SealedDatabase database = database();
                PreparedStatement counted =
                        database.prepare(
                                "SELECT count(*) AS n FROM "
                                        + Folder.source(files)
                                        + where(where))) {
            Query.each(
                    counted,
                    row -> count[0] = row.get("n") instanceof Number n ? n.longValue() : 0);
        } catch (SQLException e) {
            throw new UserError("files of " + dir + " cannot be read: " + e.getMessage(), e);
        }
        return count[0];
    }

    private static String where(@Nullable String condition) {
        return condition == null ? "" : " WHERE " + condition;
    }

    /// Puts the rows of these files of one kind and day, sorted by time, in their place.
    ///
    /// @param name how the new file is called, before a number
    /// @param where which rows; null for all
    /// @return octets of what took their place
    long exchange(Kind<? extends Event> kind, List<Path> old, String name, @Nullable String where)
            throws IOException {
        Hidden before = Hidden.of(events);
        Path staging = dir.resolve(STAGING);
        long expected = count(old, where);
        long rows = 0;
        try (Store store = Store.lasting(staging, "%s-%d".formatted(name, before.version() + 1))) {
            rows = copy(kind, old, where, store);
        }
        if (rows != expected) {
            throw new IllegalStateException(
                    rows + " rows of " + expected + " were copied of " + old.getFirst());
        }
        long octets = 0;
        Map<String, Path> fresh = new LinkedHashMap<>();
        Map<String, Long> pending = new LinkedHashMap<>();
        if (rows > 0) {
            Path day = Objects.requireNonNull(old.getFirst().getParent());
            Path made = staging.resolve("events").resolve(events.relativize(day));
            try (var files = Files.list(made)) {
                for (Path file : files.sorted().toList()) {
                    String place = events.relativize(day.resolve(file.getFileName())).toString();
                    fresh.put(place, file);
                    pending.put(place, now());
                    octets += Files.size(file);
                }
            }
            before = before.next(pending, List.of());
            before.write(events);
            for (Map.Entry<String, Path> one : fresh.entrySet()) {
                Files.move(
                        one.getValue(),
                        events.resolve(one.getKey()),
                        StandardCopyOption.ATOMIC_MOVE);
            }
        }
        Map<String, Long> gone = new LinkedHashMap<>();
        old.forEach(file -> gone.put(events.relativize(file).toString(), now()));
        before.next(gone, fresh.keySet()).write(events);
        CaseFolder.remove(staging);
        return octets;
    }

    private <E extends Event> long copy(
            Kind<E> kind, List<Path> old, @Nullable String where, Store to) throws IOException {
        String select =
                "SELECT "
                        + StoredRow.columns(kind, columns(old))
                        + " FROM "
                        + Folder.source(old)
                        + " AS e"
                        + where(where)
                        + " ORDER BY e.ts";
        long[] rows = new long[1];
        try (SealedDatabase database = database();
                PreparedStatement sorted = database.prepare(select)) {
            Query.each(
                    sorted,
                    row -> {
                        to.accept(kind.access().make(new StoredRow(kind, row)));
                        rows[0]++;
                    });
        } catch (SQLException e) {
            throw new UserError("files of " + dir + " cannot be read: " + e.getMessage(), e);
        }
        return rows[0];
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
