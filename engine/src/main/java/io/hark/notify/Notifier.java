package io.hark.notify;

import static java.lang.System.Logger.Level.ERROR;

import io.hark.UserError;
import io.hark.config.NotifyConfig;
import io.hark.config.NotifyTarget;
import io.hark.engagement.Suppressions;
import io.hark.event.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells those whom `hark.yaml` names of findings, as they appear: each finding once, and again
/// only when it has become worse.
///
/// [#accept] only hands over: a thread keeps notices on the disk, one a target delivers them. What
/// is not delivered when this is closed waits there for the next time.
///
/// *Thread*: any.
public final class Notifier implements Consumer<Finding>, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Notifier.class.getName());
    private static final int MOST_HANDED_OVER = 4_096; // findings between two writes to the disk
    private static final Duration PATIENCE = Duration.ofSeconds(10); // of whoever ends us

    private final Suppressions suppressions;
    private final InstantSource clock;
    private final Told told;
    private final List<Post> posts = new ArrayList<>();
    private final BlockingQueue<Handed> handed = new ArrayBlockingQueue<>(MOST_HANDED_OVER);
    private final Thread writer;

    private Notifier(NotifyConfig config, Suppressions suppressions, InstantSource clock)
            throws IOException {
        this.suppressions = suppressions;
        this.clock = clock;
        Path spool = Objects.requireNonNull(config.spool());
        told = Told.open(spool);
        for (NotifyTarget target : config.targets()) {
            Outbox outbox = Outbox.open(spool.resolve(target.name()));
            Courier courier =
                    new Courier(
                            target.name(),
                            Channel.of(target.by()),
                            outbox,
                            config.giveUp(),
                            target.perMinute());
            posts.add(new Post(target, outbox, courier, clock));
        }
        posts.forEach(Post::start);
        writer = Thread.ofVirtual().name("notify").start(this::write);
    }

    /// One finding for one target; without a target it is the end.
    private record Handed(@Nullable Post post, @Nullable Finding finding) {}

    /// Opens the spool and delivers what waits there.
    ///
    /// @param config has targets
    /// @param suppressions of findings that nobody is told of
    /// @throws UserError if the spool cannot be opened
    public static Notifier open(
            NotifyConfig config, Suppressions suppressions, InstantSource clock) {
        try {
            return new Notifier(config, suppressions, clock);
        } catch (IOException e) {
            throw new UserError(
                    config.spool() + " is no place for what is to be told: " + e.getMessage(), e);
        }
    }

    @Override
    public void accept(Finding finding) {
        if (suppressions.of(finding).isPresent()) {
            return;
        }
        for (Post post : posts) {
            String name = post.target().name();
            boolean isNews =
                    isFor(post.target(), finding)
                            && told.take(name, finding.id(), finding.severity());
            if (isNews && !handed.offer(new Handed(post, finding))) {
                post.courier().lost();
            }
        }
    }

    private static boolean isFor(NotifyTarget target, Finding finding) {
        return finding.severity().compareTo(target.severity()) >= 0
                && (target.detectors().isEmpty() || target.detectors().contains(finding.detector()))
                && (target.hosts().isEmpty()
                        || target.hosts().stream()
                                .anyMatch(
                                        net ->
                                                net.holds(finding.orig_h())
                                                        || net.holds(finding.resp_h())));
    }

    private void write() {
        try {
            while (true) {
                Handed next = handed.take();
                Post post = next.post;
                Finding finding = next.finding;
                if (post == null || finding == null) {
                    return;
                }
                write(post, finding);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ends
        }
    }

    /// First the notice, then that it was told: between the two a crash tells it once more.
    private void write(Post post, Finding finding) {
        try {
            if (post.outbox().put(Notice.of(finding, clock.instant()))) {
                told.write(post.target().name(), finding.id(), finding.severity());
                post.wake();
            } else {
                post.courier().lost();
            }
        } catch (IOException e) {
            LOG.log(ERROR, "cannot keep what " + post.target().name() + " is to be told", e);
            post.courier().lost();
        }
    }

    /// What became of all that was to be told, a line a target.
    public List<String> counts() {
        List<String> lines = new ArrayList<>();
        for (Post post : posts) {
            Courier.Counts counts = post.courier().counts();
            lines.add(
                    "%s was told of %d findings; %d wait, %d given up"
                            .formatted(
                                    post.target().name(),
                                    counts.delivered(),
                                    counts.waiting(),
                                    counts.givenUp()));
        }
        return lines;
    }

    /// Keeps what was handed over, tries once more to deliver it, and ends. What does not get there
    /// within ten seconds waits for the next time.
    @Override
    public void close() throws IOException {
        try {
            handed.put(new Handed(null, null));
            writer.join();
            posts.forEach(Post::end);
            long until = System.nanoTime() + PATIENCE.toNanos();
            for (Post post : posts) {
                post.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            told.close();
        }
    }

    /// Sends a test to a target, now.
    ///
    /// @throws IOException if it does not get there
    public static void test(NotifyTarget target, InstantSource clock)
            throws IOException, InterruptedException {
        Channel.of(target.by()).send(Notice.test(target.name(), clock.instant()));
    }

    /// Why a delivery failed, harmless.
    public static String reason(IOException e) {
        return Courier.reason(e);
    }
}
