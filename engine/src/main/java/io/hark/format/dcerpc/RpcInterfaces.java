package io.hark.format.dcerpc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Names of interfaces and of their operations, from `interfaces.txt`.
final class RpcInterfaces {

    /// An interface.
    record Known(String endpoint, List<String> operations) {}

    private static final Map<String, Known> BY_UUID = read();

    private RpcInterfaces() {}

    /// The endpoint's name: `svcctl`, or `unknown-<uuid>`.
    static String endpoint(String uuid) {
        Known known = BY_UUID.get(uuid);
        return known == null ? "unknown-" + uuid : known.endpoint;
    }

    /// The operation's name: `CreateServiceW`, or `unknown-<number>`.
    static String operation(@Nullable String uuid, int number) {
        Known known = uuid == null ? null : BY_UUID.get(uuid);
        String name =
                known == null || number >= known.operations.size()
                        ? "-"
                        : known.operations.get(number);
        return name.equals("-") ? "unknown-" + number : name;
    }

    private static Map<String, Known> read() {
        Map<String, Known> known = new HashMap<>();
        try (InputStream in = RpcInterfaces.class.getResourceAsStream("interfaces.txt");
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] words = line.split(" ");
                    known.put(words[0], new Known(words[1], operations(words)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(known);
    }

    private static List<String> operations(String[] words) {
        List<String> operations = new ArrayList<>();
        for (int i = 2; i < words.length; i++) {
            int unused = words[i].startsWith("*") ? Integer.parseInt(words[i].substring(1)) : 0;
            for (int n = 0; n < unused; n++) {
                operations.add("-");
            }
            if (unused == 0) {
                operations.add(words[i]);
            }
        }
        return List.copyOf(operations);
    }
}
