package io.hark.sensor;

import io.hark.bytes.TextBuffer;
import io.hark.event.FileSeen;
import io.hark.inspect.Extraction;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of a case: `files/<sha256>`, each content once, and `files/index.jsonl`, which says of
/// each what it was and where it went by.
///
/// Workers write what goes by into a folder of its own; here, where the order is the same for any
/// number of them, it is decided what stays.
///
/// *Thread*: [#inspector] before the run; all else the merge's.
final class KeptFiles implements Closeable {

    /// The most octets kept in one case.
    static final long MAX_KEPT = 20L << 30;

    static final String FOLDER = "files";
    private static final String INCOMING = ".incoming";
    private static final String README =
            """
            Files that went by, each under the SHA-256 of what there is of it; one that ends with .part was not seen whole: what is
            missing was filled with zeros, or its end was left out. index.jsonl says of each what it is, and by which connection it came.

            They are what was on the wire, malware included. Do not open them where that matters.
            """;

    private final Path folder;
    private final Path incoming;
    private final List<Extraction> inspectors = new ArrayList<>();
    private final TextBuffer line = new TextBuffer(1 << 10);
    private @Nullable BufferedWriter index;
    private long keptFiles;
    private long keptBytes;
    private long leftOut;

    /// Keeps in the case `dir`.
    KeptFiles(Path dir) {
        folder = dir.resolve(FOLDER);
        incoming = folder.resolve(INCOMING);
    }

    /// An inspector for a worker.
    Extraction inspector() throws IOException {
        Files.createDirectories(incoming);
        Extraction inspector = new Extraction(incoming);
        inspectors.add(inspector);
        return inspector;
    }

    /// A file has gone by: keeps it, or says that it is not kept.
    FileSeen told(FileSeen file) throws IOException {
        String name = file.extracted();
        return name == null || keep(file, name) ? file : file.notExtracted();
    }

    private boolean keep(FileSeen file, String name) throws IOException {
        Path came = incoming.resolve(file.fuid());
        if (!Files.exists(came)) { // what came under this id was kept: the other is its copy
            leftOut++;
            return false;
        }
        Path place = folder.resolve(name);
        if (Files.exists(place)) {
            Files.delete(came);
        } else {
            long size = Files.size(came);
            if (keptBytes + size > MAX_KEPT) {
                Files.delete(came);
                leftOut++;
                return false;
            }
            Files.move(came, place, StandardCopyOption.ATOMIC_MOVE);
            keptBytes += size;
            keptFiles++;
        }
        note(file, name);
        return true;
    }

    private void note(FileSeen file, String name) throws IOException {
        BufferedWriter to = index;
        if (to == null) {
            Files.writeString(folder.resolve("README.txt"), README);
            to = Files.newBufferedWriter(folder.resolve("index.jsonl"));
            index = to;
        }
        line.clear();
        line.put("{\"file\":").json(name).put(",\"ts\":").seconds(file.ts());
        line.put(",\"bytes\":").number(file.seen_bytes());
        line.put(",\"missing_bytes\":").number(file.missing_bytes());
        put("mime_type", file.mime_type());
        put("filename", file.filename());
        put("source", file.source());
        put("uid", file.uid());
        put("orig_h", file.id().orig_h().toString());
        put("resp_h", file.id().resp_h().toString());
        line.put(",\"is_orig\":").put(file.is_orig() ? "true" : "false").put("}\n");
        to.write(line.toString());
    }

    private void put(String name, @Nullable String value) {
        if (value != null) {
            line.put(",\"").put(name).put("\":").json(value);
        }
    }

    /// How many different contents were kept.
    long keptFiles() {
        return keptFiles;
    }

    /// How many files were not kept for want of room.
    long leftOut() {
        return leftOut;
    }

    /// All has gone by.
    ///
    /// @throws IOException if a worker could not write a file
    @Override
    public void close() throws IOException {
        if (index != null) {
            index.close();
        }
        if (Files.exists(incoming)) {
            CaseFolder.remove(incoming); // bodies whose end nobody told
        }
        if (Files.exists(folder) && keptFiles == 0) {
            Files.delete(folder);
        }
        for (Extraction inspector : inspectors) {
            IOException failure = inspector.failure();
            if (failure != null) {
                throw failure;
            }
        }
    }
}
