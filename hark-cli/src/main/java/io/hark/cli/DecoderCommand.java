package io.hark.cli;

import io.hark.Decoder;
import io.hark.Keyring;
import io.hark.UserError;
import io.hark.bytes.Visible;
import io.hark.carry.Carried;
import io.hark.report.Units;
import io.hark.sensor.Analysis;
import io.hark.sensor.DecoderTrial;
import io.hark.sensor.FirstLook;
import io.hark.sensor.Options;
import io.hark.sensor.OutsideDecoders;
import io.hark.sensor.Replay;
import io.hark.wire.Slice;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark decoder`: begins a decoder of one's own, and tries it.
@Command(
        name = "decoder",
        header = "Begins a decoder of your own, and tries it.",
        description = {
            "new NAME makes a folder NAME with a source file; with --from and --uid it first lays out what the connection"
                    + " said, guesses how messages are marked off, and puts the connection's packets beside the source.",
            "test PATH compiles the source and plays the capture beside it: whole, cut into other pieces, with gaps, with"
                    + " flipped bits."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark decoder new mine --from capture.pcap --uid UID",
            "  hark decoder test mine",
            "  hark analyze capture.pcap --decoders mine --out case"
        })
final class DecoderCommand implements Callable<Integer> {

    private static final String CAPTURE = "capture.pcapng";
    private static final int MAX_SHOWN = 20; // messages
    private static final int MAX_LINE = 120; // characters of one
    private static final int FAILED = 3; // as an input that we failed on

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "new|test", description = "What to do.")
    private String action = "";

    @Parameters(
            index = "1",
            paramLabel = "NAME|PATH",
            description = "The decoder's name, or where its source is: a file, or the folder.")
    private String what = "";

    @Option(names = "--from", paramLabel = "CAPTURE", description = "A capture that has it.")
    private @Nullable Path from;

    @Option(names = "--uid", paramLabel = "UID", description = "The connection in it.")
    private @Nullable String uid;

    @Option(names = "--keys", paramLabel = "PATH", description = "Secrets that it may try.")
    private List<Path> keys = List.of();

    DecoderCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return switch (action) {
            case "new" -> begin();
            case "test" -> test();
            default -> throw new UserError("decoder takes new NAME or test PATH, not " + action);
        };
    }

    // ---- new

    private int begin() throws IOException, InterruptedException {
        if (!what.matches("[a-z][a-z0-9-]{0,30}")) {
            throw new UserError(
                    "a decoder's name is small letters, digits and dashes: not " + what);
        }
        if ((from == null) != (uid == null)) {
            throw new UserError(
                    "--from CAPTURE and --uid UID go together: a connection to look at");
        }
        Path folder = Path.of(what);
        if (Files.exists(folder)) {
            throw new UserError(folder + " is there already: give another name, or move it");
        }
        Path capture = from;
        String connection = uid;
        FirstLook look = new FirstLook(List.of());
        Replay replay = null;
        if (capture != null && connection != null) {
            replay = replay(capture, connection);
            List<Carried> said = new ArrayList<>();
            replay.payload(Keyring.EMPTY, said::add);
            look = FirstLook.of(said);
            look.lines().forEach(this::say);
            say("");
        }
        Files.createDirectories(folder);
        Scaffold scaffold = new Scaffold(what, look);
        Path source = folder.resolve(scaffold.file());
        Files.writeString(source, scaffold.text());
        say("made " + source);
        if (replay != null) {
            Path slice = folder.resolve(CAPTURE);
            try (Slice to = new Slice(new BufferedOutputStream(Files.newOutputStream(slice)))) {
                say("made " + slice + ", " + Units.count(replay.packets(to), "packet"));
            }
        }
        say("next: " + terminal.command() + " decoder test " + folder);
        return Main.DONE;
    }

    /// The connection of that id; the capture is analysed for it into a folder that goes again.
    private Replay replay(Path capture, String connection)
            throws IOException, InterruptedException {
        Path dir = Files.createTempDirectory("hark-decoder");
        try {
            Path out = dir.resolve("case");
            new Analysis(Options.builder().store(true).build(), _ -> {}).run(capture, out);
            return new Replay(List.of(capture), CaseConnection.of(out, connection).wire());
        } finally {
            try (var all = Files.walk(dir)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }

    // ---- test

    private int test() throws IOException, InterruptedException {
        Path source = source(Path.of(what));
        List<Decoder<?>> decoders = OutsideDecoders.one(source).decoders();
        Path capture = capture(source);
        boolean good = true;
        for (Decoder<?> decoder : decoders) {
            good &= test(decoder, capture);
        }
        return good ? Main.DONE : FAILED;
    }

    private boolean test(Decoder<?> decoder, Path capture)
            throws IOException, InterruptedException {
        DecoderTrial<?> trial = new DecoderTrial<>(decoder, Keyring.load(keys));
        List<Carried> pieces = trial.tasted(capture);
        if (pieces.isEmpty()) {
            say(
                    decoder.name()
                            + " tastes nothing of "
                            + capture
                            + " as its own: see taste(), and whether the framing it asks fits the first octets");
            return false;
        }
        say(decoder.name() + ": " + Units.count(pieces.size(), "piece") + " of " + capture);
        terminal.out().flush();
        List<DecoderTrial.Part> parts = trial.run(pieces);
        if (parts.stream().noneMatch(DecoderTrial.Part::isEndless)) {
            trial.analyzed(capture).summary().talks().stream()
                    .filter(talk -> talk.first.decoder().equals(decoder.name()))
                    .flatMap(talk -> talk.opening.stream())
                    .limit(MAX_SHOWN)
                    .forEach(
                            m ->
                                    say(
                                            "  %8s> [%s] %s"
                                                    .formatted(m.side(), m.type(), cut(m.text()))));
        }
        for (DecoderTrial.Part part : parts) {
            say("%-18s %s".formatted(part.name(), part.isGood() ? "good" : part.trouble()));
        }
        return parts.stream().allMatch(DecoderTrial.Part::isGood);
    }

    private static String cut(String text) {
        return text.length() <= MAX_LINE ? text : text.substring(0, MAX_LINE) + "…";
    }

    private static Path source(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return path;
        }
        try (var inside = Files.list(path)) {
            List<Path> found =
                    inside.filter(file -> file.toString().endsWith(".java")).sorted().toList();
            if (found.size() != 1) {
                throw new UserError(
                        path + " holds " + Units.count(found.size(), "source") + ": name the file");
            }
            return found.getFirst();
        }
    }

    private static Path capture(Path source) {
        for (String name : List.of(CAPTURE, "capture.pcap")) {
            Path beside = source.resolveSibling(name);
            if (Files.isReadable(beside)) {
                return beside;
            }
        }
        throw new UserError(
                "put a capture beside " + source + ", as " + CAPTURE + " or capture.pcap");
    }

    private void say(String line) {
        terminal.out().println(Visible.line(line));
    }
}
