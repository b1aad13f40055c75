package io.hark.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.Decoder;
import io.hark.Keyring;
import io.hark.Scope;
import io.hark.Secret;
import io.hark.UserError;
import io.hark.Verdict;
import io.hark.carry.Carried;
import io.hark.carry.StreamPiece;
import io.hark.event.Endpoints;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Side;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationsTest {

    @TempDir Path dir;

    private final List<Message> said = new ArrayList<>();

    private Conversations conversations(Decoder<?> decoder, Keyring keyring) {
        return new Conversations(List.of(decoder), keyring, dir, said::add);
    }

    private static StreamPiece piece(String uid, long sequence, String text) {
        Endpoints id = new Endpoints(Addr.v4(0x0a000001), 1000, Addr.v4(0xc6336414), 443);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long ts = 1_700_000_000_000_000_000L + sequence * 1_000_000_000L;
        return new StreamPiece(ts, uid, id, "echo", sequence, Side.ORIGINATOR, 0, bytes, 0, false);
    }

    @Test
    void pieces_seen_twice_are_dropped_by_connection_and_sequence() {
        Conversations conversations = conversations(new Echo(false), Keyring.EMPTY);
        for (int twice = 0; twice < 2; twice++) {
            for (int i = 0; i < 5; i++) {
                conversations.add(piece("C1", i, "text " + i));
            }
        }
        conversations.add(piece("C2", 0, "other"));
        conversations.end();
        assertThat(said)
                .extracting(Message::text)
                .containsExactly("text 0", "text 1", "text 2", "text 3", "text 4", "other");
        assertThat(conversations.counters().duplicates()).isEqualTo(5);
    }

    @Test
    void a_piece_that_is_older_than_another_connection_is_not_too_late() {
        Conversations conversations = conversations(new Echo(false), Keyring.EMPTY);
        conversations.add(piece("C1", 3600, "an hour later"));
        conversations.add(piece("C2", 0, "kept while it was tasted"));
        conversations.end();
        assertThat(said).hasSize(2);
    }

    @Test
    void a_conversation_is_written_for_people_and_for_programs() throws IOException {
        Conversations conversations = conversations(new Echo(false), Keyring.EMPTY);
        conversations.add(piece("C1", 0, "first\nsecond \u001b[31mred\u202e"));
        conversations.end();
        String people = Files.readString(dir.resolve("conversations/01-test-10.0.0.1.txt"));
        assertThat(people)
                .contains(
                        "2023-11-14 22:13:20.000   IMPLANT> first\n"
                                + " ".repeat(35)
                                + "second \\u{1b}[31mred\\u{202e}\n")
                .contains("no real capture verifies");
        assertThat(Files.readString(dir.resolve("conversations/01-test-10.0.0.1.jsonl")))
                .isEqualTo(
                        "{\"ts\":1700000000.000000,\"conversation\":\"C1\",\"family\":\"test\",\"decoder\":\"echo\",\"verified\":false,\"side\":\"implant\",\"type\":\"shell\",\"subtype\":\"console\",\"text\":\"first\\n"
                                + "second \\u001b[31mred\u202e\",\"fields\":{\"password\":\"***"
                                + Mask.of("password=hunter2", "C1")
                                        .substring("password=***".length())
                                + "\",\"n\":1.5},\"uid\":\"C1\",\"layers\":[\"tcp\",\"test\"],\"orig_h\":\"10.0.0.1\",\"orig_p\":1000,\"resp_h\":\"198.51.100.20\",\"resp_p\":443}\n");
    }

    @Test
    void credentials_are_masked_and_stay_comparable() {
        String masked =
                Mask.of(
                        "mysql password=hunter2 and Authorization: Basic ZTpm,"
                                + " http://e:hunter2@a.test/ net user bob Geheim1 /add",
                        "C1");
        assertThat(masked)
                .doesNotContain("hunter2", "ZTpm", "Geheim1")
                .contains("mysql", "net user bob ***", "http://e:***");
        assertThat(Mask.of("password=hunter2", "C1"))
                .isEqualTo(Mask.of("password=hunter2", "C1"))
                .isNotEqualTo(Mask.of("password=hunter3", "C1"));
        assertThat(Mask.of("{\"pwd\":\"/root\"} cat passwd.txt", "C1"))
                .isEqualTo("{\"pwd\":\"/root\"} cat passwd.txt");
    }

    @Test
    void a_late_key_opens_exactly_what_was_kept() throws IOException {
        Conversations conversations = conversations(new Echo(true), Keyring.EMPTY);
        for (int i = 0; i < 4; i++) {
            conversations.add(piece("C1", i, "text " + i));
        }
        conversations.add(piece("C2", 0, "locked for good"));
        conversations.end();
        assertThat(said).isEmpty();
        assertThat(conversations.counters().undecoded()).isEqualTo(2);
        Path kept = dir.resolve("undecoded/echo-C1.pieces");
        long first = Files.size(kept);
        long both = first + Files.size(dir.resolve("undecoded/echo-C2.pieces"));
        assertThat(Files.readString(dir.resolve("undecoded/index.jsonl")))
                .contains("\"decoder\":\"echo\",\"conversation\":\"C1\",\"secret\":\"tls-key-log\"")
                .contains("\"pieces\":4");

        Keyring wrong = new Keyring(List.of(new Secret("rsa", Secret.Kind.RSA_PRIVATE, Map.of())));
        assertThat(Conversations.late(dir, wrong, List.of(new Echo(true)), said::add))
                .isEqualTo(new Conversations.Late(0, 0, both, 0, 0, List.of()));

        Keyring right = new Keyring(List.of(new Secret("C1", Secret.Kind.TLS_KEY_LOG, Map.of())));
        assertThat(Conversations.late(dir, right, List.of(new Echo(true)), said::add))
                .isEqualTo(new Conversations.Late(1, both, both - first, 4, 0, List.of()));
        assertThat(said)
                .extracting(Message::text)
                .containsExactly("text 0", "text 1", "text 2", "text 3");
        assertThat(kept).doesNotExist();
        assertThat(Files.readString(dir.resolve("undecoded/index.jsonl")))
                .doesNotContain("C1")
                .contains("C2");
        assertThat(dir.resolve("conversations/01-test-10.0.0.1.txt")).exists();
    }

    @Test
    void what_one_secret_gave_opens_later_conversations() {
        Conversations conversations = conversations(new Echo(true), keyring("C1", "C2"));
        conversations.add(piece("C1", 0, "first"));
        conversations.add(piece("C2", 0, "second"));
        conversations.add(piece("C3", 0, "locked"));
        conversations.end();
        assertThat(said).extracting(Message::text).containsExactly("first", "second");
    }

    @Test
    void what_a_late_key_gave_opens_even_what_was_tried_before() throws IOException {
        Conversations conversations = conversations(new Echo(true), Keyring.EMPTY);
        conversations.add(piece("C1", 0, "first"));
        conversations.add(piece("C2", 0, "second"));
        conversations.end();
        Conversations.Late late =
                Conversations.late(dir, keyring("C2", "C1"), List.of(new Echo(true)), said::add);
        assertThat(late.rangesReopened()).isEqualTo(2);
        assertThat(late.bytesWaiting()).isZero();
        assertThat(said).extracting(Message::text).containsExactly("second", "first");
    }

    @Test
    void a_secret_of_another_scope_is_not_tried() {
        Scope elsewhere = new Scope.Conversation("C2");
        Secret secret = new Secret("C1", Secret.Kind.TLS_KEY_LOG, Map.of(), elsewhere, "");
        Conversations conversations = conversations(new Echo(true), new Keyring(List.of(secret)));
        conversations.add(piece("C1", 0, "locked"));
        conversations.end();
        assertThat(said).isEmpty();
    }

    /// A secret that opens one conversation, and gives what opens another.
    private static Keyring keyring(String opens, String gives) {
        Map<String, byte[]> values = Map.of("gives", gives.getBytes(StandardCharsets.UTF_8));
        return new Keyring(List.of(new Secret(opens, Secret.Kind.TLS_KEY_LOG, values)));
    }

    @Test
    void a_folder_without_a_case_is_an_error_for_the_user() {
        assertThatThrownBy(
                        () ->
                                Conversations.late(
                                        dir, Keyring.EMPTY, List.of(new Echo(true)), said::add))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("undecoded");
    }

    /// Says what it is given; with a lock only if a secret has the connection's name.
    private record Echo(boolean locked) implements Decoder<Echo.Count> {

        /// Counts pieces.
        record Count(long pieces, boolean open) implements Stored {}

        @Override
        public String name() {
            return "echo";
        }

        @Override
        public String about() {
            return "a test";
        }

        @Override
        public Info info() {
            return new Info(
                    List.of("test"),
                    Set.of(),
                    locked ? Set.of(Secret.Kind.TLS_KEY_LOG) : Set.of(),
                    "",
                    "",
                    false);
        }

        @Override
        public int taste(Tasting tasting) {
            return Verdict.NO;
        }

        @Override
        public Class<Count> stateType() {
            return Count.class;
        }

        @Override
        public void keys(Carried input, Keys sink) {
            sink.add(input.uid());
        }

        @Override
        public @Nullable Count converse(Carried piece, @Nullable Count state, Conversation turn) {
            boolean open = !locked || state != null && state.open;
            if (locked && state == null) {
                for (Secret secret : turn.secrets(Secret.Kind.TLS_KEY_LOG)) {
                    if (secret.name().equals(piece.uid())) {
                        open = true;
                        turn.opened(secret);
                        String gives = new String(secret.value("gives"), StandardCharsets.UTF_8);
                        if (!gives.isEmpty()) {
                            turn.derived(new Secret(gives, secret.kind(), Map.of()));
                        }
                    }
                }
                if (!open) {
                    turn.undecoded(Secret.Kind.TLS_KEY_LOG, "locked");
                }
            }
            if (open) {
                String text = new String(((StreamPiece) piece).bytes(), StandardCharsets.UTF_8);
                turn.emit(
                        new Message(
                                piece.ts(),
                                turn.now(),
                                turn.key().name(),
                                "test",
                                name(),
                                false,
                                Message.Speaker.IMPLANT,
                                Side.RESPONDER,
                                "shell",
                                "console",
                                text,
                                List.of(Fact.of("password", "hunter2"), Fact.of("n", 1.5)),
                                piece.uid(),
                                piece.id(),
                                List.of("tcp", "test"),
                                null));
            }
            return new Count(state == null ? 1 : state.pieces + 1, open);
        }
    }
}
