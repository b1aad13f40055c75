package io.hark.lake;

import io.hark.event.Event;
import io.hark.schema.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lets old events go, by whole days of a kind: by age, and by the room they all take.
///
/// What a finding or a decoded message points to stays: rows with the uid of one of their
/// connections, of every kind. Findings and messages themselves stay, too, unless their kind is
/// named.
///
/// @param keep how long events are kept; null for ever
/// @param ofKind how long those of some kinds are
/// @param room the most octets of all; null for any number
public record Retention(
        @Nullable Duration keep, Map<String, Duration> ofKind, @Nullable Long room) {

    /// Kinds that say what was found.
    static final Set<String> FOUND = Set.of("finding", "message");

    /// What the files of rows that something points to are called: all else of them has gone.
    private static final String KEPT = "kept";

    /// Keeps its own copy.
    public Retention {
        ofKind = Map.copyOf(ofKind);
    }

    /// A day of a kind that goes.
    ///
    /// @param kind of event
    /// @param day as `2026-11-21`
    /// @param files that have it
    /// @param octets they take
    /// @param rows they have
    /// @param kept rows of them that stay
    public record Going(
            String kind, String day, List<Path> files, long octets, long rows, long kept) {
        /// Keeps its own copy.
        public Going {
            files = List.copyOf(files);
        }
    }

    private record Day(String kind, LocalDate date, List<Path> files, long octets) {
        boolean isAllKept() {
            return files.stream().allMatch(f -> f.getFileName().toString().startsWith(KEPT + "-"));
        }
    }

    /// What would go, the oldest first.
    public List<Going> plan(Lake lake) throws IOException {
        List<Folder> folders = Folder.of(lake.dir());
        LocalDate today = LocalDate.ofInstant(lake.clock().instant(), ZoneOffset.UTC);
        List<Day> days = days(folders);
        long all = days.stream().mapToLong(Day::octets).sum();
        List<Going> going = new ArrayList<>();
        for (Day day : days) {
            boolean isOver = room != null && all > room && !FOUND.contains(day.kind);
            if ((isOver || isOld(day, today)) && !day.isAllKept()) {
                long rows = lake.count(day.files, null);
                String pointedTo = pointedTo(lake, folders, day);
                long kept = pointedTo == null ? 0 : lake.count(day.files, pointedTo);
                going.add(
                        new Going(
                                day.kind, day.date.toString(), day.files, day.octets, rows, kept));
                all -= rows == 0 ? day.octets : day.octets - day.octets * kept / rows;
            }
        }
        return going;
    }

    /// Lets it go.
    public void run(Lake lake, List<Going> going) throws IOException {
        List<Folder> folders = Folder.of(lake.dir());
        for (Going one : going) {
            Day day = new Day(one.kind, LocalDate.parse(one.day), one.files, one.octets);
            String pointedTo = one.kept == 0 ? "false" : pointedTo(lake, folders, day);
            Optional<Kind<? extends Event>> kind = lake.known(one.kind, one.files);
            if (kind.isPresent()) {
                lake.exchange(kind.get(), one.files, KEPT, pointedTo);
            }
        }
    }

    private boolean isOld(Day day, LocalDate today) {
        Duration own = ofKind.get(day.kind);
        Duration most = own != null || FOUND.contains(day.kind) ? own : keep;
        return most != null
                && day.date.plusDays(1).atStartOfDay().plus(most).isBefore(today.atStartOfDay());
    }

    private static List<Day> days(List<Folder> folders) throws IOException {
        List<Day> days = new ArrayList<>();
        for (Folder folder : folders) {
            Map<String, List<Path>> byDay =
                    folder.files().stream()
                            .collect(
                                    Collectors.groupingBy(
                                            Folder::day, TreeMap::new, Collectors.toList()));
            for (Map.Entry<String, List<Path>> day : byDay.entrySet()) {
                long octets = 0;
                for (Path file : day.getValue()) {
                    octets += Files.size(file);
                }
                LocalDate date = LocalDate.parse(day.getKey());
                days.add(new Day(folder.kind(), date, day.getValue(), octets));
            }
        }
        days.sort(Comparator.comparing(Day::date).thenComparing(Day::kind));
        return days;
    }

    /// The condition of rows that something points to; null where no row of the kind can be.
    private static @Nullable String pointedTo(Lake lake, List<Folder> folders, Day day) {
        if (FOUND.contains(day.kind)) {
            return null; // named by whoever wants them gone
        }
        Optional<Kind<? extends Event>> kind = lake.known(day.kind, day.files);
        if (kind.isEmpty()) {
            return "true"; // of another version: what it says is not known here
        }
        if (kind.get().column("uid") < 0) {
            return null;
        }
        List<String> uids = new ArrayList<>();
        for (Folder folder : folders) {
            switch (folder.kind()) {
                case "finding" ->
                        uids.add("SELECT unnest(uids) FROM " + Folder.source(folder.files()));
                case "message" -> uids.add("SELECT uid FROM " + Folder.source(folder.files()));
                default -> {} // points to nothing but itself
            }
        }
        return uids.isEmpty() ? null : "uid IN (" + String.join(" UNION ", uids) + ")";
    }
}
