package io.hark.decode.shell;

import io.hark.Keyed;
import io.hark.event.Endpoints;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes messages of one conversation.
///
/// @param turn where they go
/// @param decoder who read them
/// @param uid the connection they came by
/// @param id its endpoints
/// @param layers what they were wrapped in
/// @param secret name of the secret that opened them, or null
record Voice(
        Keyed.Turn<Message> turn,
        String decoder,
        String uid,
        Endpoints id,
        List<String> layers,
        @Nullable String secret) {

    /// One line of a shell.
    void shell(long ts, Speaker side, String text, List<Fact> facts) {
        say(ts, "shell", side, "shell", "console", text, facts);
    }

    /// Anything else.
    void say(
            long ts,
            String family,
            Speaker side,
            String type,
            @Nullable String subtype,
            String text,
            List<Fact> facts) {
        turn.emit(
                new Message(
                        ts,
                        turn.now(),
                        turn.key().name(),
                        family,
                        decoder,
                        true,
                        side,
                        type,
                        subtype,
                        text,
                        facts,
                        uid,
                        id,
                        layers,
                        secret));
    }
}
