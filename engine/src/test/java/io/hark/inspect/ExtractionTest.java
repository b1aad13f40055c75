package io.hark.inspect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hark.FileNotes;
import io.hark.Inspector;
import io.hark.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractionTest {

    private static final String ABC = // FIPS 180-2, example B.1
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir private Path folder;
    private Extraction extraction = new Extraction(Path.of("nowhere"));

    @BeforeEach
    void make() {
        extraction = new Extraction(folder);
    }

    private Inspector.Reader open(String fuid) {
        Inspector.Reader reader = extraction.body(fuid, "HTTP");
        assertThat(reader).isNotNull();
        return reader;
    }

    private static void bytes(Inspector.Reader reader, String text) {
        reader.bytes(Bytes.of(text.getBytes(ISO_8859_1)));
    }

    private static @Nullable String end(Inspector.Reader reader, boolean whole) {
        FileNotes notes = new FileNotes();
        reader.end(whole, notes);
        return notes.extracted;
    }

    private byte[] kept(String fuid) throws IOException {
        return Files.readAllBytes(folder.resolve(fuid));
    }

    @Test
    void a_whole_file_is_called_by_its_sha_256() throws IOException {
        Inspector.Reader reader = open("F1");
        bytes(reader, "a");
        bytes(reader, "bc");

        assertThat(end(reader, true)).isEqualTo(ABC);
        assertThat(kept("F1")).isEqualTo("abc".getBytes(ISO_8859_1));
    }

    @Test
    void files_that_come_at_the_same_time_are_kept_apart() throws IOException {
        Inspector.Reader one = open("F1");
        Inspector.Reader other = open("F2");
        bytes(one, "a");
        bytes(other, "xyz");
        bytes(one, "bc");

        assertThat(end(other, true)).isNotEqualTo(ABC);
        assertThat(end(one, true)).isEqualTo(ABC);
        assertThat(kept("F1")).isEqualTo("abc".getBytes(ISO_8859_1));
        assertThat(kept("F2")).isEqualTo("xyz".getBytes(ISO_8859_1));
    }

    @Test
    void what_is_missing_becomes_zeros_and_the_name_says_so() throws IOException {
        Inspector.Reader reader = open("F1");
        bytes(reader, "a");
        reader.gap(3);
        bytes(reader, "b");

        assertThat(end(reader, false)).endsWith(Extraction.PART);
        assertThat(kept("F1")).isEqualTo("a\0\0\0b".getBytes(ISO_8859_1));
    }

    @Test
    void behind_a_hole_too_large_nothing_is_kept() throws IOException {
        Inspector.Reader reader = open("F1");
        bytes(reader, "a");
        reader.gap(Extraction.MAX_HOLE + 1);
        bytes(reader, "b");

        assertThat(end(reader, false)).endsWith(Extraction.PART);
        assertThat(kept("F1")).isEqualTo("a".getBytes(ISO_8859_1));
    }

    @Test
    void a_long_file_in_small_and_large_pieces_is_whole() throws IOException {
        StringBuilder all = new StringBuilder();
        Inspector.Reader reader = open("F1");
        for (int i = 0; i < 20; i++) {
            String piece = Character.toString('a' + i).repeat(i % 3 == 0 ? 300_000 : 70_001);
            all.append(piece);
            bytes(reader, piece);
        }

        assertThat(end(reader, true)).doesNotEndWith(Extraction.PART);
        assertThat(kept("F1")).isEqualTo(all.toString().getBytes(ISO_8859_1));
    }

    @Test
    void a_file_that_ends_early_is_a_part() {
        Inspector.Reader reader = open("F1");
        bytes(reader, "abc");

        assertThat(end(reader, false)).isEqualTo(ABC + Extraction.PART);
    }

    @Test
    void an_empty_file_is_not_kept() {
        assertThat(end(open("F1"), true)).isNull();
    }

    @Test
    void a_folder_that_cannot_be_written_is_told_and_stops_nothing() throws IOException {
        Path gone = folder.resolve("gone");
        extraction = new Extraction(gone);
        Inspector.Reader reader = open("F1");
        bytes(reader, "abc");

        assertThat(end(reader, true)).isNull();
        assertThat(extraction.failure()).isNotNull();

        Files.createDirectory(gone);
        Inspector.Reader next = open("F2");
        bytes(next, "abc");
        assertThat(end(next, true)).isEqualTo(ABC);
    }
}
