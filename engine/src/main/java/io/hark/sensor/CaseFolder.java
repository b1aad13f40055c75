package io.hark.sensor;

import io.hark.UserError;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The folder of a case: taken over before a run, sealed with `case.json` after it.
///
/// A run replaces the case of an earlier one: it removes what a case consists of, by name, and
/// nothing else, so that what is there afterwards is of this run. A folder with other things in it
/// and no case is refused. While a run lasts, [#BEGUN] stands in the place of `case.json`.
///
/// *Thread*: one owner.
public final class CaseFolder {

    private static final String SEAL = "case.json";
    private static final String EVENTS = "events";
    private static final String EARLIER = "earlier"; // what runs before left, a folder each

    /// What stands in a case that is not finished, or was not.
    private static final String BEGUN = "case.json.begun";

    private static final List<String> PARTS =
            List.of(
                    SEAL,
                    "report.html",
                    EVENTS,
                    "logs",
                    "findings.jsonl",
                    "incidents.jsonl",
                    "indicators.csv",
                    "conversations",
                    "undecoded",
                    "files",
                    "packets",
                    "manifest.json",
                    "custody.jsonl",
                    EARLIER,
                    Learned.FILE,
                    CaseTurn.FILE);

    /// What one run after the other adds to.
    private static final Set<String> LASTING =
            Set.of(EVENTS, Evidence.PACKETS, EARLIER, Learned.FILE, CaseTurn.FILE);

    private CaseFolder() {}

    /// Whether a case lies there, finished or not.
    public static boolean isCase(Path dir) {
        return Files.exists(dir.resolve(SEAL)) || Files.exists(dir.resolve(BEGUN));
    }

    /// Says whether a run may leave its case there; changes nothing.
    ///
    /// @throws UserError if not
    public static void check(Path dir) {
        if (!Files.exists(dir, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(dir)) {
            throw new UserError(dir + " is no folder: name one for the case, or one to be made");
        }
        if (Files.exists(dir.resolve(Lake.COLLECTED))) {
            throw new UserError(dir + " is what 'hark collect' fills: name another folder");
        }
        try (var inside = Files.list(dir)) {
            if (!isCase(dir) && inside.findAny().isPresent()) {
                throw new UserError(
                        dir
                                + " holds files but no case, and Hark removes nothing that is not its own:"
                                + " name another folder");
            }
        } catch (IOException e) {
            throw new UserError("cannot look into " + dir + ": " + e.getMessage(), e);
        }
    }

    /// Says whether the case that is there can be replaced by one of these inputs.
    ///
    /// @throws UserError if one of them is a part of it
    static void check(Path dir, List<Path> inputs) throws IOException {
        if (!Files.exists(dir)) {
            return;
        }
        Path there = dir.toRealPath();
        for (Path input : inputs) {
            if (Files.isRegularFile(input)
                    && input.toRealPath().startsWith(there)
                    && PARTS.contains(there.relativize(input.toRealPath()).getName(0).toString())) {
                throw new UserError(
                        input + " is a part of the case it would replace: name another folder");
            }
        }
    }

    /// Makes the folder, or removes the case that is there.
    static void begin(Path dir) throws IOException {
        check(dir);
        CaseTurn.check(dir);
        Files.createDirectories(dir);
        begun(dir);
        for (String part : PARTS) {
            remove(dir.resolve(part));
        }
    }

    /// Makes the folder for a run that listens, or takes over the one that is there: events and
    /// packets of runs before stay where they are and stay searched, all else of them goes to
    /// `earlier/NN/`. What a run was writing when it was killed is removed: it had no name yet.
    ///
    /// @throws UserError if somebody else writes there
    static CaseTurn resume(Path dir) throws IOException {
        check(dir);
        boolean isNew = !isCase(dir);
        Files.createDirectories(dir);
        if (isNew) {
            begun(dir);
        }
        CaseTurn turn = CaseTurn.take(dir, Files.exists(dir.resolve(EVENTS)) ? 1 : 0);
        try {
            if (!isNew) {
                putAway(dir, turn.number() - 1);
                begun(dir);
            }
            return turn;
        } catch (IOException e) {
            turn.close();
            throw e;
        }
    }

    /// Takes up the case that is there where a run before left it, all of it; or begins one.
    static void goOn(Path dir) throws IOException {
        Path sealed = dir.resolve(SEAL);
        if (Files.exists(sealed)) {
            Files.move(
                    sealed,
                    dir.resolve(BEGUN),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } else if (!Files.exists(dir.resolve(BEGUN))) {
            begun(dir);
        }
    }

    private static void begun(Path dir) throws IOException {
        Files.writeString(dir.resolve(BEGUN), "An analysis began here and has not ended.\n");
    }

    /// Puts away what the run of that number left.
    private static void putAway(Path dir, int number) throws IOException {
        if (Files.exists(dir.resolve(EVENTS))) {
            try (var files = Files.walk(dir.resolve(EVENTS))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".tmp")).toList()) {
                    Files.delete(file);
                }
            }
        }
        Path place = dir.resolve(EARLIER).resolve("%02d".formatted(number));
        Files.createDirectories(place);
        for (String part : PARTS) {
            if (!LASTING.contains(part) && Files.exists(dir.resolve(part))) {
                Files.move(dir.resolve(part), place.resolve(part));
            }
        }
        if (Files.exists(dir.resolve(BEGUN))) { // it was killed
            Files.move(dir.resolve(BEGUN), place.resolve(BEGUN));
        }
    }

    /// Removes a part of a case, whatever is in it.
    public static void remove(Path part) throws IOException {
        if (!Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree( // does not follow links
                part,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path folder, @Nullable IOException failure) throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        Files.delete(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /// Writes `case.json`: the run is over and all else is written.
    static void seal(Path dir, Outcome outcome, Options options) throws IOException {
        Path begun = dir.resolve(BEGUN);
        Files.writeString(begun, CaseSeal.text(outcome, options));
        Files.move(
                begun,
                dir.resolve(SEAL),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /// The share of the payload that is missing in a finished case; 0 if it does not say.
    static double captureLoss(Path dir) throws IOException {
        return CaseSeal.captureLoss(dir.resolve(SEAL));
    }
}
