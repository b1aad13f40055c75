package io.hark.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.UserError;
import io.hark.bytes.Digests;
import io.hark.custody.CaseArchive.Hand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaseArchiveTest {

    private static final Hand ANN = new Hand("ann", Instant.parse("2026-01-02T03:04:05Z"), null);
    private static final Hand BEN = new Hand("ben", Instant.parse("2026-01-03T03:04:05Z"), "why");

    @TempDir Path temp;
    private Path dir = Path.of("");
    private Path archive = Path.of("");
    private Path capture = Path.of("");

    @BeforeEach
    void a_case() throws IOException {
        dir = Files.createDirectory(temp.resolve("case"));
        archive = temp.resolve("case.zip");
        capture = Files.writeString(temp.resolve("a.pcap"), "not read here");
        Files.writeString(
                dir.resolve("case.json"),
                """
                {"inputs":[{"path":"%s","status":"ok","size":13,"sha256":"%s"}]}
                """
                        .formatted(capture, Digests.sha256Hex(Files.readAllBytes(capture))));
        Files.createDirectories(dir.resolve("conversations"));
        Files.writeString(dir.resolve("conversations/01-é.txt"), "whoami\n");
    }

    @Test
    void a_case_comes_back_as_it_was_with_everybody_who_had_it() throws IOException {
        var sent = CaseArchive.export(dir, archive, false, ANN);
        assertThat(sent.files()).isEqualTo(2);
        assertThat(sent.sha256()).isEqualTo(Digests.sha256Hex(Files.readAllBytes(archive)));

        Path there = temp.resolve("there");
        assertThat(CaseArchive.restore(archive, there, BEN)).isEqualTo(sent);

        assertThat(there.resolve("conversations/01-é.txt")).hasContent("whoami\n");
        assertThat(there.resolve("case.json")).hasSameBinaryContentAs(dir.resolve("case.json"));
        assertThat(Files.readAllLines(there.resolve("custody.jsonl")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("exported").contains("\"by\":\"ann\""),
                        line -> assertThat(line).contains("imported").contains("\"note\":\"why\""));
        assertThat(CaseArchive.differences(there)).isEmpty();
    }

    @Test
    void what_lies_beside_a_case_stays() throws IOException {
        CaseArchive.export(dir, archive, false, ANN);
        Path mine = Files.createDirectory(temp.resolve("there.tmp")).resolve("mine");
        Files.writeString(mine, "mine");
        CaseArchive.restore(archive, temp.resolve("there"), BEN);
        assertThat(mine).hasContent("mine");
    }

    @Test
    void it_goes_on_from_hand_to_hand() throws IOException {
        CaseArchive.export(dir, archive, false, ANN);
        Path there = temp.resolve("there");
        CaseArchive.restore(archive, there, BEN);
        Path again = temp.resolve("again.zip");
        CaseArchive.export(there, again, false, BEN);
        CaseArchive.restore(again, temp.resolve("far"), ANN);
        assertThat(Files.readAllLines(temp.resolve("far/custody.jsonl"))).hasSize(4);
    }

    @Test
    void captures_go_with_it_and_are_found_in_it() throws IOException {
        CaseArchive.export(dir, archive, true, ANN);
        Files.delete(capture);
        Path there = temp.resolve("there");
        CaseArchive.restore(archive, there, BEN);
        assertThat(io.hark.sensor.Evidence.of(there, List.of()))
                .containsExactly(there.resolve("inputs/000-a.pcap"));
    }

    @Test
    void what_was_altered_after_it_was_taken_over_is_told() throws IOException {
        CaseArchive.export(dir, archive, false, ANN);
        Path there = temp.resolve("there");
        CaseArchive.restore(archive, there, BEN);
        Files.writeString(there.resolve("case.json"), "{}");
        Files.delete(there.resolve("conversations/01-é.txt"));
        Files.writeString(there.resolve("new.txt"), "");
        assertThat(CaseArchive.differences(there))
                .containsExactlyInAnyOrder(
                        "case.json has changed",
                        "conversations/01-é.txt is missing",
                        "new.txt was added");
    }

    @ParameterizedTest
    @ValueSource(strings = {"case.json", "conversations/01-é.txt", "custody.jsonl"})
    void an_altered_archive_is_refused_and_leaves_nothing(String altered) throws IOException {
        CaseArchive.export(dir, archive, false, ANN);
        Map<String, byte[]> entries = entries();
        String text = new String(entries.get(altered), StandardCharsets.UTF_8);
        entries.put(altered, (text + "x").replace("ann", "eve").getBytes(StandardCharsets.UTF_8));
        write(entries);
        assertThatThrownBy(() -> CaseArchive.restore(archive, temp.resolve("there"), BEN))
                .isInstanceOf(UserError.class);
        try (var left = Files.list(temp)) {
            assertThat(left).containsExactlyInAnyOrder(dir, archive, capture);
        }
    }

    @Test
    void a_hand_that_listed_other_files_is_told() throws IOException {
        CaseArchive.export(dir, archive, false, ANN);
        Map<String, byte[]> entries = entries();
        String listed = new String(entries.get("manifest.json"), StandardCharsets.UTF_8);
        entries.put("manifest.json", (listed + " ").getBytes(StandardCharsets.UTF_8));
        write(entries);
        assertThatThrownBy(() -> CaseArchive.restore(archive, temp.resolve("there"), BEN))
                .hasMessageContaining("gave on other files");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "/etc/evil",
                "a/../../evil",
                "a\\..\\evil",
                "",
                "./a",
                "a\u0000b",
                "custody.jsonl"
            })
    void nothing_is_written_outside_of_the_case(String path) {
        String listed =
                "{\"files\":[{\"path\":\"%s\",\"size\":1,\"sha256\":\"%s\"}]}"
                        .formatted(
                                path.replace("\\", "\\\\").replace("\u0000", "\\u0000"),
                                "0".repeat(64));
        assertThatThrownBy(() -> Manifest.parse(listed, "it"))
                .isInstanceOf(UserError.class)
                .hasMessage("it is broken: file 1");
    }

    @Test
    void a_file_that_is_longer_than_listed_is_not_unpacked_whole() throws IOException {
        byte[] bomb = new byte[50_000_000];
        String sha256 = Digests.sha256Hex(new byte[10]);
        Manifest manifest = new Manifest(List.of(new Manifest.Item("bomb", 10, sha256)));
        Custody custody =
                new Custody(List.of())
                        .and(new Custody.Act("exported", "eve", null, ANN.at()), manifest);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("manifest.json", manifest.json().getBytes(StandardCharsets.UTF_8));
        entries.put("custody.jsonl", custody.text().getBytes(StandardCharsets.UTF_8));
        entries.put("bomb", bomb);
        write(entries);
        assertThatThrownBy(() -> CaseArchive.restore(archive, temp.resolve("there"), BEN))
                .hasMessageContaining("bomb is not what the manifest says");
    }

    @Test
    void what_is_no_archive_and_what_is_no_case_is_told() throws IOException {
        Files.writeString(archive, "PK no");
        assertThatThrownBy(() -> CaseArchive.restore(archive, temp.resolve("there"), BEN))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is no archive of a case");
        assertThatThrownBy(() -> CaseArchive.export(temp, archive, false, ANN))
                .hasMessageContaining("no case.json");
        assertThatThrownBy(() -> CaseArchive.export(dir, dir.resolve("in.zip"), false, ANN))
                .hasMessageContaining("lies in the case itself");
        Files.createSymbolicLink(dir.resolve("link"), capture);
        assertThatThrownBy(() -> CaseArchive.export(dir, archive, false, ANN))
                .hasMessageContaining("no plain file");
    }

    private Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }

    private void write(Map<String, byte[]> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
    }
}
