package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A `hark sensor` in a process and a network namespace of its own, listening by now.
final class LiveSensor implements AutoCloseable {
    final Process process;
    private final Path out;
    final Path err;
    final Path dir;

    LiveSensor(Path temp, String namespace, String interfaceName, String... options)
            throws Exception {
        dir = Files.createTempDirectory(temp, "case");
        out = dir.resolve("out.json");
        err = dir.resolve("err.txt");
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"));
        words.addAll(List.of("-cp", readable(), "io.hark.cli.Main"));
        words.addAll(List.of("sensor", "-i", interfaceName, "--out", dir + "/live"));
        words.addAll(List.of("--logs", "zeek"));
        words.addAll(List.of(options));
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxrwxrwx"));
        process = Namespaces.start(namespace, out, err, words);
        awaitText(process, err, "listening to");
    }

    /// The class path, where everybody may read it: repositories of libraries are often root's.
    private String readable() throws IOException {
        List<String> places = new ArrayList<>();
        Path lib = Files.createDirectory(dir.resolve("lib"));
        for (String place : System.getProperty("java.class.path").split(":")) {
            boolean needed =
                    place.matches(
                            ".*(hark|zstd|jspecify|jackson|picocli|bcp|bcutil|snakeyaml).*jar");
            if (needed) {
                Path from = Path.of(place);
                Path to = lib.resolve(from.getFileName());
                Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
                places.add(to.toString());
            } else if (!place.endsWith(".jar") || place.contains("/target/")) {
                places.add(place);
            }
        }
        return String.join(":", places);
    }

    /// Tells it to end, waits until it has; answers its line of JSON.
    JsonNode stop() throws Exception {
        process.destroy(); // SIGTERM
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        assertThat(dir.resolve("live/case.json")).exists();
        return JsonMapper.builder().build().readTree(Files.readString(out));
    }

    List<JsonNode> log(String kind) throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        return Files.readAllLines(dir.resolve("live/logs").resolve(kind + ".log")).stream()
                .map(json::readTree)
                .toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /// Waits until a program has written that.
    static void awaitText(Process process, Path file, String text) throws Exception {
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!Files.exists(file) || !Files.readString(file).contains(text)) {
            assertThat(process.isAlive() && System.nanoTime() < until)
                    .as(Files.exists(file) ? Files.readString(file) : "nothing said")
                    .isTrue();
            Thread.onSpinWait();
        }
    }
}
