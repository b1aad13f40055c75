package io.hark.collect;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What clients of one listener have posted by number, so that what comes again is harmless.
///
/// The first post that is heard of a client may have any number; one that was taken before is a
/// repetition. Where clients count by one, a post that leaves numbers out is refused, since those
/// in between would count as repetitions when they came.
///
/// *Thread*: any.
final class Posts {

    /// Clients that are heard at once: posts of one client go one after the other.
    private static final int MAX_CLIENTS = 1 << 14;

    private final String listener;
    private final Intake intake;
    private final boolean mayLeaveOut;
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

    private Posts(String listener, Intake intake, boolean mayLeaveOut) {
        this.listener = listener;
        this.intake = intake;
        this.mayLeaveOut = mayLeaveOut;
    }

    /// Of clients that count by one.
    static Posts byOne(String listener, Intake intake) {
        return new Posts(listener, intake, false);
    }

    /// Of clients that send in order, one after the other, and have lost what they leave out.
    static Posts withGaps(String listener, Intake intake) {
        return new Posts(listener, intake, true);
    }

    /// Takes a post.
    ///
    /// @param piece as it goes into the journal: its stream is the client, its mark the number of
    ///   the post; one without a stream is taken every time it comes
    synchronized Answer post(Taken piece) {
        boolean isCounted = !piece.stream().isEmpty();
        Client known = isCounted ? client(piece.stream()) : null;
        if (known != null) {
            if (piece.mark() <= known.sequence) {
                return new Answer.Safe(known.ticket, true);
            }
            if (piece.mark() > known.sequence + 1 && !mayLeaveOut) {
                return new Answer.OutOfTurn(known.sequence + 1);
            }
        }
        long ticket = intake.journal().tryAppend(piece);
        if (ticket < 0) {
            return new Answer.Full();
        }
        if (isCounted) {
            intake.marks().put(piece);
            clients.put(piece.stream(), new Client(piece.mark(), ticket));
        }
        return new Answer.Safe(ticket, false);
    }

    /// What is answered once a post is on the disk, or is not in time.
    HttpsEnd.Reply whenSafe(Answer.Safe safe, long millis) {
        try {
            if (!intake.journal().await(safe.ticket(), millis)) {
                return HttpsEnd.Reply.error(503, "not on the disk yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HttpsEnd.Reply.error(503, "the collector ends");
        }
        return new HttpsEnd.Reply(
                200,
                safe.isRepeated()
                        ? "{\"accepted\":true,\"repeated\":true}\n"
                        : "{\"accepted\":true}\n");
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
