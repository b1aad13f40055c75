package io.hark.cli;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// The `hark` command: picks the subcommand and turns its outcome into an exit status.
@Command(
        name = "hark",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = Analyze.class,
        description = "Hears what an adversary says on your network.")
public final class Main implements Runnable {
    /// Starts the command.
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.err);
    }

    /// Reads the version out of the jar's manifest.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"hark " + Objects.requireNonNullElse(version, "(unpackaged)")};
        }
    }
}
