package io.hark.collect;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What clients of one listener have posted by number, so that what comes again is harmless.
///
/// A client counts its posts by one. The first that is heard of it may have any number; one that
/// was taken before is a repetition; one that leaves numbers out is refused, since those in between
/// would count as repetitions when they came.
///
/// *Thread*: any.
final class Posts {

    /// Clients that are heard at once: posts of one client go one after the other.
    private static final int MAX_CLIENTS = 1 << 14;

    private final String listener;
    private final Intake intake;
    private final Map<String, Client> clients = new HashMap<>();

    /// @param sequence number of the last post
    /// @param ticket of its piece in the journal; 0 for one that an earlier process took
    private record Client(long sequence, long ticket) {}

    /// What comes of a post.
    sealed interface Answer {

        /// It is in the journal, now or since before, and safe when that ticket is flushed.
        record Safe(long ticket, boolean isRepeated) implements Answer {}

        /// The next number would be another one.
        record OutOfTurn(long expected) implements Answer {}

        /// There is no room now.
        record Full() implements Answer {}
    }

    Posts(String listener, Intake intake) {
        this.listener = listener;
        this.intake = intake;
    }

    /// Takes a post.
    ///
    /// @param client what it calls itself
    /// @param sequence its number; below 0 for none, which is taken every time it comes
    synchronized Answer post(String client, long sequence, byte[] lines) {
        Client known = client(client);
        if (sequence >= 0 && known != null) {
            if (sequence <= known.sequence) {
                return new Answer.Safe(known.ticket, true);
            }
            if (sequence > known.sequence + 1) {
                return new Answer.OutOfTurn(known.sequence + 1);
            }
        }
        Taken piece =
                new Taken(
                        Taken.LINES,
                        listener,
                        client,
                        sequence < 0 ? "" : client,
                        Math.max(0, sequence),
                        intake.now(),
                        lines);
        long ticket = intake.journal().tryAppend(piece);
        if (ticket < 0) {
            return new Answer.Full();
        }
        if (sequence >= 0) {
            intake.marks().put(piece);
            clients.put(client, new Client(sequence, ticket));
        }
        return new Answer.Safe(ticket, false);
    }

    /// The number of the last post of a client; -1 for none.
    synchronized long last(String client) {
        Client known = client(client);
        return known == null ? -1 : known.sequence;
    }

    private @Nullable Client client(String name) {
        Client known = clients.get(name);
        if (known != null) {
            return known;
        }
        Marks.Mark mark = intake.marks().get(listener, name);
        if (clients.size() > MAX_CLIENTS) {
            clients.clear(); // marks have their numbers; whoever waits has its ticket
        }
        return mark == null ? null : new Client(mark.mark(), 0);
    }
}
