package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a person is told of inputs that are none, or broken, and the exit status beside it.
class BadInputTest {

    private static final int FILE_HEADER = 24;

    @TempDir Path temp;

    static Stream<Arguments> bad() throws IOException {
        byte[] whole = Files.readAllBytes(Run.sample("http"));
        return Stream.of(
                Arguments.of("empty", new byte[0], 3, "unreadable: the file is empty"),
                Arguments.of(
                        "shorter than a header",
                        Arrays.copyOf(whole, 10),
                        3,
                        "unreadable: it breaks off inside its own header, behind 10 bytes"),
                Arguments.of(
                        "packed, and cut before anything comes out",
                        Arrays.copyOf(packed(whole), 12),
                        3,
                        "unreadable: "),
                Arguments.of(
                        "packed, and cut inside that",
                        new byte[] {0x1f, (byte) 0x8b, 8, 0},
                        3,
                        "it breaks off"),
                Arguments.of("zeros", new byte[4096], 3, "it begins with zeros"),
                Arguments.of("a document", text("%PDF-1.7\n%and more"), 3, "the text '%PDF-1.7"),
                Arguments.of("a program", new byte[] {0x7f, 'E', 'L', 'F', 1}, 3, "7f 45 4c 46"),
                Arguments.of(
                        "an archive",
                        new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0},
                        3,
                        "it is a ZIP archive; unpack it first"),
                Arguments.of("a header", Arrays.copyOf(whole, FILE_HEADER), 0, "no packets"),
                Arguments.of(
                        "a tail of zeros",
                        Arrays.copyOf(whole, whole.length + 5000),
                        0,
                        "nothing but zeros from there on"),
                Arguments.of("cut", Arrays.copyOf(whole, 500), 0, "damaged: breaks off inside"),
                Arguments.of(
                        "cut and packed", cut(packed(whole)), 0, "damaged: cannot be read on"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void what_it_is_and_the_status(String name, byte[] content, int exit, String told)
            throws IOException {
        Path file = Files.write(temp.resolve("input"), content);

        Run run = Run.shown(100, "analyze", file);

        assertThat(run.exit()).as(name).isEqualTo(exit);
        assertThat(run.out()).contains(told);
        assertThat(run.out()).doesNotContain("complete: read to the end, no gaps, no bad");
        assertThat(run.err()).doesNotContain("hark: "); // a slow machine shows its progress
    }

    @Test
    void a_folder_and_a_file_that_is_not_there_are_unreadable() {
        assertThat(Run.shown(100, "analyze", temp).out()).contains("is a folder: name the capture");
        assertThat(Run.shown(100, "analyze", temp).exit()).isEqualTo(3);
        assertThat(Run.shown(100, "analyze", temp.resolve("none")).exit()).isEqualTo(3);
    }

    @Test
    void on_a_pipe_each_input_that_could_not_be_read_is_told_of_beside_the_results() {
        Run run = Run.piped("analyze", Run.sample("http"), temp.resolve("none"));

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).startsWith("{").contains("\"packets\":");
        assertThat(run.err()).contains("none: there is no file");
    }

    @Test
    void two_inputs_of_one_name_are_named_and_no_others() throws IOException {
        Path other = Files.createDirectory(temp.resolve("other"));
        Path twin = Files.copy(Run.sample("http"), other.resolve("capture.pcap"));

        Run run =
                Run.piped(
                        "analyze",
                        "--each",
                        Run.sample("http"),
                        Run.sample("beacon"),
                        twin,
                        "--out",
                        temp.resolve("cases"));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .contains("two inputs are called capture.pcap")
                .doesNotContain("other");
    }

    @Test
    void a_file_of_settings_that_is_not_there_is_said_to_be_so() {
        Run run =
                Run.piped(
                        "analyze",
                        Run.sample("http"),
                        "--engagement",
                        temp.resolve("engagement.yaml"));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("engagement.yaml: there is no such file");
    }

    @Test
    void a_capture_of_somebody_elses_says_what_to_do() throws IOException {
        Path file = Files.copy(Run.sample("http"), temp.resolve("closed.pcap"));
        assertThat(file.toFile().setReadable(false)).isTrue();
        assumeFalse(Files.isReadable(file), "root may read everything");

        Run run = Run.shown(100, "analyze", file);

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).contains("unreadable: permission denied: ");
    }

