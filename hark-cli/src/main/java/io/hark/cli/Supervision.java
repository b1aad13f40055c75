package io.hark.cli;

import io.hark.collect.SensorStatus;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The two processes of `hark monitor`: one captures and spools, the other one is the lake's.
///
/// The lake's is started again when it dies, ever later if it does so again and again. The
/// capture's is not: opening interfaces takes rights that were given up. When it ends, all ends
/// with its status, and what has started the service may start it again.
///
/// *Thread*: one calls [#run]; [#stop] may come from any.
final class Supervision implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(30);
    private static final Duration WELL =
            Duration.ofMinutes(1); // it has run: the next pause is short
    private static final Duration BEGIN = Duration.ofMinutes(2); // until interfaces are open
    private static final long LOOK_MILLIS = 50;
    private static final Duration END =
            Duration.ofMinutes(4); // what is not written by then is stuck

    private final Terminal terminal;
    private final List<String> captureWords;
    private final List<String> lakeWords;
    private final Path spool;
    private final BlockingQueue<Process> ended = new LinkedBlockingQueue<>();
    private volatile @Nullable Process capture;
    private volatile @Nullable Process lake;
    private volatile boolean stopped;

    /// @param capture the words of the command that captures
    /// @param lake those of the command that stores
    /// @param spool where the first one says how it fares
    Supervision(Terminal terminal, List<String> capture, List<String> lake, Path spool) {
        this.terminal = terminal;
        this.captureWords = capture;
        this.lakeWords = lake;
        this.spool = spool;
    }

    /// Runs both until it is stopped, or the capture ends.
    ///
    /// @param opened is done once the interfaces are open
    /// @return the exit status
    int run(Runnable opened) throws IOException, InterruptedException {
        Process capturing = start(captureWords);
        capture = capturing;
        if (!isOpen(capturing)) {
            return capturing.waitFor();
        }
        opened.run();
        Duration pause = FIRST_PAUSE;
        while (!stopped && capturing.isAlive()) {
            long since = System.nanoTime();
            Process storing = start(lakeWords);
            lake = storing;
            ended.take(); // either of them, or all is stopped
            if (stopped || !capturing.isAlive()) {
                break;
            }
            terminal.complain(
                    "the lake's process ended with status "
                            + storing.waitFor()
                            + "; the capture goes on, it is started again in "
                            + pause.toSeconds()
                            + " s");
            boolean wasWell = System.nanoTime() - since > WELL.toNanos();
            pause = wasWell ? FIRST_PAUSE : pause;
            if (ended.poll(pause.toMillis(), TimeUnit.MILLISECONDS) != null) {
                break; // stopped, or the capture is over
            }
            Duration twice = pause.multipliedBy(2);
            pause = twice.compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : twice;
        }
        return end(capturing);
    }

    private boolean isOpen(Process capturing) throws IOException, InterruptedException {
        long until = System.nanoTime() + BEGIN.toNanos();
        while (!stopped && System.nanoTime() < until) {
            if (SensorStatus.isThere(spool) && SensorStatus.read(spool).pid() == capturing.pid()) {
                return true;
            }
            if (capturing.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        capturing.destroy();
        return false;
    }

    /// Ends the capture first: what it has told by then is stored.
    private int end(Process capturing) throws InterruptedException {
        int exit = end(capturing, END);
        Process storing = lake;
        return storing == null ? exit : Math.max(exit, end(storing, END));
    }

    private static int end(Process process, Duration patience) throws InterruptedException {
        process.destroy(); // SIGTERM
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    private Process start(List<String> words) throws IOException {
        List<String> all = new ArrayList<>(command());
        all.addAll(words);
        Process process =
                new ProcessBuilder(all)
                        .redirectOutput(Redirect.INHERIT)
                        .redirectError(Redirect.INHERIT)
                        .start();
        process.getOutputStream().close(); // neither of them reads
        Thread.ofVirtual().start(() -> ended.add(process.onExit().join()));
        return process;
    }

    /// This very program.
    private static List<String> command() {
        String launcher = System.getProperty("hark.command", "");
        if (!launcher.isEmpty()) {
            return List.of(launcher); // it knows what each command needs of Java
        }
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return words;
    }

    /// Asks both to end. *Thread*: any.
    void stop() {
        stopped = true;
        Process any = capture;
        if (any != null) {
            ended.add(any); // wakes who waits
        }
    }

    @Override
    public void close() {
        for (Process one : new Process[] {capture, lake}) {
            if (one != null) {
                one.destroyForcibly();
            }
        }
    }
}
