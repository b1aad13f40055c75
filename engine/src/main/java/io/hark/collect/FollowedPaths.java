package io.hark.collect;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which files are followed: files, all in a folder, all that a pattern fits (`/var/log/*.log`,
/// `/srv/**/access.log`). Packed files are not: they are old ones.
///
/// *Thread*: immutable, any.
final class FollowedPaths {

    private static final int MAX_DEPTH = 8; // of folders below a pattern's fixed part

    /// Files followed at once; each takes a descriptor.
    private static final int MAX_FILES = 1 << 12;

    private static final String PATTERN = "*?[{";
    private static final List<String> PACKED = List.of(".gz", ".zst", ".xz", ".bz2", ".zip");

    private final List<Path> plain = new ArrayList<>();
    private final List<Pattern> patterns = new ArrayList<>();

    private record Pattern(Path below, int depth, PathMatcher fits) {}

    FollowedPaths(List<String> paths) {
        for (String text : paths) {
            Path path = Path.of(text).toAbsolutePath().normalize();
            if (isPattern(text)) {
                patterns.add(pattern(path));
            } else {
                plain.add(path);
            }
        }
    }

    private static boolean isPattern(String text) {
        return text.chars().anyMatch(c -> PATTERN.indexOf(c) >= 0);
    }

    private static Pattern pattern(Path path) {
        Path below = path.getRoot();
        int fixed = 0;
        while (fixed < path.getNameCount() - 1 && !isPattern(path.getName(fixed).toString())) {
            below = below.resolve(path.getName(fixed++));
        }
        int depth =
                path.toString().contains("**")
                        ? MAX_DEPTH
                        : Math.min(MAX_DEPTH, path.getNameCount() - fixed);
        return new Pattern(below, depth, FileSystems.getDefault().getPathMatcher("glob:" + path));
    }

    /// Those that are there now.
    SortedSet<Path> find() throws IOException {
        SortedSet<Path> found = new TreeSet<>();
        for (Path path : plain) {
            if (Files.isDirectory(path)) {
                walk(path, 1, _ -> true, found);
            } else if (Files.isRegularFile(path)) {
                add(path, found);
            }
        }
        for (Pattern pattern : patterns) {
            if (Files.isDirectory(pattern.below)) {
                walk(pattern.below, pattern.depth, pattern.fits, found);
            }
        }
        return found;
    }

    /// Whether there are as many as are followed at most.
    static boolean isFull(SortedSet<Path> found) {
        return found.size() == MAX_FILES;
    }

    private static void add(Path file, SortedSet<Path> found) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (found.size() < MAX_FILES && PACKED.stream().noneMatch(name::endsWith)) {
            found.add(file);
        }
    }

    private static void walk(Path below, int depth, PathMatcher fits, SortedSet<Path> found)
            throws IOException {
        Files.walkFileTree(
                below,
                java.util.Set.of(),
                depth,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        boolean isHidden = file.getFileName().toString().startsWith(".");
                        if (!isHidden && Files.isRegularFile(file) && fits.matches(file)) {
                            add(file, found);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException why) {
                        return FileVisitResult.CONTINUE; // gone again, or not for us
                    }
                });
    }
}
