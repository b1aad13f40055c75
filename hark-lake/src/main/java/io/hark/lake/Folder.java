package io.hark.lake;

import io.hark.UserError;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of one kind of event: `DIR/events/<kind>/day=…/*.parquet`.
///
/// @param kind its name
/// @param path its folder
/// @param newest the last file of its last day
record Folder(String kind, Path path, Path newest) {

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
        List<Folder> folders = new ArrayList<>();
        try {
            for (Path path : sorted(events(dir), "*")) {
                Path newest = newest(path);
                if (newest != null) {
                    folders.add(new Folder(path.getFileName().toString(), path, newest));
                }
            }
        } catch (IOException e) {
            throw new UserError("cannot list the events of " + dir + ": " + e.getMessage(), e);
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

    private static @Nullable Path newest(Path kind) throws IOException {
        for (Path day : sorted(kind, "day=*").reversed()) {
            List<Path> files = sorted(day, "*.parquet");
            if (!files.isEmpty()) {
                return files.getLast();
            }
        }
        return null;
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

    /// The last day there are files of, as `2026-11-21`.
    String lastDay() {
        String day = newest.getParent().getFileName().toString();
        return day.substring(day.indexOf('=') + 1);
    }

    /// What DuckDB finds the files with.
    String pattern() {
        return literally(path.toString()) + "/day=*/*.parquet";
    }

    /// A path in which nothing stands for something else.
    static String literally(String path) {
        return path.replaceAll("[\\[*?]", "[$0]");
    }
}
