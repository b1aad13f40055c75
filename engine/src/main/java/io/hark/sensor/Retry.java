package io.hark.sensor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What is done with a late key.
final class Retry {
    private final Path folder;
    private final List<KeptPieces> kept = new ArrayList<>();
    private final List<String> released = new ArrayList<>();

    Retry(Path folder) throws IOException {
        this.folder = folder;
        try (var files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".pieces")).sorted().toList()) {
                KeptPieces read = KeptPieces.read(file);
                if (read != null) {
                    kept.add(read);
                }
            }
        }
    }

    List<KeptPieces> kept() {
        return List.copyOf(kept);
    }

    /// Lets go of a conversation that was opened.
    void release(KeptPieces opened) throws IOException {
        Files.delete(opened.file());
        kept.remove(opened);
        released.add("\"file\":\"" + opened.file().getFileName() + "\"");
    }

    /// Writes the index of what still waits; answers its octets.
    long finish() throws IOException {
        Path index = folder.resolve(Undecoded.INDEX);
        if (Files.exists(index) && !released.isEmpty()) {
            List<String> left =
                    Files.readAllLines(index, StandardCharsets.UTF_8).stream()
                            .filter(line -> released.stream().noneMatch(line::contains))
                            .toList();
            Files.write(index, left);
        }
        if (kept.isEmpty()) {
            Files.deleteIfExists(index);
            Files.deleteIfExists(folder.resolve(Undecoded.READ_ME));
        }
        return kept.stream().mapToLong(KeptPieces::bytes).sum();
    }
}
