package io.hark.notify;

import io.hark.config.NotifyTarget.Command;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// A program that gets a notice's JSON on its standard input, one line. Its arguments are those of
/// the file and nothing else, no shell reads them; status 0 is a delivery.
final class CommandChannel implements Channel {

    private final Command target;

    CommandChannel(Command target) {
        this.target = target;
    }

    @Override
    public void send(Notice notice) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(target.words())
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.DISCARD)
                        .start();
        try {
            Thread writer = Thread.ofVirtual().start(() -> write(process, notice.json()));
            if (!process.waitFor(target.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("not done after " + target.timeout().toSeconds() + " s");
            }
            writer.join();
            if (process.exitValue() != 0) {
                throw new IOException("ended with status " + process.exitValue());
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /// On a thread of its own: a program that does not read would hold us.
    private static void write(Process process, String json) {
        try (OutputStream in = process.getOutputStream()) {
            in.write((json + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            System.getLogger(CommandChannel.class.getName())
                    .log(System.Logger.Level.DEBUG, "it does not read all: its status counts", e);
        }
    }
}
