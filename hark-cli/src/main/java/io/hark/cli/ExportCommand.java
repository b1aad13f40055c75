package io.hark.cli;

import io.hark.engagement.Suppressions;
import io.hark.event.Finding;
import io.hark.incident.Incidents;
import io.hark.report.NavigatorLayer;
import io.hark.report.StixBundle;
import io.hark.sensor.CaseFindings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark export`: what a case found, in forms that other tools read.
@Command(
        name = "export",
        header = "Writes what a case found in a form that other tools read.",
        description = {
            "navigator is a layer of the ATT&CK Navigator: the techniques of all findings. stix is a STIX 2.1 bundle of the"
                    + " incidents; it names your own hosts too: look at it before you pass it on."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark export case --as navigator -o layer.json",
            "  hark export case --as stix --suppressions suppressions.yaml -o bundle.json"
        })
final class ExportCommand implements Callable<Integer> {

    private enum Form {
        navigator,
        stix
    }

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "A case.")
    private Path dir = Path.of("");

    @Option(
            names = "--as",
            required = true,
            paramLabel = "navigator|stix",
            description = "The form.")
    private Form form = Form.stix;

    @Option(
            names = "--suppressions",
            paramLabel = "FILE",
            description = "Findings to leave out (docs/how-to/suppress.md).")
    private @Nullable Path suppressions;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where to. Default: the standard output.")
    private @Nullable Path file;

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        CaseFindings held = CaseFindings.read(dir);
        Suppressions known =
                suppressions == null ? Suppressions.NONE : Suppressions.read(suppressions);
        List<Finding> open = held.findings().stream().filter(f -> known.of(f).isEmpty()).toList();
        String text =
                switch (form) {
                    case navigator -> NavigatorLayer.of(dir.toString(), open);
                    case stix -> StixBundle.of(Incidents.of(open, held.local()));
                };
        if (file == null) {
            terminal.out().print(text);
            terminal.out().flush();
        } else {
            Files.writeString(file, text);
        }
        return Main.DONE;
    }
}
