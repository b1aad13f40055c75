package io.hark.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// What an analysis left behind: its rows by kind, and its files as they are.
///
/// @param folder the case
/// @param files octets by path in the case, all but `case.json`, whose times differ from run to run
public record CaseFiles(Path folder, Map<String, byte[]> files) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /// Kinds whose log has another name.
    private static final Map<String, String> KIND_OF_LOG = Map.of("weird", "anomaly");

    /// Reads a case.
    public static CaseFiles read(Path folder) {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (!name.equals("case.json")) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CaseFiles(folder, files);
    }

    /// Rows of `logs/`, `findings.jsonl` and `conversations/` by kind, in order.
    public Map<String, List<Map<String, Object>>> rows() {
        Map<String, List<Map<String, Object>>> rows = new TreeMap<>();
        files.forEach(
                (name, octets) -> {
                    String kind = kind(name);
                    if (!kind.isEmpty()) {
                        rows.computeIfAbsent(kind, _ -> new ArrayList<>()).addAll(lines(octets));
                    }
                });
        return rows;
    }

    private static String kind(String file) {
        if (file.equals("findings.jsonl")) {
            return "finding";
        }
        if (file.startsWith("conversations/")) {
            return file.endsWith(".jsonl") ? "message" : "";
        }
        if (file.startsWith("logs/") && file.endsWith(".log")) {
            String log = file.substring(5, file.length() - 4);
            return KIND_OF_LOG.getOrDefault(log, log);
        }
        return "";
    }

    @SuppressWarnings("unchecked") // what a JSON object is
    private static List<Map<String, Object>> lines(byte[] octets) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String line :
                new String(octets, java.nio.charset.StandardCharsets.UTF_8).split("\n")) {
            if (!line.isBlank()) {
                rows.add(JSON.readValue(line, LinkedHashMap.class));
            }
        }
        return rows;
    }

    /// A number of `case.json`'s `counters`.
    ///
    /// @throws IllegalArgumentException where there is none
    public long counter(String name) {
        try {
            var value =
                    JSON.readTree(Files.readAllBytes(folder.resolve("case.json")))
                            .path("counters")
                            .path(name);
            if (!value.isNumber()) {
                throw new IllegalArgumentException("case.json counts no " + name);
            }
            return value.asLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where two cases differ, a sentence a file; empty where they are the same, byte for byte.
    public List<String> differences(CaseFiles other) {
        List<String> differences = new ArrayList<>();
        Map<String, byte[]> all = new TreeMap<>(files);
        all.putAll(other.files);
        for (String name : all.keySet()) {
            byte[] here = files.getOrDefault(name, new byte[0]);
            byte[] there = other.files.getOrDefault(name, new byte[0]);
            int at = Arrays.mismatch(here, there);
            if (at >= 0) {
                differences.add(
                        name
                                + " differs at octet "
                                + at
                                + ":\n  "
                                + line(here, at)
                                + "\n  "
                                + line(there, at));
            }
        }
        return differences;
    }

    private static String line(byte[] octets, int at) {
        int from = Math.min(at, octets.length);
        while (from > 0 && octets[from - 1] != '\n') {
            from--;
        }
        int to = Math.min(at, octets.length);
        while (to < octets.length && octets[to] != '\n') {
            to++;
        }
        return new String(
                octets, from, Math.min(to - from, 600), java.nio.charset.StandardCharsets.UTF_8);
    }
}
