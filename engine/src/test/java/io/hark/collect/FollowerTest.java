package io.hark.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.config.Listener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowerTest {

    private static final long PATIENCE = 60_000;

    @TempDir private Path dir = Path.of("");

    private Path logs = Path.of("");
    private Journal journal;
    private Intake intake;
    private JournalReader reader;

    @BeforeEach
    void open() throws IOException {
        logs = Files.createDirectory(dir.resolve("logs"));
        journal = Journal.open(dir.resolve("journal"), 16_000_000, Position.START);
        intake = new Intake(journal, new Sources(), new Marks(), InstantSource.system());
        reader = journal.reader(Position.START);
    }

    @AfterEach
    void close() throws IOException {
        reader.close();
        journal.close();
    }

    private Follower follower(String... paths) {
        return new Follower(Listener.following(List.of(paths)), intake, new Complaints());
    }

    /// What the journal has more, as `name: text`.
    private List<String> taken() throws Exception {
        long ticket = journal.append(new Taken("", "", "", "", 0, 0, new byte[0]));
        assertThat(journal.await(ticket, PATIENCE)).isTrue();
        List<String> taken = new ArrayList<>();
        for (Taken one = reader.next(); one != null; one = reader.next()) {
            if (!one.receiver().isEmpty()) {
                String text = new String(one.payload(), StandardCharsets.UTF_8);
                taken.add(Path.of(one.source()).getFileName() + ": " + text.replace('\n', '|'));
            }
        }
        return taken;
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /// Looks until nothing grows, and twice more: files that were left are closed then.
    private static void look(Follower follower) throws InterruptedException {
        for (int quiet = 0; quiet < 3; quiet++) {
            if (follower.look()) {
                quiet = 0;
            }
        }
    }

    @Test
    void whole_lines_are_taken_and_the_rest_when_it_ends() throws Exception {
        Path log = logs.resolve("a.log");
        append(log, "one\ntwo\nthr");
        Follower follower = follower(log.toString());
        look(follower);
        assertThat(taken()).containsExactly("a.log: one|two|");
        append(log, "ee\n");
        look(follower);
        assertThat(taken()).containsExactly("a.log: three|");
        follower.close();
    }

    @Test
    void a_file_that_is_renamed_is_read_to_its_end_and_then_the_new_one() throws Exception {
        Path log = logs.resolve("a.log");
        append(log, "one\n");
        Follower follower = follower(log.toString());
        look(follower);
        append(log, "two\n");
        Files.move(log, logs.resolve("a.log.1"));
        append(logs.resolve("a.log.1"), "three\nlast without end");
        append(log, "four\n");
        look(follower);
        assertThat(String.join("", taken()))
                .contains("one|", "two|three|", "last without end", "four|")
                .containsOnlyOnce("four");
        follower.close();
    }

    @Test
    void a_file_that_was_copied_away_and_emptied_is_read_from_its_beginning() throws Exception {
        Path log = logs.resolve("a.log");
        append(log, "one of the first day\n");
        Follower follower = follower(log.toString());
        look(follower);
        Files.writeString(log, "a longer line of the second day\n"); // longer than what was read
        look(follower);
        Files.writeString(log, "short\n");
        look(follower);
        assertThat(taken())
                .containsExactly(
                        "a.log: one of the first day|",
                        "a.log: a longer line of the second day|",
                        "a.log: short|");
        follower.close();
    }

    @Test
    void another_process_goes_on_where_a_file_was_left_even_if_it_was_renamed() throws Exception {
        Path log = logs.resolve("a.log");
        append(log, "one\n");
        Follower first = follower(log.toString());
        first.start();
        first.close(); // looks a last time
        assertThat(taken()).containsExactly("a.log: one|");

        append(log, "two\n");
        Files.move(log, logs.resolve("a.log.1"));
        append(log, "three\n");
        Follower second = follower(log.toString());
        second.start();
        second.close();
        assertThat(taken()).containsExactlyInAnyOrder("a.log: two|", "a.log: three|");
    }

    @Test
    void a_folder_and_a_pattern_find_files_that_come_later_but_no_packed_ones() throws Exception {
        Path below = Files.createDirectories(dir.resolve("srv/web1"));
        append(logs.resolve("a.log"), "a\n");
        append(logs.resolve("old.gz"), "packed\n");
        append(logs.resolve(".hidden"), "hidden\n");
        append(below.resolve("access.log"), "b\n");
        append(below.resolve("error.txt"), "no\n");
        assertThat(new FollowedPaths(List.of(logs.toString(), dir + "/srv/*/*.log")).find())
                .containsExactly(logs.resolve("a.log"), below.resolve("access.log"));
    }

    @Test
    void a_line_longer_than_a_block_is_taken_in_parts() throws Exception {
        Path log = logs.resolve("a.log");
        append(log, "x".repeat(FollowedFile.BLOCK + 10) + "\nend\n");
        Follower follower = follower(log.toString());
        look(follower);
        List<String> taken = taken();
        assertThat(taken).hasSize(2);
        assertThat(taken.getLast()).isEqualTo("a.log: xxxxxxxxxx|end|");
        follower.close();
    }
}
