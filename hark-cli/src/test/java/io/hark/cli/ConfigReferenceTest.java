package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {

    @Test
    void the_reference_of_hark_yaml_is_what_the_code_says() throws IOException {
        Path file = Run.root().resolve("docs/reference/hark.md");
        String page = ConfigReference.page();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(file, page);
        }
        assertThat(file).as("run ./check docs to make it").hasContent(page);
    }
}
