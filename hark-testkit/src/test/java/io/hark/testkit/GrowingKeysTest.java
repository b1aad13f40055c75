package io.hark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Keyring;
import io.hark.live.KeyLogTail;
import io.hark.sensor.Analysis;
import io.hark.sensor.Options;
import io.hark.wire.Chunk;
import io.hark.wire.Intake;
import io.hark.wire.Layers;
import io.hark.wire.Setup;
import io.hark.wire.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Secrets that are logged while the connection already runs.
class GrowingKeysTest {

    private static final Path SAMPLES = Path.of("..", "samples");

    @TempDir Path folder;

    static Stream<String> samples() {
        return Stream.of("tls13", "tls12-ecdhe", "https2", "http3", "http3-quic2");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void what_came_before_its_secret_is_read_as_if_it_had_been_there(String sample)
            throws IOException, InterruptedException {
        Path log = Files.createFile(folder.resolve("keys.log"));
        Keyring keyring = Keyring.loadGrowing(List.of(log));
        Options options =
                Options.builder()
                        .logs(List.of("zeek"))
                        .store(false)
                        .keyring(keyring)
                        .workers(1)
                        .checksums(Setup.Checksums.IGNORE)
                        .build();
        Capture capture = Capture.read(SAMPLES.resolve(sample).resolve("capture.pcap"));
        Path out = folder.resolve("case");
        try (KeyLogTail tail = KeyLogTail.of(List.of(log));
                Paced source =
                        new Paced(
                                capture,
                                tail,
                                log,
                                Files.readAllBytes(SAMPLES.resolve(sample).resolve("keys.log")))) {
            new Analysis(options, _ -> {}).listen(source, out, Duration.ofHours(1), _ -> {});
        }
        String requests = Files.readString(out.resolve("logs").resolve("http.log"));
        assertThat(requests).contains("\"status_code\":200");
        assertThat(Files.readString(out.resolve("logs").resolve("ssl.log")))
                .contains("\"secret\":\"keys.log\"");
    }

    /// All frames but the last, then the secrets, then the last.
    private static final class Paced implements Source {
        private final Layers layers = new Layers(Setup.Checksums.IGNORE);
        private final Intake intake = new Intake(layers);
        private final Capture capture;
        private final KeyLogTail tail;
        private final Path log;
        private final byte[] lines;
        private int next;

        Paced(Capture capture, KeyLogTail tail, Path log, byte[] lines) {
            this.capture = capture;
            this.tail = tail;
            this.log = log;
            this.lines = lines;
        }

        @Override
        public void fill(Chunk chunk) {
            List<Frame> frames = capture.frames();
            boolean last = next == frames.size() - 1;
            intake.begin(chunk);
            for (int to = last ? frames.size() : frames.size() - 1; next < to; next++) {
                Frame frame = frames.get(next);
                byte[] octets = frame.octets();
                System.arraycopy(
                        octets, 0, intake.memory(), intake.place(octets.length), octets.length);
                intake.add(frame.nanos(), octets.length, octets.length, capture.linkType(), false);
            }
            try {
                if (last) {
                    Files.write(log, lines, StandardOpenOption.APPEND);
                }
                intake.learn(tail.fresh());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            intake.finish(last);
        }

        @Override
        public String name() {
            return "paced";
        }

        @Override
        public Status status() {
            return next == capture.frames().size() ? Status.OK : Status.OPEN;
        }

        @Override
        public String trouble() {
            return "";
        }

        @Override
        public Layers layers() {
            return layers;
        }

        @Override
        public long frameCount() {
            return intake.frameCount();
        }

        @Override
        public long octetCount() {
            return intake.octetCount();
        }

        @Override
        public long firstNanos() {
            return intake.firstNanos();
        }

        @Override
        public long lastNanos() {
            return intake.lastNanos();
        }

        @Override
        public void close() {}
    }
}