    @Test
    void an_output_where_nobody_may_write_says_where_and_what_to_do() throws IOException {
        Path dir = Files.createDirectory(temp.resolve("closed"));
        assertThat(dir.toFile().setWritable(false)).isTrue();
        assumeFalse(Files.isWritable(dir), "root may write everywhere");

        Run run = Run.shown(100, "analyze", Run.sample("http"), "--out", dir.resolve("case"));

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err()).contains(dir.toString()).contains("permission denied; name a place");
    }

    @Test
    void a_file_is_no_folder_for_a_case() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "mine");

        Run run = Run.shown(100, "analyze", Run.sample("http"), "--out", file);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("is no folder");
        assertThat(file).hasContent("mine");
    }

    @Test
    void a_file_that_is_no_key_is_named() throws IOException {
        Path file = Files.writeString(temp.resolve("notes.txt"), "no key at all");

        Run run = Run.shown(100, "analyze", Run.sample("http"), "--keys", file);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("notes.txt holds no key").contains("keys.yaml");
    }

    @Test
    void a_tail_of_zeros_adds_no_frame() throws IOException {
        byte[] whole = Files.readAllBytes(Run.sample("http"));
        Path file = Files.write(temp.resolve("input"), Arrays.copyOf(whole, whole.length + 5000));

        Run sound = Run.shown(100, "analyze", Run.sample("http"));
        Run run = Run.shown(100, "analyze", file);

        assertThat(sound.out().lines().toList().get(1)).contains("packets");
        assertThat(run.out().lines()).contains(sound.out().lines().toList().get(1));
    }

    @Test
    void a_few_zeros_at_the_end_are_frames_of_nothing_and_tell_no_time() throws IOException {
        byte[] whole = Files.readAllBytes(Run.sample("http"));
        Path file = Files.write(temp.resolve("input"), Arrays.copyOf(whole, whole.length + 33));

        Run run = Run.shown(100, "analyze", file);

        assertThat(run.out()).contains("damaged: breaks off inside").doesNotContain("1970-");
    }

    @Test
    void settings_of_zeros_are_no_yaml() throws IOException {
        Path file = Files.write(temp.resolve("settings"), new byte[4096]);

        for (String option : List.of("--engagement", "--suppressions")) {
            Run run = Run.piped("analyze", Run.sample("http"), option, file);

            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).contains("settings is no YAML").doesNotContain("\tat ");
        }
    }

    @Test
    void settings_without_an_end_are_too_large() {
        Path endless = Path.of("/dev/zero");
        assumeTrue(Files.exists(endless), "no such device here");

        assertThat(Run.piped("plan", endless).err()).contains("larger than 4 MB");
    }

    @Test
    void an_archive_of_a_case_that_cannot_be_read_is_an_unreadable_input() throws IOException {
        Path text = Files.writeString(temp.resolve("text"), "no archive");

        for (Path archive : List.of(temp.resolve("none.zip"), text)) {
            Run run = Run.piped("case", "import", archive, "--out", temp.resolve("taken"));

            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.err()).contains(archive.toString()).doesNotContain("could not write");
        }
        Run folder = Run.piped("case", "import", temp, "--out", temp.resolve("taken"));
        assertThat(folder.exit()).isEqualTo(2);
        assertThat(folder.err()).contains("is a folder: name the archive");
    }

    @Test
    void a_damaged_table_of_a_case_is_told_of_by_all_that_leave_it_out() throws IOException {
        Path dir = temp.resolve("case");
        Run.piped("analyze", Run.sample("http"), "--out", dir);
        try (Stream<Path> files = Files.walk(dir.resolve("events/conn"))) {
            Path part = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            Files.write(part, Arrays.copyOf(Files.readAllBytes(part), 100));
        }

        for (Run run :
                List.of(
                        Run.piped("host", dir, "192.0.2.10"),
                        Run.piped("search", dir, "kind:http"),
                        Run.piped(
                                "explain", dir, "--detector", "beacons", "--host", "192.0.2.10"))) {
            assertThat(run.err()).contains("table conn cannot be read", "remove that file");
        }
    }

    @Test
    void a_seal_that_breaks_off_is_told_of_in_words() throws IOException {
        Path dir = temp.resolve("case");
        Run.piped("analyze", Run.sample("http"), "--out", dir);
        Files.writeString(dir.resolve("case.json"), "{");

        Run run = Run.piped("export", dir, "--as", "stix");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("is not as hark writes it").doesNotContain("Source:");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] cut(byte[] whole) {
        return Arrays.copyOf(whole, whole.length / 2);
    }

    private static byte[] packed(byte[] plain) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }
}
