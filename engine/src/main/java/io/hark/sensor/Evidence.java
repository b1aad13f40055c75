package io.hark.sensor;

import io.hark.UserError;
import io.hark.wire.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The captures that a case was made of, as they lie now: what a case tells of packets, it tells by
/// reading them again.
public final class Evidence {

    private Evidence() {}

    /// Where frames are kept.
    static final String PACKETS = "packets";

    /// Where captures lie that came with a case from elsewhere.
    public static final String INPUTS = "inputs";

    /// The captures of a case, each found to be the same as when it was analysed: where they lay,
    /// or in the case's own [#INPUTS].
    ///
    /// @param elsewhere where they lie now, if they were moved; found by their digests
    /// @throws UserError if `dir` is no finished case, or a capture is gone or has changed
    public static List<Path> of(Path dir, List<Path> elsewhere) throws IOException {
        Path seal = dir.resolve("case.json");
        if (!Files.isRegularFile(seal)) {
            throw new UserError(
                    CaseFolder.isCase(dir)
                            ? "the analysis that makes " + dir + " has not ended"
                            : dir + " is no case: it has no case.json");
        }
        List<Path> places = new ArrayList<>(elsewhere);
        places.addAll(enclosed(dir));
        List<Path> found = new ArrayList<>();
        for (JsonNode input : inputs(seal)) {
            String status = input.path("status").asString("");
            if (status.equals("ok") || status.equals("damaged")) {
                found.add(one(dir, input, places));
            }
        }
        if (found.isEmpty()) {
            throw new UserError("no input of " + dir + " could be read: it has no packets");
        }
        return found;
    }

    private static List<Path> enclosed(Path dir) throws IOException {
        Path inputs = dir.resolve(INPUTS);
        if (!Files.isDirectory(inputs)) {
            return List.of();
        }
        try (var files = Files.list(inputs)) {
            return files.sorted().toList();
        }
    }

    private static JsonNode inputs(Path seal) throws IOException {
        try {
            return JsonMapper.builder().build().readTree(Files.readString(seal)).path("inputs");
        } catch (JacksonException e) {
            throw new UserError(seal + " is broken: " + e.getOriginalMessage(), e);
        }
    }

    private static Path one(Path dir, JsonNode input, List<Path> elsewhere) throws IOException {
        String named = input.path("path").asString("");
        if (!input.has("size")) {
            throw new UserError(
                    named
                            + " was no file (a pipe, or an interface), and its packets were not kept");
        }
        String digest = input.has("sha256") ? input.path("sha256").asString() : null;
        long size = input.path("size").asLong();
        for (Path path : elsewhere) {
            if (isSame(path, size, digest)) {
                return path;
            }
        }
        Path there = Path.of(input.path("absolute").asString(named));
        if (isSame(there, size, digest)) {
            return there;
        }
        throw new UserError(
                named
                        + (Files.exists(there)
                                ? " has changed since " + dir + " was made of it"
                                : " is not there any more")
                        + (digest == null ? " (" + size + " bytes)" : " (SHA-256 " + digest + ")")
                        + ": say with --input FILE where it lies now");
    }

    private static boolean isSame(Path path, long size, @Nullable String digest)
            throws IOException {
        return Files.isRegularFile(path)
                && Files.size(path) == size
                && (digest == null || Input.sha256(path).equals(digest));
    }
}
