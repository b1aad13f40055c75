package io.hark.cli;

import io.hark.UserError;
import io.hark.report.Units;
import io.hark.sensor.Evidence;
import io.hark.sensor.Replay;
import io.hark.wire.Slice;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark packets`: the packets of one connection, cut out of the captures a case was made of.
@Command(
        name = "packets",
        header = "Cuts the packets of one connection out of the captures of a case.",
        description = {
            "Reads the inputs that case.json names, once they are found to be the same (SHA-256), and writes the frames"
                    + " as they were captured: tunnels, tags and all. Of a fragmented datagram it has the last fragment."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark packets case --uid CHhAvVGS1DHFjwGM9 -o slice.pcapng",
            "  hark packets case --uid CHhAvVGS1DHFjwGM9 -o - | tshark -r -",
            "  hark packets case --uid CHhAvVGS1DHFjwGM9 -o slice.pcapng --input /mnt/evidence/day1.pcap"
        })
final class PacketsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "A case.")
    private Path dir = Path.of("");

    @Option(
            names = "--uid",
            required = true,
            paramLabel = "UID",
            description = "The connection's id: column uid of every event about it.")
    private String uid = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The pcapng file to write; '-' is standard output.")
    private String output = "";

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "Where a capture of the case lies now, if it was moved; again for more.")
    private List<Path> inputs = List.of();

    PacketsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        boolean piped = output.equals("-");
        if (piped && terminal.isOutShown()) {
            throw new UserError("packets do not go to a terminal: name a file with -o");
        }
        CaseConnection connection = CaseConnection.of(dir, uid);
        List<Path> captures = Evidence.of(dir, inputs);
        Path file = piped ? null : Path.of(output);
        for (Path capture : captures) {
            if (file != null && Files.exists(file) && Files.isSameFile(file, capture)) {
                throw new UserError(file + " is a capture of the case: name another file");
            }
        }
        long frames;
        try (Slice to = new Slice(open(file))) {
            frames = new Replay(captures, connection.wire()).packets(to);
        }
        if (file != null) {
            terminal.complain(Units.count(frames, "packet") + " of " + uid + " written to " + file);
        }
        return Main.DONE;
    }

    private OutputStream open(@Nullable Path file) throws IOException {
        return new BufferedOutputStream(
                file == null ? terminal.out() : Files.newOutputStream(file));
    }
}
