package io.hark.detect.webservice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A service that anybody can leave text or files at.
///
/// @param name its domain
/// @param use what it is for
record Service(String name, Use use) {

    enum Use {
        /// An interface for programs.
        BOT("an interface for programs"),
        /// Text and files that anybody can leave.
        PASTE("a place where anybody can leave text"),
        /// Names for hosts that have none.
        TUNNEL("a name for a host that has none of its own");

        private final String words;

        Use(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private static final Map<String, Service> KNOWN = read();

    /// The service that a host name belongs to; null for none.
    static @Nullable Service of(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        while (true) {
            Service service = KNOWN.get(name);
            int dot = name.indexOf('.');
            if (service != null || dot < 0) {
                return service;
            }
            name = name.substring(dot + 1);
        }
    }

    private static Map<String, Service> read() {
        Map<String, Service> services = new HashMap<>();
        String file = "services.tsv";
        try (InputStream in =
                Objects.requireNonNull(Service.class.getResourceAsStream(file), file)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split("\t"))
                    .forEach(
                            row ->
                                    services.put(
                                            row[0],
                                            new Service(
                                                    row[0],
                                                    Use.valueOf(row[1].toUpperCase(Locale.ROOT)))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(services);
    }
}
