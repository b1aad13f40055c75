package io.hark.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final long BUDGET = 16_000_000;
    private static final long PATIENCE = 60_000; // milliseconds: a flush takes a few

    @TempDir private Path dir = Path.of("");

    private static Taken piece(int number) {
        byte[] payload = ("line " + number).getBytes(StandardCharsets.UTF_8);
        return new Taken(Taken.LINES, "r", "192.0.2.1", "s", number, 1_000 + number, payload);
    }

    private static List<Long> marks(JournalReader reader) throws IOException {
        List<Long> marks = new ArrayList<>();
        for (Taken taken = reader.next(); taken != null; taken = reader.next()) {
            assertThat(new String(taken.payload(), StandardCharsets.UTF_8))
                    .isEqualTo("line " + taken.mark());
            marks.add(taken.mark());
        }
        return marks;
    }

    private static List<Long> upTo(long last) {
        List<Long> marks = new ArrayList<>();
        for (long mark = 1; mark <= last; mark++) {
            marks.add(mark);
        }
        return marks;
    }

    private static void write(Path to, int first, int last) throws Exception {
        try (Journal journal = Journal.open(to, BUDGET, Position.START)) {
            for (int i = first; i <= last; i++) {
                journal.append(piece(i));
            }
        }
    }

    private static Path segment(Path of) throws IOException {
        try (var files = Files.list(of)) {
            return files.sorted().findFirst().orElseThrow();
        }
    }

    @Test
    void what_was_appended_is_read_in_order_once_it_is_flushed() throws Exception {
        try (Journal journal = Journal.open(dir, BUDGET, Position.START);
                JournalReader reader = journal.reader(Position.START)) {
            assertThat(reader.next()).isNull();
            long ticket = 0;
            for (int i = 1; i <= 1000; i++) {
                ticket = journal.append(piece(i));
            }
            assertThat(journal.await(ticket, PATIENCE)).isTrue();
            assertThat(marks(reader)).isEqualTo(upTo(1000));
        }
    }

    @Test
    void a_journal_torn_at_any_octet_has_the_whole_pieces_before_and_takes_more() throws Exception {
        Path whole = dir.resolve("whole");
        write(whole, 1, 6);
        byte[] octets = Files.readAllBytes(segment(whole));
        List<Integer> ends = new ArrayList<>();
        for (int i = 1, at = Segment.HEAD; i <= 6; i++) {
            at += Segment.piece(piece(i)).length;
            ends.add(at);
        }
        assertThat(ends.getLast()).isEqualTo(octets.length);
        for (int length = 0; length <= octets.length; length++) {
            Path torn = Files.createDirectory(dir.resolve("torn" + length));
            Files.write(Segment.file(torn, 1), Arrays.copyOf(octets, length));
            int cut = length;
            int before = (int) ends.stream().filter(end -> end <= cut).count();
            write(torn, before + 1, 7);
            try (Journal journal = Journal.open(torn, BUDGET, Position.START);
                    JournalReader reader = journal.reader(Position.START)) {
                assertThat(marks(reader)).as("torn at %d", length).isEqualTo(upTo(7));
                assertThat(reader.damages()).isZero();
            }
        }
    }

    @Test
    void what_is_in_the_lake_is_not_read_again() throws Exception {
        write(dir, 1, 5);
        Position committed;
        try (Journal journal = Journal.open(dir, BUDGET, Position.START);
                JournalReader reader = journal.reader(Position.START)) {
            for (int i = 0; i < 3; i++) {
                reader.next();
            }
            committed = reader.position();
        }
        try (Journal journal = Journal.open(dir, BUDGET, committed);
                JournalReader reader = journal.reader(committed)) {
            assertThat(marks(reader)).containsExactly(4L, 5L);
        }
    }

    @Test
    void a_segment_broken_in_the_middle_costs_its_rest_and_is_counted() throws Exception {
        write(dir, 1, 4);
        Path broken = segment(dir);
        write(dir, 5, 6);
        byte[] octets = Files.readAllBytes(broken);
        octets[Segment.HEAD + Segment.piece(piece(1)).length + Segment.PIECE_HEAD + 3] ^= 1;
        Files.write(broken, octets);
        try (Journal journal = Journal.open(dir, BUDGET, Position.START);
                JournalReader reader = journal.reader(Position.START)) {
            assertThat(marks(reader)).containsExactly(1L, 5L, 6L);
            assertThat(reader.damages()).isEqualTo(1);
        }
    }

    @Test
    void a_full_journal_takes_no_more_until_what_is_in_the_lake_is_released() throws Exception {
        byte[] payload = new byte[1 << 20];
        try (Journal journal = Journal.open(dir, BUDGET, Position.START);
                JournalReader reader = journal.reader(Position.START)) {
            int taken = 0;
            for (long ticket = 0; ticket >= 0; taken++) {
                ticket =
                        journal.tryAppend(new Taken(Taken.LINES, "r", "s", "s", taken, 0, payload));
                if (ticket > 0) {
                    assertThat(journal.await(ticket, PATIENCE)).isTrue();
                }
            }
            assertThat(taken).isBetween(12, 16);
            assertThat(journal.held()).isLessThanOrEqualTo(BUDGET);
            assertThat(journal.offer(piece(1))).isTrue(); // small ones still fit
            assertThat(journal.offer(new Taken(Taken.LINES, "r", "s", "s", 0, 0, payload)))
                    .isFalse();
            while (reader.next() != null) {
                journal.release(reader.position());
            }
            assertThat(journal.offer(new Taken(Taken.LINES, "r", "s", "s", 0, 0, payload)))
                    .isTrue();
        }
    }

    @Test
    void an_appender_waits_for_room() throws Exception {
        byte[] payload = new byte[1 << 20];
        try (Journal journal = Journal.open(dir, BUDGET, Position.START);
                JournalReader reader = journal.reader(Position.START)) {
            Thread appender =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            for (int i = 0; i < 50; i++) {
                                                journal.append(
                                                        new Taken(
                                                                Taken.LINES,
                                                                "r",
                                                                "s",
                                                                "s",
                                                                i,
                                                                0,
                                                                payload));
                                            }
                                        } catch (InterruptedException e) {
                                            Thread.currentThread().interrupt();
                                        }
                                    });
            long expected = 0;
            while (expected < 50) {
                Taken taken = reader.next();
                if (taken == null) {
                    journal.awaitBehind(reader.position(), 100);
                    continue;
                }
                assertThat(taken.mark()).isEqualTo(expected++);
                journal.release(reader.position());
                assertThat(journal.held()).isLessThanOrEqualTo(BUDGET);
            }
            appender.join();
        }
    }
}
