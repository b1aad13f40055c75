package io.hark.lake;

import io.hark.UserError;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The files of one kind of event that count: `DIR/events/<kind>/day=…/*.parquet` without those
/// that are [Hidden].
///
/// @param kind its name
/// @param files by day and name
record Folder(String kind, List<Path> files) {

    /// A lake whose files are exchanged all the time is looked at so often, and no more.
    private static final int MOST_LOOKS = 100;

    /// Keeps its own copy.
    Folder {
        files = List.copyOf(files);
    }

    /// Where the events of a case or lake are.
    static Path events(Path dir) {
        return dir.toAbsolutePath().normalize().resolve("events");
    }

    /// The kinds that have files, by name.
    static List<Folder> of(Path dir) {
        if (!Files.isDirectory(dir)) {
            throw new UserError(
                    dir + " is no folder; name the one that `hark analyze INPUT --out DIR` made");
        }
        List<Folder> folders;
        try {
            folders = look(events(dir));
        } catch (IOException e) {
            throw UserError.unreadable(events(dir), e);
        }
        if (folders.isEmpty()) {
            throw new UserError(
                    dir
                            + " holds no events; make them with `hark analyze INPUT --out "
                            + dir
                            + "` (without --store none)");
        }
        return folders;
    }

    /// What counts at one moment: between two looks at what is hidden, which say the same.
    private static List<Folder> look(Path events) throws IOException {
        Hidden hidden = Hidden.of(events);
        for (int i = 0; i < MOST_LOOKS; i++) {
            List<Folder> folders = look(events, hidden);
            Hidden after = Hidden.of(events);
            if (after.version() == hidden.version()) {
                return folders;
            }
            hidden = after;
        }
        throw new UserError("the files of " + events + " change too fast to be read");
    }

    private static List<Folder> look(Path events, Hidden hidden) throws IOException {
        List<Folder> folders = new ArrayList<>();
        for (Path kind : sorted(events, "*")) {
            List<Path> files = new ArrayList<>();
            for (Path day : sorted(kind, "day=*")) {
                for (Path file : sorted(day, "*.parquet")) {
                    if (!hidden.has(events.relativize(file))) {
                        files.add(file);
                    }
                }
            }
            if (!files.isEmpty()) {
                folders.add(new Folder(kind.getFileName().toString(), files));
            }
        }
        return folders;
    }

    private static List<Path> sorted(Path folder, String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, glob)) {
                paths.forEach(found::add);
            }
        }
        found.sort(null);
        return found;
    }

    /// The last file of the last day.
    Path newest() {
        return files.getLast();
    }

    /// The last day there are files of, as `2026-11-21`.
    String lastDay() {
        return day(newest());
    }

    /// The day that a file is of.
    static String day(Path file) {
        String day = file.getName(file.getNameCount() - 2).toString();
        return day.substring(day.indexOf('=') + 1);
    }

    /// What DuckDB reads files with, `day` among the columns.
    static String source(List<Path> files) {
        return files.stream()
                .map(file -> SealedDatabase.quoted(literally(file.toString())))
                .collect(
                        Collectors.joining(
                                ", ",
                                "read_parquet([",
                                "], hive_partitioning = true, hive_types = {'day': DATE}, union_by_name = true)"));
    }

    /// A path in which nothing stands for something else.
    static String literally(String path) {
        return path.replaceAll("[\\[*?]", "[$0]");
    }
}
