package io.hark.sensor;

import io.hark.Decoder;
import io.hark.Keyring;
import io.hark.UserError;
import io.hark.event.Finding;
import io.hark.event.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What is done with a late key.
final class Retry {

    /// How often late keys are tried: what one opens may give the key of another, and that of a
    /// third.
    private static final int MAX_ROUNDS = 3;

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

    /// See [Conversations#late].
    static Conversations.Late run(
            Path dir,
            Keyring keyring,
            List<? extends Decoder<?>> decoders,
            Consumer<? super Message> said)
            throws IOException {
        Path folder = dir.resolve("undecoded");
        if (!Files.isDirectory(folder)) {
            throw new UserError(
                    "nothing waits for a key in " + dir + ": it has no folder 'undecoded'");
        }
        Transcripts transcripts = new Transcripts(dir.resolve("conversations"), new Names());
        Artifacts artifacts = new Artifacts(dir);
        LateFindings late = new LateFindings(dir);
        Retry retry = new Retry(folder);
        RunKeys keys = new RunKeys(keyring);
        long read = 0;
        long messages = 0;
        long inner = 0;
        List<KeptPieces> reopened = new ArrayList<>();
        List<KeptPieces> done = new ArrayList<>(); // nothing of them waits any more
        List<KeptPieces> waiting =
                retry.kept().stream().filter(kept -> isOf(decoders, kept)).toList();
        int known = -1;
        for (int round = 0; round < MAX_ROUNDS && keys.derivedCount() > known; round++) {
            known = keys.derivedCount();
            for (KeptPieces kept : waiting) {
                if (reopened.contains(kept) || !keys.hasAnyOf(kept.secrets())) {
                    continue;
                }
                read += kept.bytes();
                Conversations one =
                        new Conversations(
                                decoders,
                                keys,
                                transcripts,
                                new Undecoded(null),
                                artifacts,
                                message -> {
                                    late.add(message);
                                    said.accept(message);
                                });
                if (one.opens(kept)) {
                    messages += one.counters().messages();
                    inner += one.innerPackets();
                    reopened.add(kept);
                    if (one.counters().undecoded() == 0) {
                        done.add(kept);
                    }
                }
            }
        }
        transcripts.close();
        artifacts.close();
        List<Finding> findings = late.finish();
        for (KeptPieces kept : done) { // only now: what it said is on disk
            retry.release(kept);
        }
        return new Conversations.Late(
                reopened.size(), read, retry.finish(), messages, inner, findings);
    }

    private static boolean isOf(List<? extends Decoder<?>> decoders, KeptPieces kept) {
        return decoders.stream().anyMatch(decoder -> decoder.name().equals(kept.decoder()));
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
