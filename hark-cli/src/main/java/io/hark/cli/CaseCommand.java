package io.hark.cli;

import io.hark.UserError;
import io.hark.bytes.Visible;
import io.hark.custody.CaseArchive;
import io.hark.report.Units;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark case`: hands a case on, and takes one over.
@Command(
        name = "case",
        header = "Hands a case on as one file, and takes one over.",
        description = {
            "export DIR -o FILE writes a ZIP archive with the SHA-256 of every file and the chain of custody: who had the"
                    + " case when. Keep the digest that is printed apart from the archive, or sign it.",
            "import FILE --out DIR makes the case again, once every file is found to be what was handed over.",
            "verify DIR says what has changed in an imported case since."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark case export case -o case-17.zip --with-inputs --by 'A. Analyst' --note 'to the court'",
            "  hark case import case-17.zip --out case-17",
            "  hark case verify case-17"
        })
final class CaseCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "export|import|verify", description = "What to do.")
    private String action = "";

    @Parameters(index = "1", paramLabel = "DIR|FILE", description = "The case, or the archive.")
    private Path what = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "export: the archive to write, replaced if it is there.")
    private @Nullable Path output;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "import: the folder to make; must not be there.")
    private @Nullable Path out;

    @Option(names = "--with-inputs", description = "export: the captures go with the case.")
    private boolean withInputs;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who hands it on or takes it over: the user at this host by default.")
    private String by = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "What for.")
    private @Nullable String note;

    CaseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        return switch (action) {
            case "export" -> {
                Path archive = needed(output, "export writes to -o FILE");
                say("written to " + archive, CaseArchive.export(what, archive, withInputs, hand()));
                yield Main.DONE;
            }
            case "import" -> {
                Path dir = needed(out, "import makes --out DIR");
                try {
                    say("taken over into " + dir, CaseArchive.restore(what, dir, hand()));
                } catch (UserError e) {
                    yield Main.unread(terminal, e);
                }
                yield Main.DONE;
            }
            case "verify" -> verify();
            default ->
                    throw new UserError(
                            "case takes export DIR, import FILE or verify DIR, not " + action);
        };
    }

    private static Path needed(@Nullable Path path, String why) {
        if (path == null) {
            throw new UserError(why + ": name it");
        }
        return path;
    }

    private int verify() throws IOException {
        List<String> differences = CaseArchive.differences(what);
        differences.forEach(line -> terminal.out().println(Visible.line(line)));
        if (differences.isEmpty()) {
            terminal.out().println("every file of " + what + " is as it was handed over");
        }
        return differences.isEmpty() ? Main.DONE : Main.UNREADABLE;
    }

    private CaseArchive.Hand hand() {
        String name = by.isEmpty() ? System.getProperty("user.name", "?") + "@" + host() : by;
        return new CaseArchive.Hand(name, Instant.now().truncatedTo(ChronoUnit.SECONDS), note);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "?"; // a host without a name of its own
        }
    }

    private void say(String what, CaseArchive.Done done) {
        terminal.out()
                .println(
                        Units.count(done.files(), "file")
                                + ", "
                                + Units.bytes(done.bytes())
                                + ", "
                                + what);
        terminal.out().println("SHA-256 of the archive: " + done.sha256());
    }
}
