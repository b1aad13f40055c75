package io.hark.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyLogTailTest {

    @TempDir Path folder;

    private static String line(String digit) {
        return "CLIENT_RANDOM " + digit.repeat(64) + " " + "ab".repeat(48);
    }

    private static void append(Path log, String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.APPEND);
    }

    private static List<String> keys(List<Secret> secrets) {
        return secrets.stream().flatMap(secret -> secret.values().keySet().stream()).toList();
    }

    @Test
    void whole_lines_are_told_once_and_a_half_one_when_it_is_whole() throws IOException {
        Path log = Files.createFile(folder.resolve("keys.log"));
        try (KeyLogTail tail = KeyLogTail.of(List.of(log))) {
            assertThat(tail.fresh()).isEmpty();
            append(log, line("1") + "\n" + line("2").substring(0, 100));
            assertThat(keys(tail.fresh())).containsExactly("CLIENT_RANDOM " + "1".repeat(64));
            assertThat(tail.fresh()).isEmpty();
            append(log, line("2").substring(100) + "\n");
            assertThat(keys(tail.fresh())).containsExactly("CLIENT_RANDOM " + "2".repeat(64));
        }
    }

    @Test
    void a_log_that_is_cut_is_read_from_its_beginning() throws IOException {
        Path log = Files.createFile(folder.resolve("keys.log"));
        append(log, line("1") + "\n" + line("2") + "\n");
        try (KeyLogTail tail = KeyLogTail.of(List.of(log))) {
            assertThat(tail.fresh()).isEmpty(); // the keyring has them
            Files.writeString(log, line("3") + "\n");
            assertThat(keys(tail.fresh())).containsExactly("CLIENT_RANDOM " + "3".repeat(64));
        }
    }

    @Test
    void what_is_no_key_log_is_not_followed() throws IOException {
        Path other = folder.resolve("keys.yaml");
        Files.writeString(other, "keys: []\n");
        try (KeyLogTail tail = KeyLogTail.of(List.of(other))) {
            append(other, line("1") + "\n");
            assertThat(tail.fresh()).isEmpty();
        }
    }
}
