package io.hark.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A file in which a process says how it fares, for who asks from elsewhere.
final class StatusFile {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StatusFile() {}

    /// Reads what was last written.
    ///
    /// @throws IOException if there is nothing, or it is damaged
    static <T> T read(Path file, Class<T> type) throws IOException {
        try {
            return JSON.readValue(Files.readString(file), type);
        } catch (JacksonException e) {
            throw new IOException(file + " is damaged", e);
        }
    }

    static String json(Object status) {
        return JSON.writeValueAsString(status);
    }

    /// Puts it in the place of what was written before.
    static void write(Path file, Object status) throws IOException {
        Path begun = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(begun, json(status));
        Files.move(
                begun, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
