package io.hark.sensor;

import io.hark.bytes.Digests;
import io.hark.event.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Files and pictures that went by in conversations, each under its hash:
/// `conversations/files/<sha256>.<suffix>`.
///
/// *Thread*: one owner.
final class Artifacts {

    /// The most octets written in one case; what comes behind is only hashed.
    static final long MAX_BYTES = 1L << 30;

    /// The most files written in one case.
    static final int MAX_FILES = 10_000;

    private static final String FOLDER = "conversations/files";
    private static final int MAX_SUFFIX = 8;

    private final @Nullable Path folder;
    private final Set<String> written = new HashSet<>();
    private long bytes;
    private @Nullable IOException unwritten;

    /// Writes into a case; null writes nothing.
    Artifacts(@Nullable Path dir) {
        folder = dir == null ? null : dir.resolve(FOLDER);
    }

    /// Keeps one; what a message says of it.
    List<Fact> keep(byte[] octets, String suffix) {
        String hash = Digests.sha256Hex(octets);
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("sha256", hash));
        facts.add(Fact.of("bytes", octets.length));
        String end = suffix.replaceAll("[^a-z0-9]", "");
        String name = hash + "." + end.substring(0, Math.min(end.length(), MAX_SUFFIX));
        if (folder != null && (written.contains(name) || write(folder, name, octets))) {
            facts.add(Fact.of("file", FOLDER + "/" + name));
        }
        return facts;
    }

    private boolean write(Path into, String name, byte[] octets) {
        if (unwritten != null || written.size() == MAX_FILES || bytes + octets.length > MAX_BYTES) {
            return false;
        }
        try {
            Files.createDirectories(into);
            Files.write(into.resolve(name), octets);
        } catch (IOException e) {
            unwritten = e; // said at the end: here it would pass for a fault of the decoder
            return false;
        }
        written.add(name);
        bytes += octets.length;
        return true;
    }

    /// All was kept.
    ///
    /// @throws IOException if something could not be written
    void close() throws IOException {
        if (unwritten != null) {
            throw unwritten;
        }
    }
}
