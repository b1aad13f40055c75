package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.sensor.FirstLook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecoderCommandTest {

    private static final String SAY = "        String text = frame.text(StandardCharsets.UTF_8);\n";

    @TempDir Path dir;

    private Path source;
    private String scaffold;

    @BeforeEach
    void begin() throws IOException {
        Files.copy(Path.of("../samples/njrat/capture.pcap"), dir.resolve("capture.pcap"));
        source = dir.resolve("Mine.java");
        scaffold =
                new Scaffold("mine", FirstLook.of(List.of()))
                        .text()
                        .replace("new Delimiter(\"\\n\")", "new AsciiLength(\"\\0\")");
    }

    private Run test(String text) throws IOException {
        Files.writeString(source, text);
        return Run.piped("decoder", "test", source.toString());
    }

    @Test
    void a_scaffold_with_the_right_framing_is_good() throws IOException {
        Run run = test(scaffold);
        assertThat(run.exit()).isEqualTo(Main.DONE);
        assertThat(run.out().lines().filter(line -> line.endsWith(" good"))).hasSize(4);
    }

    @Test
    void a_decoder_that_says_nothing_is_not_good() throws IOException {
        Run run =
                test(
                        scaffold.replace(
                                        "new AsciiLength(\"\\0\")", "LengthPrefix.of(Width.U16_LE)")
                                .replace("if (!whole)", "if (start.over())"));
        assertThat(run.exit()).isEqualTo(Main.UNREADABLE);
        assertThat(run.out()).containsPattern("whole +no message of [0-9,]+ octets: does it mark");
    }

    @Test
    void an_endless_loop_is_told_with_its_line() throws IOException {
        Run run =
                test(
                        scaffold.replace(
                                SAY, SAY + "        while (!text.isEmpty()) { text.length(); }\n"));
        assertThat(run.exit()).isEqualTo(Main.UNREADABLE);
        assertThat(run.out())
                .containsPattern("whole +no end after 10 s at .*Mine\\.say\\(Mine.java:");
        assertThat(run.out()).doesNotContain("in pieces");
    }

    @Test
    void an_exception_is_told_with_the_decoders_own_line() throws IOException {
        Run run = test(scaffold.replace(SAY, SAY + "        text.substring(100_000);\n"));
        assertThat(run.exit()).isEqualTo(Main.UNREADABLE);
        assertThat(run.out())
                .containsPattern(
                        "whole +java.lang.StringIndexOutOfBounds.* at .*Mine\\.say\\(Mine.java:");
    }

    @Test
    void what_cannot_be_made_says_why() throws IOException {
        Run run =
                test(
                        scaffold.replace(
                                "private static final int MAX_FRAME = 1 << 20;",
                                "private static final int MAX_FRAME = Integer.parseInt(\"many\");"));
        assertThat(run.exit()).isEqualTo(Main.USAGE);
        assertThat(run.err()).contains("cannot be made: java.lang.NumberFormatException");
    }
}
