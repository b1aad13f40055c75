package io.hark.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Detector;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DetectingTest {

    private static final long SECOND = 1_000_000_000L;
    private static final String IMPATIENT = "impatient"; // is told of before the end
    private static final Addr HOST = Addr.v4(0xc000020a);

    private final List<Finding> found = new ArrayList<>();
    private final Detecting detecting = new Detecting(List.of(new Counting()), found::add);

    private static Message message(long seen, String conversation) {
        return new Message(
                seen,
                seen,
                conversation,
                "test",
                "test",
                true,
                Speaker.OPERATOR,
                Side.RESPONDER,
                "shell",
                "console",
                "whoami",
                List.of(),
                "C1",
                new Endpoints(HOST, 1, HOST, 2),
                List.of("tcp"),
                null);
    }

    @Test
    void a_message_that_is_said_long_after_its_time_is_not_too_late() {
        detecting.add(message(100 * SECOND, "a"));
        detecting.add(message(9_000 * SECOND, "b"));
        detecting.add(message(101 * SECOND, "a")); // the last word of a decoder
        detecting.passed(20_000 * SECOND);
        detecting.add(message(102 * SECOND, "a"));
        detecting.end();
        assertThat(found)
                .extracting(Finding::title)
                .containsExactlyInAnyOrder("a had 3 messages", "b had 1 messages");
    }

    @Test
    void silence_lets_a_detector_hear_what_waits() {
        detecting.add(message(100 * SECOND, IMPATIENT));
        detecting.passed(200 * SECOND);
        assertThat(found).extracting(Finding::title).containsExactly(IMPATIENT + " had 1 messages");
    }

    /// Tells of a conversation when it is asked to wake, and at the end.
    private static final class Counting implements Detector<Counting.Count> {

        record Count(int messages) implements Stored {}

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public String about() {
            return "counts";
        }

        @Override
        public Class<Count> stateType() {
            return Count.class;
        }

        @Override
        public Set<Class<? extends Event>> watches() {
            return Set.of(Message.class);
        }

        @Override
        public void keys(Event input, Keys sink) {
            sink.add(((Message) input).conversation());
        }

        @Override
        public Count on(Event input, @Nullable Count state, Turn<Finding> turn) {
            if (state == null) {
                turn.wakeAt(turn.now() + 50 * SECOND);
            }
            return new Count(state == null ? 1 : state.messages + 1);
        }

        @Override
        public @Nullable Count wake(Count state, Turn<Finding> turn) {
            if (turn.key().name().equals(IMPATIENT)) {
                end(state, turn);
            }
            return state;
        }

        @Override
        public void end(Count state, Turn<Finding> turn) {
            turn.emit(
                    draft(turn, io.hark.Said.NOTHING)
                            .title("%s had %d messages", turn.key().name(), state.messages)
                            .weight(Severity.LOW, 1)
                            .between(HOST, HOST, null)
                            .build());
        }
    }
}
