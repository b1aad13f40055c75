package io.hark.export.ecs;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.FileSeen;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// A file that went by.
public final class EcsFiles implements EcsMapping<FileSeen> {

    private static final Key HASHES = new Key("related.hash");

    /// The mapping.
    public EcsFiles() {}

    @Override
    public Class<FileSeen> kind() {
        return FileSeen.class;
    }

    @Override
    public List<String> categories() {
        return List.of("network", "file");
    }

    @Override
    public String action() {
        return "file-transfer";
    }

    @Override
    public Map<String, String> fields() {
        return Map.of(
                "filename", "file.name",
                "mime_type", "file.mime_type",
                "seen_bytes", "file.size",
                "duration", "event.duration",
                "md5", "file.hash.md5",
                "sha1", "file.hash.sha1",
                "sha256", "file.hash.sha256");
    }

    @Override
    public void more(FileSeen file, JsonWriter out) {
        out.texts(
                HASHES,
                Stream.of(file.md5(), file.sha1(), file.sha256())
                        .filter(Objects::nonNull)
                        .toList());
    }
}
