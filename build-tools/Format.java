import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/// Checks or writes the form of all Java sources: google-java-format with four spaces, imports
/// ordered, unused ones gone.
///
/// Runs from source: `java Format.java --check|--write ROOT`. Files that were well formed last time
/// and did not change since are not looked at again; `target/format.stamp` remembers them.
public final class Format {
    private static final Set<String> SKIPPED = Set.of("target", ".git", ".hark", "node_modules");

    private final Formatter formatter =
            new Formatter(
                    JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.AOSP).build());

    private Format() {}

    public static void main(String[] args) throws IOException {
        var write = args[0].equals("--write");
        var root = Path.of(args[1]);
        var stamp = root.resolve("target/format.stamp");
        var known = Files.exists(stamp) ? new HashSet<>(Files.readAllLines(stamp)) : Set.of();
        var format = new Format();
        var good = new ArrayList<String>();
        var bad = new ArrayList<String>();
        for (var source : sources(root).entrySet()) {
            var file = root.resolve(source.getKey());
            if (known.contains(source.getKey() + " " + source.getValue())) {
                good.add(source.getKey() + " " + source.getValue());
                continue;
            }
            try {
                var is = Files.readString(file);
                var should = format.apply(is);
                if (!is.equals(should) && write) {
                    Files.writeString(file, should);
                    System.out.println("formatted " + source.getKey());
                }
                if (is.equals(should) || write) {
                    good.add(source.getKey() + " " + version(file));
                } else {
                    bad.add(source.getKey());
                }
            } catch (FormatterException e) {
                bad.add(source.getKey() + ": " + e.getMessage());
            }
        }
        Files.createDirectories(stamp.getParent());
        Files.write(stamp, good);
        if (!bad.isEmpty()) {
            System.err.println("Not in the house's form; `./check format --write` mends it:");
            bad.forEach(file -> System.err.println("  " + file));
            System.exit(1);
        }
    }

    private String apply(String source) throws FormatterException {
        var ordered = ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.GOOGLE);
        return formatter.formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
    }

    private static TreeMap<String, String> sources(Path root) throws IOException {
        var sources = new TreeMap<String, String>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes its) {
                        var skipped = SKIPPED.contains(String.valueOf(folder.getFileName()));
                        return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes its)
                            throws IOException {
                        if (file.toString().endsWith(".java")) {
                            sources.put(root.relativize(file).toString(), version(file));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return sources;
    }

    private static String version(Path file) throws IOException {
        return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
    }
}
