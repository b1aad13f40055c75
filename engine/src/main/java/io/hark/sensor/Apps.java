package io.hark.sensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which application a server's name belongs to: `apps.tsv`, where each name says who says so.
///
/// *Thread*: any.
final class Apps {

    private static final String FILE = "apps.tsv";

    private final Map<String, String> known;

    private Apps(Map<String, String> known) {
        this.known = Map.copyOf(known);
    }

    /// The applications of the file.
    static Apps read() {
        Map<String, String> known = new HashMap<>();
        try (InputStream in = Objects.requireNonNull(Apps.class.getResourceAsStream(FILE), FILE)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split("\t"))
                    .forEach(row -> known.put(row[0], row[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Apps(known);
    }

    /// The application of the longest name that `host` is, or is below of; null for none.
    @Nullable String of(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        for (int dot = 0; dot >= 0; dot = name.indexOf('.')) {
            name = dot == 0 ? name : name.substring(dot + 1);
            String app = known.get(name);
            if (app != null) {
                return app;
            }
        }
        return null;
    }
}
