package io.hark.lake;

import io.hark.event.Event;
import io.hark.schema.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes few files of many, each sorted by time: a sensor finishes one a kind and minute, and every
/// file that a question opens takes time.
public final class Compaction {

    /// Files from here on are large enough.
    static final long LARGE = 128L << 20;

    /// Octets of files that become one: what the sorting of them takes fits into the memory that a
    /// statement has, or nearly.
    static final long BATCH = 256L << 20;

    /// The last day gets more files all the time: with fewer it can wait.
    static final int FEW = 16;

    /// What it did.
    ///
    /// @param filesBefore how many it took
    /// @param filesAfter how many it made of them
    /// @param octetsBefore what those took
    /// @param octetsAfter what these take
    /// @param leftAlone kinds and days of another version, as `conn day=2026-11-21`
    public record Done(
            long filesBefore,
            long filesAfter,
            long octetsBefore,
            long octetsAfter,
            List<String> leftAlone) {
        /// Keeps its own copy.
        public Done {
            leftAlone = List.copyOf(leftAlone);
        }
    }

    private final Lake lake;
    private long filesBefore;
    private long filesAfter;
    private long octetsBefore;
    private long octetsAfter;
    private final List<String> leftAlone = new ArrayList<>();

    private Compaction(Lake lake) {
        this.lake = lake;
    }

    /// Compacts every kind and day that has many small files.
    public static Done run(Lake lake) throws IOException {
        Compaction compaction = new Compaction(lake);
        for (Folder folder : Folder.of(lake.dir())) {
            Map<String, List<Path>> days = new TreeMap<>();
            for (Path file : folder.files()) {
                if (Files.size(file) < LARGE) {
                    days.computeIfAbsent(Folder.day(file), _ -> new ArrayList<>()).add(file);
                }
            }
            for (Map.Entry<String, List<Path>> day : days.entrySet()) {
                boolean isLast = day.getKey().equals(folder.lastDay());
                if (day.getValue().size() >= (isLast ? FEW : 2)) {
                    compaction.day(folder.kind(), day.getValue());
                }
            }
        }
        return new Done(
                compaction.filesBefore,
                compaction.filesAfter,
                compaction.octetsBefore,
                compaction.octetsAfter,
                compaction.leftAlone);
    }

    private void day(String name, List<Path> files) throws IOException {
        Optional<Kind<? extends Event>> kind = lake.known(name, files);
        if (kind.isEmpty()) {
            leftAlone.add(name + " of " + Folder.day(files.getFirst()));
            return;
        }
        List<Path> batch = new ArrayList<>();
        long octets = 0;
        for (Path file : files) {
            long size = Files.size(file);
            if (octets + size > BATCH) {
                exchange(kind.get(), batch, octets);
                batch.clear();
                octets = 0;
            }
            batch.add(file);
            octets += size;
        }
        exchange(kind.get(), batch, octets);
    }

    private void exchange(Kind<? extends Event> kind, List<Path> batch, long octets)
            throws IOException {
        if (batch.size() < 2) {
            return;
        }
        octetsAfter += lake.exchange(kind, batch, "sorted", null);
        octetsBefore += octets;
        filesBefore += batch.size();
        filesAfter++;
    }
}
