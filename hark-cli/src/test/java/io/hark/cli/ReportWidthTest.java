package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The report on terminals of several widths, with and without colours.
class ReportWidthTest {

    private static final int WIDEST = 160; // wider pages are not used

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120, 200})
    void nothing_but_commands_and_paths_runs_over_the_edge(int columns) {
        for (String sample : List.of("sandcat", "hostile-text", "shell-tls-rsa", "smb2")) {
            Run run = Run.shown(columns, "analyze", Run.sample(sample));

            assertThat(run.out().lines().skip(1)) // the first names the capture
                    .as(sample)
                    .filteredOn(line -> !line.strip().matches("(hark|less) .*"))
                    .allMatch(line -> Page.width(line) <= Math.min(columns, WIDEST));
        }
    }

    @Test
    void what_would_open_a_handshake_is_told_whole_on_a_narrow_terminal() {
        Run run = Run.shown(60, "analyze", Run.sample("shell-tls-rsa"));

        assertThat(run.out()).contains("the server's RSA key, or a key log");
    }

    @Test
    void colours_are_for_terminals_that_want_them() {
        assertThat(isColoured("out,err", Map.of())).isTrue();
        assertThat(isColoured("out,err", Map.of("NO_COLOR", ""))).isTrue(); // no-color.org
        assertThat(isColoured("out,err", Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(isColoured("out,err", Map.of("TERM", "dumb"))).isFalse();
        assertThat(isColoured("err", Map.of())).isFalse();
    }

    private static boolean isColoured(String shown, Map<String, String> environment) {
        Properties said = new Properties();
        said.setProperty("hark.terminal", shown);
        return Terminal.ofProcess(said, environment).isColoured();
    }
}
