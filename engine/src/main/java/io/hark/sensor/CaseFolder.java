package io.hark.sensor;

import io.hark.UserError;
import io.hark.lines.LogTally;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The folder of a case: taken over before a run, sealed with `case.json` after it.
///
/// A run replaces the case of an earlier one: it removes what a case consists of, by name, and
/// nothing else, so that what is there afterwards is of this run. A folder with other things in it
/// and no case is refused. While a run lasts, [#BEGUN] stands in the place of `case.json`.
///
/// *Thread*: one owner.
public final class CaseFolder {

    private static final int MAX_UNREAD = 100; // shapes of lines that are told

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

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

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
        Files.writeString(begun, JSON.writeValueAsString(json(outcome, options)) + "\n");
        Files.move(
                begun,
                dir.resolve(SEAL),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /// The share of the payload that is missing in a finished case; 0 if it does not say.
    static double captureLoss(Path dir) throws IOException {
        Path seal = dir.resolve(SEAL);
        return Files.exists(seal)
                ? JSON.readTree(Files.readString(seal)).path("capture_loss").asDouble(0)
                : 0;
    }

    private static ObjectNode json(Outcome outcome, Options options) {
        ObjectNode root = JSON.createObjectNode();
        root.put("hark", Version.TEXT);
        root.put("input_status", word(outcome.status()));
        root.putArray("inputs");
        for (Outcome.Seen seen : outcome.inputs()) {
            input(seen, root.withArray("/inputs").addObject());
        }
        ObjectNode counters = root.putObject("counters");
        counters.put("packets", 0L);
        outcome.counters().forEach(counters::put);
        counters.put("seconds", outcome.seconds());
        ObjectNode kinds = root.putObject("events");
        outcome.kinds().forEach(kinds::put);
        logs(outcome.summary().logs(), root);
        if (outcome.lastNanos() != 0) {
            root.put("first", outcome.firstNanos() / 1e9);
            root.put("last", outcome.lastNanos() / 1e9);
        }
        root.put("capture_loss", outcome.captureLoss());
        root.put("deterministic", outcome.deterministic());
        ObjectNode asked = root.putObject("options");
        asked.put("workers", options.workers());
        asked.put("checksums", options.checksums().name().toLowerCase(Locale.ROOT));
        asked.put("midstream", options.midstream());
        options.local().prefixes().forEach(net -> asked.withArray("/local").add(net.toString()));
        options.wanted().names().forEach(asked.putArray("only")::add);
        options.logs().forEach(asked.putArray("logs")::add);
        options.hashes().stream().sorted().forEach(asked.putArray("hash")::add);
        asked.put("store", options.store() ? "parquet" : "none");
        options.keyring().secrets().forEach(secret -> asked.withArray("/keys").add(secret.name()));
        for (OutsideDecoders.File file : options.outside().files()) {
            ObjectNode outside = asked.withArray("/decoders").addObject();
            outside.put("path", file.path().toString()).put("sha256", file.sha256());
        }
        return root;
    }

    /// Lines by the log they stand in, and those nobody reads by shape; nothing without logs.
    private static void logs(LogTally logs, ObjectNode root) {
        for (LogTally.Dataset one : logs.datasets()) {
            root.withObject("/logs").put(one.name, one.lines);
        }
        for (LogTally.Unread one : logs.unread(MAX_UNREAD)) {
            ObjectNode unread = root.withArray("/unread_lines").addObject();
            unread.put("shape", one.shape()).put("lines", one.lines());
        }
    }

    private static void input(Outcome.Seen seen, ObjectNode input) {
        Path capture = seen.path();
        input.put("path", capture.toString());
        if (!capture.isAbsolute()
                && Files.exists(capture)) { // where commands find it from elsewhere
            input.put("absolute", capture.toAbsolutePath().normalize().toString());
        }
        if (seen.size() != null) {
            input.put("size", seen.size());
        }
        if (seen.sha256() != null) {
            input.put("sha256", seen.sha256());
        }
        input.put("status", word(seen.status()));
        input.put("packets", seen.packets());
        if (!seen.trouble().isEmpty()) {
            input.put("trouble", seen.trouble());
        }
    }

    private static String word(Outcome.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
