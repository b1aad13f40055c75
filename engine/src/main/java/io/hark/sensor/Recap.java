package io.hark.sensor;

import io.hark.event.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decoded conversations as a report tells them: how each began and how it ended.
///
/// *Thread*: the merge's; read when the analysis is over.
public final class Recap {

    private static final int MAX_TALKS = 1 << 12; // conversations whose first lines are kept
    private static final int MAX_LINES = 30; // first lines of a conversation: what a page shows
    private static final int MAX_LAST = 10; // and its last ones
    private static final int MAX_TEXT = 2_000; // characters of a line that are kept
    private static final int MAX_TEXTS = 8_000_000; // characters of all lines that are kept

    /// A decoded conversation and how it began.
    public static final class Talk {
        /// The first of its messages.
        public final Message first;

        /// Its first messages, their text cut.
        public final List<Message> opening = new ArrayList<>();

        /// The last of those behind them, their text cut; some are missing where lines are long.
        public final ArrayDeque<Message> closing = new ArrayDeque<>();

        /// Name of its transcript in the case; null until the end, and where there is none.
        public @Nullable String transcript;

        /// How many there were in all.
        public long messages;

        /// Time of the last, nanoseconds.
        public long last;

        private Talk(Message first) {
            this.first = first;
        }

        private void count(Message message) {
            messages++;
            last = Math.max(last, message.ts());
        }

        /// Keeps the message; answers how many characters more are kept now.
        private int keep(Message message) {
            if (opening.size() < MAX_LINES) {
                opening.add(message);
                return message.text().length();
            }
            closing.add(message);
            int dropped = closing.size() > MAX_LAST ? closing.remove().text().length() : 0;
            return message.text().length() - dropped;
        }
    }

    private final Map<String, Talk> talks = new LinkedHashMap<>();
    private long keptText;
    private long otherTalks;

    Recap() {}

    /// Takes a message.
    void message(Message message) {
        String key = message.decoder() + " " + message.conversation();
        Talk talk = talks.get(key);
        if (talk == null) {
            if (talks.size() >= MAX_TALKS) {
                otherTalks++;
                return;
            }
            talk = new Talk(cut(message));
            talks.put(key, talk);
        }
        talk.count(message);
        if (keptText < MAX_TEXTS) {
            keptText += talk.keep(cut(message));
        }
    }

    private static Message cut(Message m) {
        if (m.text().length() <= MAX_TEXT) {
            return m;
        }
        return m.with(m.text().substring(0, MAX_TEXT), List.of());
    }

    /// In the order they began.
    List<Talk> talks() {
        return List.copyOf(talks.values());
    }

    /// Messages of further conversations.
    long otherTalks() {
        return otherTalks;
    }
}
