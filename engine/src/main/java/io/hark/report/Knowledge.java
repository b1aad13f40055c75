package io.hark.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What ids of ATT&CK and of MITRE Engage stand for.
///
/// *Source*: MITRE Engage 1.0 (Apache-2.0), its mapping to ATT&CK; wording our own.
public final class Knowledge {

    private final Map<String, String> names = new TreeMap<>();

    /// Reads the table.
    public Knowledge() {
        for (String line : resource("words.tsv").split("\n")) {
            int tab = line.indexOf('\t');
            if (tab > 0) {
                names.put(line.substring(0, tab), line.substring(tab + 1));
            }
        }
    }

    /// A name; of a sub-technique that is not known by itself, that of its technique; else nothing.
    public String name(String id) {
        int dot = id.indexOf('.');
        String name = names.get(id);
        if (name == null && dot > 0) {
            name = names.get(id.substring(0, dot));
        }
        return name == null ? "" : name;
    }

    /// A text that lies beside this class.
    static String resource(String name) {
        try (InputStream in =
                Objects.requireNonNull(Knowledge.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
