package io.hark.cli;

import io.hark.UserError;
import io.hark.lake.Query;
import io.hark.lake.Search;
import io.hark.report.Units;
import io.hark.sensor.Replay;
import io.hark.wire.Slice;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark packets`: the packets of connections, cut out of those that the case kept, or of the
/// captures it was made of.
@Command(
        name = "packets",
        header = "Cuts the packets of connections out of the captures of a case.",
        description = {
            "Writes the frames as they were captured: tunnels, tags and all. Of a fragmented datagram it has the last"
                    + " fragment. A case that kept its packets (--keep-packets) has an index to them; for others the"
                    + " inputs that case.json names are read, once they are found to be the same (SHA-256)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark packets case --uid CHhAvVGS1DHFjwGM9 -o slice.pcapng",
            "  hark packets case --uid CHhAvVGS1DHFjwGM9 -o - | tshark -r -",
            "  hark packets case --search 'kind:dns query:*.example.com' -o dns.pcapng",
            "  hark packets case --uid CHhAvVGS1DHFjwGM9 -o slice.pcapng --input /mnt/evidence/day1.pcap"
        })
final class PacketsCommand implements Callable<Integer> {

    private static final int MOST_HITS = 100_000;

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "A case.")
    private Path dir = Path.of("");

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    /// Which connections.
    private static final class Which {
        @Option(
                names = "--uid",
                required = true,
                paramLabel = "UID",
                description = "The connection's id: column uid of every event about it.")
        private @Nullable String uid;

        @Option(
                names = "--search",
                required = true,
                paramLabel = "SEARCH",
                description = "The connections of the events that 'hark search' finds.")
        private @Nullable String search;
    }

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
        List<CaseConnection> connections = connections();
        Replay replay =
                Replay.of(dir, inputs, connections.stream().map(CaseConnection::wire).toList());
        Path file = piped ? null : Path.of(output);
        for (Path capture : replay.captures()) {
            if (file != null && Files.exists(file) && Files.isSameFile(file, capture)) {
                throw new UserError(file + " is a capture of the case: name another file");
            }
        }
        long frames;
        try (Slice to = new Slice(open(file))) {
            frames = replay.packets(to);
        }
        if (file != null) {
            terminal.complain(
                    Units.count(frames, "packet")
                            + " of "
                            + (which.uid != null
                                    ? which.uid
                                    : Units.count(connections.size(), "connection"))
                            + " written to "
                            + file);
        }
        return Main.DONE;
    }

    private List<CaseConnection> connections() {
        String search = which.search;
        if (search == null) {
            return List.of(CaseConnection.of(dir, String.valueOf(which.uid)));
        }
        Set<String> uids = new LinkedHashSet<>();
        try (Query query = Query.open(dir)) {
            Search.Found found = new Search(query).find(search, MOST_HITS);
            found.hits().stream()
                    .map(hit -> hit.text("uid"))
                    .filter(uid -> !uid.isEmpty())
                    .forEach(uids::add);
            if (found.isMore()) {
                terminal.complain(
                        "these are the connections of the first " + Units.count(MOST_HITS, "hit"));
            }
        }
        List<CaseConnection> connections = CaseConnection.of(dir, List.copyOf(uids));
        if (connections.isEmpty()) {
            throw new UserError("no connection has an event like that");
        }
        return connections;
    }

    private OutputStream open(@Nullable Path file) throws IOException {
        return new BufferedOutputStream(
                file == null ? terminal.out() : Files.newOutputStream(file));
    }
}
