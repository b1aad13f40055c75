package io.hark.notify;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.hark.bytes.Visible;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Takes one target's notices out of its outbox and there, one after the other.
///
/// What does not get there is tried again, after 1 s, 2 s, 4 s … up to 256 s; what is older than it
/// may be is given up and counted. So many messages go in a minute; what came beyond waits until
/// the minute is over and goes as one.
///
/// *Delivery*: at least once. A notice leaves the outbox when the other side has it, so that a
/// crash between the two tells it once more, under the same id.
///
/// *Thread*: one owner; [#counts] any.
final class Courier {

    private static final System.Logger LOG = System.getLogger(Courier.class.getName());
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MAX_DOUBLINGS = 8; // of a second

    private final String name;
    private final Channel channel;
    private final Outbox outbox;
    private final Duration giveUp;
    private final int perMinute;

    private Instant minute = Instant.MIN;
    private int sentInMinute;
    private boolean held;
    private int failures;
    private Instant notBefore = Instant.MIN;
    private final AtomicLong unsaid = new AtomicLong(); // given up, and nobody was told so yet
    private final AtomicLong givenUp = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();

    Courier(String name, Channel channel, Outbox outbox, Duration giveUp, int perMinute) {
        this.name = name;
        this.channel = channel;
        this.outbox = outbox;
        this.giveUp = giveUp;
        this.perMinute = perMinute;
    }

    /// What became of them.
    ///
    /// @param delivered notices that got there, those in one message each by itself
    /// @param givenUp that did not, and will not
    /// @param waiting that wait
    record Counts(long delivered, long givenUp, int waiting) {}

    Counts counts() {
        return new Counts(delivered.get(), givenUp.get(), outbox.size());
    }

    /// One that had no room, or came faster than it could be kept.
    void lost() {
        unsaid.incrementAndGet();
        givenUp.incrementAndGet();
    }

    /// Tries once, if it is time.
    ///
    /// @return when to come again; null when something new waits
    @Nullable Instant step(Instant now) throws IOException, InterruptedException {
        expire(now);
        Map.Entry<Long, Notice> oldest = outbox.oldest();
        if (oldest == null) {
            return null;
        } else if (now.isBefore(notBefore)) {
            return notBefore;
        }
        if (minute.equals(Instant.MIN) || !now.isBefore(minute.plus(MINUTE))) {
            minute = now;
            sentInMinute = 0;
        }
        if (sentInMinute >= perMinute) {
            held = true;
            return minute.plus(MINUTE);
        }
        long missing = unsaid.get();
        Map<Long, Notice> taken = held || missing > 0 ? outbox.waiting() : Map.ofEntries(oldest);
        List<Notice> notices = List.copyOf(taken.values());
        boolean together = notices.size() > 1 || missing > 0;
        try {
            channel.send(together ? Notice.digest(notices, missing) : notices.getFirst());
        } catch (IOException e) {
            failed(now, e);
            return notBefore;
        }
        arrived(taken.keySet());
        unsaid.addAndGet(-missing);
        return now;
    }

    private void expire(Instant now) throws IOException {
        Map.Entry<Long, Notice> oldest = outbox.oldest();
        while (oldest != null && oldest.getValue().made().plus(giveUp).isBefore(now)) {
            outbox.remove(oldest.getKey());
            lost();
            if (unsaid.get() == 1) {
                LOG.log(WARNING, name + ": gives up what could not be delivered for " + giveUp);
            }
            oldest = outbox.oldest();
        }
    }

    private void arrived(Set<Long> numbers) throws IOException {
        for (long number : numbers) {
            outbox.remove(number);
        }
        delivered.addAndGet(numbers.size());
        if (failures > 0) {
            LOG.log(INFO, name + ": delivers again");
        }
        held = false;
        failures = 0;
        sentInMinute++;
    }

    private void failed(Instant now, IOException e) {
        if (failures == 0) {
            LOG.log(WARNING, name + ": cannot be reached, and is tried again: " + reason(e));
        }
        Duration wait = Duration.ofSeconds(1L << Math.min(failures, MAX_DOUBLINGS));
        failures++;
        notBefore = now.plus(wait);
    }

    /// Why, harmless: a server chose the words.
    static String reason(IOException e) {
        String message = e.getMessage();
        String kind = e.getClass().getSimpleName();
        return Visible.line(
                message == null || message.isEmpty()
                        ? kind
                        : e.getClass() == IOException.class ? message : kind + ": " + message);
    }
}
