package io.hark.inspect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hark.FileNotes;
import io.hark.Inspector;
import io.hark.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivesTest {

    private static FileNotes read(byte[] file, int piece) {
        Inspector.Reader reader = new Archives().body("F1", "HTTP");
        assertThat(reader).isNotNull();
        for (int at = 0; at < file.length; at += piece) {
            reader.bytes(Bytes.of(Arrays.copyOfRange(file, at, Math.min(file.length, at + piece))));
        }
        FileNotes notes = new FileNotes();
        reader.end(true, notes);
        return notes;
    }

    /// Sizes behind the contents, as who writes to a pipe has them.
    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(to)) {
            for (String name : names) {
                out.putNextEntry(new ZipEntry(name));
                out.write("PPKPK some content ".repeat(50).getBytes(ISO_8859_1));
                out.closeEntry();
            }
        }
        return to.toByteArray();
    }

    private static byte[] storedZip(String... names) throws IOException {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        byte[] content = "PK\3\4 is no header here".getBytes(ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(content);
        try (ZipOutputStream out = new ZipOutputStream(to)) {
            out.setMethod(ZipOutputStream.STORED);
            for (String name : names) {
                ZipEntry entry = new ZipEntry(name);
                entry.setSize(content.length);
                entry.setCrc(crc.getValue());
                out.putNextEntry(entry);
                out.write(content);
                out.closeEntry();
            }
        }
        return to.toByteArray();
    }

    private static byte[] tar(String name, int size) {
        byte[] file = new byte[512 + (size + 511) / 512 * 512];
        put(file, 0, name);
        put(file, 124, "%011o".formatted(size));
        file[156] = '0';
        put(file, 257, "ustar");
        return file;
    }

    private static void put(byte[] to, int at, String text) {
        byte[] octets = text.getBytes(ISO_8859_1);
        System.arraycopy(octets, 0, to, at, octets.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 100_000})
    void members_of_a_zip_are_named_whatever_the_pieces(int piece) throws IOException {
        FileNotes notes = read(zip("a.exe", "docs/ü.txt"), piece);

        assertThat(notes.members).containsExactly("a.exe", "docs/ü.txt");
        assertThat(notes.encrypted).isFalse();
        assertThat(read(storedZip("x", "y", "z"), piece).members).containsExactly("x", "y", "z");
    }

    @Test
    void an_encrypted_zip_says_so() throws IOException {
        byte[] file = storedZip("secret.doc");
        file[6] |= 1; // general purpose bit 0

        assertThat(read(file, 100).encrypted).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 100_000})
    void members_of_a_tar_are_named_whatever_the_pieces(int piece) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tar("etc/passwd", 1));
        all.write(tar("etc/shadow", 1025));
        all.write(tar("empty", 0));
        all.write(new byte[1024]);

        assertThat(read(all.toByteArray(), piece).members)
                .containsExactly("etc/passwd", "etc/shadow", "empty");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 11, 100_000})
    void gzip_keeps_one_name(int piece) {
        byte[] file =
                "\u001f\u008b\10\10....\0\3report.csv\0 and what follows".getBytes(ISO_8859_1);

        assertThat(read(file, piece).members).containsExactly("report.csv");
    }

    @Test
    void other_files_have_no_members() {
        assertThat(read("MZ and more".repeat(100).getBytes(ISO_8859_1), 50).members).isNull();
        assertThat(read(new byte[5], 1).members).isNull();
    }

    @Test
    void names_are_bounded_in_number_and_length() throws IOException {
        String[] names = new String[Archives.MAX_MEMBERS + 5];
        Arrays.setAll(names, i -> i + "x".repeat(300));

        assertThat(read(storedZip(names), 4096).members)
                .hasSize(Archives.MAX_MEMBERS)
                .allMatch(name -> name.length() == Archives.MAX_NAME);
    }

    @Test
    void a_hole_inside_a_content_is_stepped_over() throws IOException {
        byte[] file = storedZip("one", "two");
        Inspector.Reader reader = new Archives().body("F1", "HTTP");
        assertThat(reader).isNotNull();
        reader.bytes(Bytes.of(Arrays.copyOfRange(file, 0, 35)));
        reader.gap(10);
        reader.bytes(Bytes.of(Arrays.copyOfRange(file, 45, file.length)));
        FileNotes notes = new FileNotes();
        reader.end(false, notes);

        assertThat(notes.members).containsExactly("one", "two");
    }
}
