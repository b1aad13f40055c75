package io.hark.custody;

import io.hark.UserError;
import io.hark.wire.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Every file of a case with its size and SHA-256.
///
/// @param files in order of their paths
record Manifest(List<Item> files) {

    /// Its own name in a case and in an archive.
    static final String NAME = "manifest.json";

    private static final int MAX_FILES = 1_000_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Keeps its own copy.
    Manifest {
        files = List.copyOf(files);
    }

    /// One file.
    ///
    /// @param path relative to the case, with slashes
    /// @param size in octets
    /// @param sha256 in hex
    record Item(String path, long size, String sha256) {}

    /// Reads every file of a case.
    ///
    /// @throws UserError if there is something else than files and folders in it
    static Manifest of(Path dir) throws IOException {
        List<Item> files = new ArrayList<>();
        List<Path> all;
        try (var walk = Files.walk(dir)) { // does not follow links
            all = walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).toList();
        }
        for (Path file : all) {
            String path = dir.relativize(file).toString().replace('\\', '/');
            if (path.equals(NAME) || path.equals(Custody.NAME)) {
                continue;
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new UserError(file + " is no plain file: it cannot be part of a case");
            }
            files.add(new Item(path, Files.size(file), Input.sha256(file)));
        }
        files.sort((a, b) -> a.path().compareTo(b.path()));
        return new Manifest(files);
    }

    /// The octets of all files.
    long size() {
        return files.stream().mapToLong(Item::size).sum();
    }

    /// What differs in a case from what this says, a line each; empty if nothing does.
    List<String> differences(Path dir) throws IOException {
        List<String> differences = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Item item : files) {
            known.add(item.path());
            Path file = dir.resolve(item.path());
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                differences.add(item.path() + " is missing");
            } else if (Files.size(file) != item.size()
                    || !Input.sha256(file).equals(item.sha256())) {
                differences.add(item.path() + " has changed");
            }
        }
        for (Item item : of(dir).files()) {
            if (!known.contains(item.path())) {
                differences.add(item.path() + " was added");
            }
        }
        return differences;
    }

    /// As it stands in a file.
    String json() {
        ObjectNode root = JSON.createObjectNode();
        for (Item item : files) {
            ObjectNode file = root.withArray("/files").addObject();
            file.put("path", item.path()).put("size", item.size()).put("sha256", item.sha256());
        }
        return root.toPrettyString() + "\n";
    }

    /// Reads one that somebody wrote.
    ///
    /// @param whence what it is called where it is wrong
    /// @throws UserError if it is none, or names a file outside of the case
    static Manifest parse(String text, String whence) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new UserError(whence + " is broken: " + e.getOriginalMessage(), e);
        }
        List<Item> files = new ArrayList<>();
        for (JsonNode file : root.path("files")) {
            Item item =
                    new Item(
                            file.path("path").asString(""),
                            file.path("size").asLong(-1),
                            file.path("sha256").asString(""));
            if (!isInside(item.path())
                    || item.size() < 0
                    || !item.sha256().matches("[0-9a-f]{64}")
                    || files.size() == MAX_FILES) {
                throw new UserError(whence + " is broken: file " + (files.size() + 1));
            }
            files.add(item);
        }
        if (files.isEmpty()) {
            throw new UserError(whence + " is broken: it lists no files");
        }
        return new Manifest(files);
    }

    /// Whether a path stays in the folder it is relative to.
    private static boolean isInside(String path) {
        try {
            Path as = Path.of(path);
            return !path.isEmpty()
                    && !path.contains("\\")
                    && !as.isAbsolute()
                    && !as.startsWith("..")
                    && as.normalize().equals(as)
                    && !path.equals(NAME)
                    && !path.equals(Custody.NAME);
        } catch (InvalidPathException e) {
            return false; // no path at all
        }
    }
}
