package io.hark.custody;

import io.hark.UserError;
import io.hark.bytes.Digests;
import io.hark.sensor.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Who had a case when: one line a hand, each with the digest of the line before, so that none can
/// be taken out or altered unnoticed. It proves nothing against somebody who writes the whole chain
/// anew: for that, keep the archive's digest apart from it, or sign it.
///
/// @param lines as they stand in the file
record Custody(List<String> lines) {

    /// The file in a case and in an archive.
    static final String NAME = "custody.jsonl";

    /// Longer chains are none.
    private static final int MAX_LINES = 10_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Keeps its own copy.
    Custody {
        lines = List.copyOf(lines);
    }

    /// What a hand did.
    ///
    /// @param action `exported` or `imported`
    /// @param by who
    /// @param note what for, or null
    /// @param at when
    record Act(String action, String by, @Nullable String note, Instant at) {}

    /// The chain of a case: empty where nobody handed it on.
    static Custody of(Path dir) throws IOException {
        Path file = dir.resolve(NAME);
        return Files.exists(file)
                ? parse(Files.readString(file), file.toString())
                : new Custody(List.of());
    }

    /// Reads a chain.
    ///
    /// @throws UserError if a link of it does not hold
    static Custody parse(String text, String whence) {
        List<String> lines = text.lines().toList();
        if (lines.size() > MAX_LINES) {
            throw new UserError(whence + " is broken: more than " + MAX_LINES + " lines");
        }
        String previous = "";
        for (int i = 0; i < lines.size(); i++) {
            if (!field(lines.get(i), "previous", whence).equals(previous)) {
                throw new UserError(
                        whence
                                + " is broken: line "
                                + (i + 1)
                                + " does not follow the one before; a line was altered, added or removed");
            }
            previous = sha256(lines.get(i));
        }
        return new Custody(lines);
    }

    /// The chain with one more hand in it.
    Custody and(Act act, Manifest manifest) {
        ObjectNode line = JSON.createObjectNode();
        line.put("at", act.at().toString());
        line.put("action", act.action());
        line.put("by", act.by());
        if (act.note() != null) {
            line.put("note", act.note());
        }
        line.put("hark", Version.TEXT);
        line.put("files", manifest.files().size());
        line.put("bytes", manifest.size());
        line.put("manifest", sha256(manifest.json()));
        line.put("previous", lines.isEmpty() ? "" : sha256(lines.getLast()));
        List<String> more = new ArrayList<>(lines);
        more.add(line.toString());
        return new Custody(more);
    }

    /// Says whether the last hand gave on what the manifest lists.
    boolean isOf(String manifest, String whence) {
        return !lines.isEmpty()
                && field(lines.getLast(), "manifest", whence).equals(sha256(manifest));
    }

    /// As it stands in a file.
    String text() {
        return String.join("\n", lines) + "\n";
    }

    private static String field(String line, String name, String whence) {
        try {
            JsonNode root = JSON.readTree(line);
            return root.path(name).asString("");
        } catch (JacksonException e) {
            throw new UserError(whence + " is broken: " + e.getOriginalMessage(), e);
        }
    }

    private static String sha256(String text) {
        return Digests.sha256Hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
