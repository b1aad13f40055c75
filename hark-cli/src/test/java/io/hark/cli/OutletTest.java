package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What becomes of a run whose results nobody takes.
class OutletTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int listing(String fault) {
        var diagnostics = new PrintStream(err, true, StandardCharsets.UTF_8);
        var results = new Outlet(new Failing(fault));
        return Main.run(
                new Terminal(results, diagnostics, false, false, 80, false, "hark"), "list");
    }

    @Test
    void a_reader_that_has_enough_is_no_failure() {
        assertThat(listing("Broken pipe")).isEqualTo(Main.DONE);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void a_full_disk_is_told_of() {
        assertThat(listing("No space left on device")).isEqualTo(Main.UNWRITTEN);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("could not write");
    }

    @Test
    void what_is_taken_arrives_whole() {
        var taken = new ByteArrayOutputStream();
        try (var outlet = new Outlet(taken)) {
            outlet.print("ä ");
            outlet.write('b');
            outlet.flush();

            assertThat(outlet.isReaderGone()).isFalse();
        }
        assertThat(taken.toString(StandardCharsets.UTF_8)).isEqualTo("ä b");
    }

    /// Takes two writes, as a pipe does whose reader ends, and no more.
    private static final class Failing extends OutputStream {

        private final String fault;
        private int writes;

        Failing(String fault) {
            this.fault = fault;
        }

        @Override
        public void write(int octet) throws IOException {
            if (++writes > 2) {
                throw new IOException(fault);
            }
        }
    }
}
