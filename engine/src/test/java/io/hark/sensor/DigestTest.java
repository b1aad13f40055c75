package io.hark.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.bytes.TextBuffer;
import io.hark.decode.Rehearsal;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a conversation comes to.
class DigestTest {

    private static final long SECOND = 1_000_000_000;

    private final Digest digest = new Digest();

    private Message say(long seconds, Speaker side, Topic topic, String text, Fact... facts) {
        Message message =
                new Message(
                        seconds * SECOND,
                        seconds * SECOND,
                        "c",
                        "f",
                        "d",
                        false,
                        side,
                        Side.ORIGINATOR,
                        topic.type(),
                        topic.subtype(),
                        text,
                        List.of(facts),
                        "C1",
                        Rehearsal.ID,
                        List.of("tcp"),
                        null);
        digest.add(message);
        return message;
    }

    private List<String> section(String name) {
        return digest.sections().stream()
                .filter(section -> section.name().equals(name))
                .findFirst()
                .map(Digest.Section::lines)
                .orElse(List.of());
    }

    @Test
    void the_cadence_is_the_median_gap_and_the_jitter_how_far_gaps_are_from_it() {
        for (long at : new long[] {0, 10, 21, 30, 40}) {
            say(at, Speaker.IMPLANT, Topic.BEACON, "ping");
        }
        // gaps 10, 11, 9, 10: median 10, distances 0, 1, 1, 0: median 0.5
        assertThat(section("cadence"))
                .containsExactly("the implant calls every 10.0 s, jitter 5 % (medians of 4 gaps)");
    }

    @Test
    void three_calls_are_no_cadence() {
        for (int at = 0; at < 3; at++) {
            say(at, Speaker.IMPLANT, Topic.BEACON, "ping");
        }
        assertThat(section("cadence")).isEmpty();
    }

    @Test
    void orders_stand_in_order_and_a_bounded_list_says_how_many_more() {
        for (int i = 0; i < 33; i++) {
            say(i, Speaker.OPERATOR, Topic.SHELL, "order " + i);
        }
        assertThat(section("asked"))
                .hasSize(31)
                .startsWith("order 0", "order 1")
                .endsWith("order 29", "3 more");
    }

    @Test
    void what_left_is_counted_with_the_octets_that_messages_tell() {
        say(1, Speaker.IMPLANT, Topic.FILE_GET, "a.doc", Fact.of("bytes", 700));
        say(2, Speaker.IMPLANT, Topic.FILE_GET, "b.doc", Fact.of("bytes", 300));
        say(3, Speaker.IMPLANT, Topic.SHELL, "root");
        assertThat(section("left"))
                .containsExactly("file_transfer get: 2, 1000 bytes", "shell output: 1, 4 bytes");
    }

    @Test
    void hosts_tools_places_and_what_was_not_read_are_told_once() {
        say(1, Speaker.IMPLANT, Topic.SYSINFO, "a host", Fact.of("host", "DESK-1"));
        say(2, Speaker.OPERATOR, Topic.FILE_PUT, "tool.exe", Fact.of("controller", "c2.test"));
        say(3, Speaker.UNKNOWN, Topic.GAP, "5 bytes are missing here");
        say(4, Speaker.UNKNOWN, Topic.GAP, "5 bytes are missing here");
        assertThat(section("implant")).containsExactly("host DESK-1");
        assertThat(section("tools")).containsExactly("tool.exe");
        assertThat(section("infrastructure"))
                .containsExactly("10.99.0.1 → 10.99.0.2:4444", "controller c2.test");
        assertThat(section("closed")).containsExactly("2 pieces", "5 bytes are missing here");
    }

    @Test
    void text_and_json_say_the_same_and_escape_what_a_stranger_wrote() {
        Message first = say(1, Speaker.OPERATOR, Topic.SHELL, "echo \"\u001b[31m\"");
        TextBuffer text = new TextBuffer(100);
        digest.text(text);
        TextBuffer json = new TextBuffer(100);
        digest.json(first, json);
        assertThat(text.toString())
                .contains("# asked for, in order: echo")
                .doesNotContain("\u001b");
        assertThat(json.toString())
                .contains("\"conversation\":\"c\"", "\"asked\":[\"echo \\\"\\u001b[31m\\\"\"]");
    }
}
