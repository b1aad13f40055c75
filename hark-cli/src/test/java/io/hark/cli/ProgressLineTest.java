package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.sensor.Analysis.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long now;

    private ProgressLine line(boolean shown) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new ProgressLine(
                new Terminal(stream, stream, shown, shown, 80, false, "hark"), () -> now);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void it_tells_how_far_how_fast_and_how_long_and_goes_away() {
        ProgressLine line = line(true);
        line.begin("big\033.pcap");
        now = 2_000_000_000L;
        line.tell(new Progress(100_000_000, 400_000_000, 1234));
        assertThat(said())
                .isEqualTo("\rbig\\u{1b}.pcap   25 %  50 MB/s  1,234 packets  6 s left\033[K");
        err.reset();
        line.end();
        assertThat(said()).isEqualTo("\r\033[K");
        line.tell(new Progress(400_000_000, 400_000_000, 5000)); // too late
        assertThat(said()).isEqualTo("\r\033[K");
    }

    @Test
    void what_has_no_size_has_no_end_in_sight() {
        ProgressLine line = line(true);
        line.begin("-");
        now = 1_000_000_000L;
        line.tell(new Progress(5_000_000, -1, 1));
        assertThat(said()).isEqualTo("\r-  5 MB/s  1 packet\033[K");
    }

    @Test
    void a_short_run_and_a_pipe_hear_nothing() {
        ProgressLine line = line(true);
        line.begin("small.pcap");
        now = 100_000_000L;
        line.tell(new Progress(1, 2, 1));
        line.end();
        ProgressLine piped = line(false);
        piped.begin("big.pcap");
        now = 9_000_000_000L;
        piped.tell(new Progress(1, 2, 1));
        piped.end();
        assertThat(said()).isEmpty();
    }
}
