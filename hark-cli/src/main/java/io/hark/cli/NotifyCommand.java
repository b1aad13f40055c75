package io.hark.cli;

import io.hark.UserError;
import io.hark.config.HarkConfig;
import io.hark.config.NotifyTarget;
import io.hark.notify.Notifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark notify`: whether those who are to be told of findings can be reached.
@Command(
        name = "notify",
        header = "Sends a test to those who are told of findings.",
        description = {
            "test sends a message to every target of hark.yaml, or to the one that is named, now, and says what came of it."
                    + " Whoever listens with --config hark.yaml tells them of findings as they appear."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark notify test --config hark.yaml",
            "  hark notify test --config hark.yaml oncall",
            "",
            "Exit status: 4 a target could not be reached, 2 wrong usage or a fault in hark.yaml, 0 otherwise."
        })
final class NotifyCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "test", description = "What to do.")
    private String action = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "The target; all without it.")
    private @Nullable String name;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "hark.yaml, which names the targets (docs/how-to/notify.md).")
    private Path config = Path.of("");

    NotifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!action.equals("test")) {
            throw new UserError("notify takes test, not " + action);
        }
        List<NotifyTarget> targets = targets();
        int exit = Main.DONE;
        for (NotifyTarget target : targets) {
            try {
                Notifier.test(target, InstantSource.system());
                terminal.out().println(target.name() + ": sent");
            } catch (IOException e) {
                terminal.complain(target.name() + ": " + Notifier.reason(e));
                exit = Main.UNWRITTEN;
            }
        }
        terminal.out().flush();
        return exit;
    }

    private List<NotifyTarget> targets() {
        List<NotifyTarget> all = HarkConfig.read(config).notices().targets();
        String wanted = name;
        List<NotifyTarget> some =
                all.stream()
                        .filter(target -> wanted == null || target.name().equals(wanted))
                        .toList();
        if (some.isEmpty()) {
            throw new UserError(
                    all.isEmpty()
                            ? config + " names nobody to tell: it has no targets in 'notify'"
                            : "there is no target '"
                                    + wanted
                                    + "'; there are "
                                    + String.join(
                                            ", ", all.stream().map(NotifyTarget::name).toList()));
        }
        return some;
    }
}
