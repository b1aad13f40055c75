package io.hark.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A folder with a capture and what must be read in it.
///
/// @param name the folder's name
/// @param folder where it is
/// @param capture `capture.pcap` or `capture.pcapng`
/// @param secrets key logs and private keys beside it
/// @param expected what must be read
public record Sample(
        String name, Path folder, Path capture, List<Path> secrets, Expected expected) {

    /// The largest capture that a sample may be, in octets.
    public static final int MAX_CAPTURE = 50_000;

    private static final List<String> CAPTURES = List.of("capture.pcap", "capture.pcapng");
    private static final List<String> SECRETS = List.of(".key", ".log", ".yaml");

    /// The samples in a folder, by name: every folder in it that has an `expected.jsonl` or a
    /// capture.
    ///
    /// @throws IllegalArgumentException where a sample has no README, no capture, no expectations,
    ///   or too large a capture
    public static List<Sample> in(Path folder) {
        List<Sample> samples = new ArrayList<>();
        for (Path one : children(folder)) {
            if (Files.exists(one.resolve("expected.jsonl"))
                    || CAPTURES.stream().anyMatch(name -> Files.exists(one.resolve(name)))) {
                samples.add(read(one));
            }
        }
        return samples;
    }

    private static Sample read(Path folder) {
        if (!Files.exists(folder.resolve("README.md"))) {
            throw new IllegalArgumentException(
                    folder + " has no README.md that says what it holds and where it comes from");
        }
        if (!Files.exists(folder.resolve("expected.jsonl"))) {
            throw new IllegalArgumentException(folder + " has no expected.jsonl");
        }
        Path capture =
                CAPTURES.stream()
                        .map(folder::resolve)
                        .filter(Files::exists)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                folder + " has no capture.pcap"));
        try {
            if (Files.size(capture) > MAX_CAPTURE) {
                throw new IllegalArgumentException(
                        capture + " is larger than " + MAX_CAPTURE + " octets");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Path> secrets =
                children(folder).stream()
                        .filter(file -> SECRETS.stream().anyMatch(file.toString()::endsWith))
                        .toList();
        String name = String.valueOf(folder.getFileName());
        return new Sample(
                name, folder, capture, secrets, Expected.read(folder.resolve("expected.jsonl")));
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> list = Files.list(folder)) {
            return list.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
