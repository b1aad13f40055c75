package io.hark.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// One worker and four leave the same case behind, over captures that are not part of the
/// repository where they lie beside it.
final class DeterminismTest {

    private static final Path CAPTURES =
            Path.of("..", "..", "shared", "captures", "c2").toAbsolutePath().normalize();
    private static final List<byte[]> THREE_SERVERS =
            List.of(new byte[] {10, 9, 0, 1}, new byte[] {10, 9, 0, 2}, new byte[] {10, 9, 0, 3});

    @TempDir private Path scratch;

    private static List<Path> captures() throws IOException {
        try (Stream<Path> list = Files.list(CAPTURES)) {
            return list.filter(file -> file.toString().endsWith(".pcap")).sorted().toList();
        }
    }

    private static void skipWithoutCaptures() {
        assumeThat(Files.isDirectory(CAPTURES))
                .as("skipped: no captures in ../shared/captures/c2 beside the repository")
                .isTrue();
    }

    @TestFactory
    Stream<DynamicTest> captures_as_they_are() throws IOException {
        skipWithoutCaptures();
        SampleRun run = new SampleRun(new Hark(), scratch);
        return captures().stream()
                .map(
                        capture ->
                                DynamicTest.dynamicTest(
                                        String.valueOf(capture.getFileName()),
                                        () -> same(run, capture)));
    }

    @TestFactory
    Stream<DynamicTest> captures_in_a_mirror_with_one_pair_of_hosts() throws IOException {
        skipWithoutCaptures();
        SampleRun run = new SampleRun(new Hark(), scratch);
        return captures().stream()
                .map(
                        capture ->
                                DynamicTest.dynamicTest(
                                        "vxlan " + capture.getFileName(),
                                        () -> {
                                            Path mirror = scratch.resolve("mirror.pcap");
                                            CaptureRewriter.inVxlan(Capture.read(capture))
                                                    .write(mirror);
                                            same(run, mirror);
                                        }));
    }

    private static void same(SampleRun run, Path capture) throws Exception {
        try {
            assertThat(run.determinism(capture, List.of())).isEmpty();
        } finally {
            run.clean();
        }
    }

    @Test
    void a_sandcat_session_over_three_servers_is_one_conversation() throws Exception {
        skipWithoutCaptures();
        Path spread = scratch.resolve("spread.pcap");
        CaptureRewriter.spread(
                        Capture.read(CAPTURES.resolve("caldera-sandcat.c2only.pcap")),
                        THREE_SERVERS)
                .write(spread);
        for (int workers : new int[] {1, 4}) {
            Path out = scratch.resolve("workers" + workers);
            new Hark().analyze(spread, new Subject.Asked(List.of(), workers, true), out);
            assertThat(
                            Expected.parse(
                                            List.of(
                                                    "{\"@same\":\"conversation\",\"kind\":\"message\"}"))
                                    .compare(CaseFiles.read(out).rows()))
                    .isEmpty();
        }
    }
}
