package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.schema.Kind;
import io.hark.sensor.Wanted;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EventReferenceTest {

    @Test
    void the_reference_of_events_is_what_the_code_says() throws IOException, URISyntaxException {
        Path file = Run.root().resolve("docs/reference/events.md");
        String page = EventReference.page();
        if (Boolean.getBoolean("docs.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, page);
        }
        assertThat(file).as("run ./check docs to make it").hasContent(page);
    }

    @Test
    void every_kind_can_be_asked_for() throws IOException, URISyntaxException {
        assertThat(Wanted.kinds())
                .containsExactlyInAnyOrderElementsOf(
                        EventReference.kinds().stream().map(Kind::name).toList());
    }
}
