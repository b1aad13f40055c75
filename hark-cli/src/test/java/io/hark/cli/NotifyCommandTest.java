package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifyCommandTest {

    @TempDir private Path dir = Path.of("");

    private Path config() throws IOException {
        return Files.writeString(
                dir.resolve("hark.yaml"),
                """
                notify:
                  spool: spool
                  targets:
                    - {name: good, kind: command, command: [tee, %s]}
                    - {name: bad, kind: command, command: ["false"]}
                """
                        .formatted(dir.resolve("got")));
    }

    @Test
    void a_test_reaches_those_who_can_be_reached_and_says_who_cannot() throws IOException {
        Run run = Run.piped("notify", "test", "--config", config());
        assertThat(run.exit()).isEqualTo(Main.UNWRITTEN);
        assertThat(run.out()).isEqualTo("good: sent\n");
        assertThat(run.err()).contains("bad: ended with status 1");
        assertThat(Files.readString(dir.resolve("got"))).contains("\"type\":\"test\"");
        assertThat(Run.piped("notify", "test", "--config", config(), "good").exit())
                .isEqualTo(Main.DONE);
    }

    @Test
    void a_target_that_is_not_there_is_a_usage_error() throws IOException {
        Run run = Run.piped("notify", "test", "--config", config(), "none");
        assertThat(run.exit()).isEqualTo(Main.USAGE);
        assertThat(run.err()).contains("there is no target 'none'; there are good, bad");
    }
}
