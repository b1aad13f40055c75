package io.hark.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.FileNotes;
import io.hark.Inspector;
import io.hark.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashesTest {

    private static final String ABC_MD5 =
            "900150983cd24fb0d6963f7d28e17f72"; // RFC 1321, appendix A.5
    private static final String ABC_SHA1 =
            "a9993e364706816aba3e25717850c26c9cd0d89d"; // RFC 3174, §7.3
    private static final String ABC_SHA256 = // FIPS 180-4, example B.1 of FIPS 180-2
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String
            MILLION_SHA256 = // FIPS 180-2, example B.3: a million times the letter a
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static FileNotes read(Hashes hashes, boolean whole, String... pieces) {
        Inspector.Reader reader = hashes.body("F1", "HTTP");
        assertThat(reader).isNotNull();
        for (String piece : pieces) {
            reader.bytes(bytes(piece));
        }
        FileNotes notes = new FileNotes();
        reader.end(whole, notes);
        return notes;
    }

    @Test
    void digests_are_those_of_the_standards() {
        FileNotes notes = read(new Hashes(Set.of("md5", "sha1", "sha256")), true, "a", "b", "c");

        assertThat(notes.md5).isEqualTo(ABC_MD5);
        assertThat(notes.sha1).isEqualTo(ABC_SHA1);
        assertThat(notes.sha256).isEqualTo(ABC_SHA256);
        assertThat(notes.analyzers).containsExactly("MD5", "SHA1", "SHA256");
    }

    @Test
    void pieces_longer_than_the_scratch_are_hashed_whole() {
        assertThat(read(new Hashes(), true, "a".repeat(999_999), "a").sha256)
                .isEqualTo(MILLION_SHA256);
    }

    @Test
    void a_part_of_a_file_has_no_digest_and_leaves_none_behind() {
        Hashes hashes = new Hashes();

        assertThat(read(hashes, false, "x").sha256).isNull();
        assertThat(read(hashes, true, "abc").sha256).isEqualTo(ABC_SHA256);
    }

    @Test
    void a_gap_forbids_the_digest() {
        Hashes hashes = new Hashes(Set.of("md5"));
        Inspector.Reader reader = hashes.body("F1", "HTTP");
        FileNotes notes = new FileNotes();
        assertThat(reader).isNotNull();
        reader.bytes(bytes("a"));
        reader.gap(5);
        reader.end(true, notes);

        assertThat(notes.md5).isNull();
        assertThat(notes.analyzers).containsExactly("MD5");
    }

    @Test
    void nothing_chosen_reads_nothing() {
        assertThat(new Hashes(Set.of()).body("F1", "HTTP")).isNull();
    }
}
