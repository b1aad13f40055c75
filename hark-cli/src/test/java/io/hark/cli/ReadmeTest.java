package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

    @TempDir Path temp;

    @Test
    void the_readme_shows_what_its_first_command_prints() throws IOException {
        Path out = temp.resolve("case");

        Run run = Run.shown(80, "analyze", Run.sample("sandcat"), "--out", out);

        String printed =
                run.out()
                        .replace(Run.root() + "/", "")
                        .replace(out.toString(), "/tmp/case")
                        .replace("  hark ", "  ./hark ");
        String readme = Files.readString(Run.root().resolve("README.md"));
        assertThat(masked(readme))
                .as("paste what ./hark analyze prints into README.md:\n%s", printed)
                .contains(masked(printed).strip());
    }

    /// Samples are recorded anew now and then: times, sizes and ids change, words do not.
    private static String masked(String text) {
        return text.replaceAll("\\bC[0-9A-Za-z]{17}\\b", "UID")
                .replaceAll("[0-9][0-9,.:]*", "0")
                .replaceAll(" +", " ");
    }
}
