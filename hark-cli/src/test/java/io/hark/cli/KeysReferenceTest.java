package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KeysReferenceTest {

    @Test
    void the_reference_of_keys_is_what_the_code_says() throws IOException, URISyntaxException {
        Path file = Run.root().resolve("docs/reference/keys.md");
        String page = KeysReference.page();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(file, page);
        }
        assertThat(file).as("run ./check docs to make it").hasContent(page);
    }
}
