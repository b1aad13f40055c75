package io.hark.sensor;

import static java.lang.System.Logger.Level.ERROR;

import io.hark.DatagramParser;
import io.hark.Decoder;
import io.hark.Exporter;
import io.hark.Inspector;
import io.hark.Parser;
import io.hark.StreamParser;
import io.hark.UserError;
import io.hark.event.FileSeen;
import io.hark.event.Message;
import io.hark.inspect.Archives;
import io.hark.inspect.BodySigns;
import io.hark.inspect.Hashes;
import io.hark.inspect.PortableExecutables;
import io.hark.wire.Arrivals;
import io.hark.wire.InnerPackets;
import io.hark.wire.Input;
import io.hark.wire.Layers;
import io.hark.wire.Setup;
import io.hark.wire.Source;
import io.hark.wire.Targets;
import io.hark.wire.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// `hark analyze` over one input, or several as one timeline: runs the pipeline, the detectors and
/// the decoders, and leaves a case behind.
///
/// *Thread*: one call of [#run] at a time; it uses threads of its own.
public final class Analysis {

    private static final int CONNECTION_BYTES = 4096;
    private static final int MIN_CONNECTIONS = 10_000;

    private final Options options;
    private final Consumer<Progress> progress;
    private final CasePart more;
    private volatile @Nullable Source running;

    /// An analysis with these options.
    ///
    /// @param progress is told now and then how far the reading is
    public Analysis(Options options, Consumer<Progress> progress) {
        this(options, progress, CasePart.NONE);
    }

    /// The same.
    ///
    /// @param more what else every case gets
    public Analysis(Options options, Consumer<Progress> progress, CasePart more) {
        this.options = options;
        this.progress = progress;
        this.more = more;
    }

    /// How far the reading is.
    ///
    /// @param position bytes of the input read
    /// @param size bytes of the input, or -1
    /// @param frames frames read
    public record Progress(long position, long size, long frames) {}

    /// Everything of the shapes that this build has, in the order of their names.
    public static <T> List<T> all(Class<T> shape) {
        return all(shape, shape);
    }

    /// Those of the shapes that are of one sort; the others are not made.
    private static <T> List<T> all(Class<? super T> shapes, Class<T> sort) {
        List<T> found = new ArrayList<>();
        ServiceLoader.load(shapes, Analysis.class.getClassLoader()).stream()
                .filter(one -> sort.isAssignableFrom(one.type()))
                .forEach(one -> found.add(sort.cast(one.get())));
        found.sort((a, b) -> a.getClass().getName().compareTo(b.getClass().getName()));
        return found;
    }

    /// All decoders of this build.
    public static List<Decoder<?>> decoders() {
        List<Decoder<?>> decoders = new ArrayList<>();
        all(Decoder.class).forEach(decoders::add);
        return decoders;
    }

    /// All decoders of this build, and those from outside.
    static List<Decoder<?>> decoders(Options options) {
        List<Decoder<?>> decoders = decoders();
        decoders.addAll(options.outside().decoders());
        return decoders;
    }

    /// Analyses one capture. What is wrong with it is in the outcome, and in the case.
    ///
    /// @param capture the file, `-`, or `host:port`
    /// @param out where the case goes, replacing one that is there; null for none
    /// @return what there is to tell
    /// @throws IOException if the case cannot be written
    /// @throws UserError if `out` is no place for a case, or an option cannot be met
    public Outcome run(Path capture, @Nullable Path out) throws IOException, InterruptedException {
        return run(List.of(capture), out);
    }

    /// Analyses captures as one timeline, into one case. One that cannot be read stops none of the
    /// others.
    ///
    /// @param inputs at least one: files, or folders of logs
    public Outcome run(List<Path> inputs, @Nullable Path out)
            throws IOException, InterruptedException {
        List<Path> captures = Inputs.files(inputs, options);
        boolean missing = captures.stream().allMatch(Analysis::isMissing);
        if (out != null && missing && CaseFolder.isCase(out)) { // a slip of the pen
            return Outcome.without(
                    captures.getFirst().toString(),
                    captures,
                    null,
                    Outcome.Status.UNREADABLE,
                    "there is no such file; the case in " + out + " is as it was",
                    0);
        }
        return run(
                inputs.getFirst().toString(), captures, layers -> Inputs.of(captures, layers), out);
    }

    /// Analyses captures as they arrive, as one timeline, until [#stop].
    ///
    /// @param name what the user calls the place they arrive at
    public Outcome run(String name, Arrivals arrivals, @Nullable Path out)
            throws IOException, InterruptedException {
        return run(name, List.of(), layers -> Inputs.of(Timeline.of(name, arrivals, layers)), out);
    }

    /// Asks an analysis that has no end of its own to end; what was read by then is analysed.
    /// *Thread*: any.
    public void stop() {
        Source source = running;
        if (source != null) {
            source.stop();
        }
    }

    /// Analyses what a live source brings, until it ends or is asked to stop. What was said is
    /// written while it goes on: rows of logs, conversations and findings every second, files of
    /// events as often as `roll` says.
    ///
    /// A disk that is full does not end it: see `told`.
    ///
    /// @param source an open source; the caller closes it
    /// @param out where the case goes; what listened into it before leaves its events and packets
    /// @param roll how often files of events are finished
    /// @param told takes what there is to tell of a disk that is full, on any thread
    /// @return what there is to tell
    /// @throws IOException if the case cannot be begun, or not be sealed at the end
    public Outcome listen(Source source, Path out, Duration roll, Consumer<String> told)
            throws IOException, InterruptedException {
        Formats formats = new Formats(exporters(), options.wanted());
        try (CaseTurn turn = CaseFolder.resume(out)) {
            Upkeep upkeep = new Upkeep(roll, turn.name(), told);
            Inputs inputs = Inputs.of(source);
            return sealed(out, read(inputs, out, formats, upkeep, System.nanoTime()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Reads what a live source brings and hands on what it tells, until it ends or is asked to
    /// stop; detectors and decoders are elsewhere.
    ///
    /// @param source an open source; the caller closes it
    /// @param name what the sensor's own events call it
    /// @param out takes shipments, on the merge's thread
    /// @return what was counted, by the names that `case.json` knows
    public Map<String, Long> ship(Source source, String name, Consumer<Shipment> out)
            throws IOException, InterruptedException {
        Formats formats = new Formats(List.of(), options.wanted());
        Pipeline pipeline =
                new Pipeline(
                        source,
                        worker -> setup(formats, null),
                        options.workers(),
                        formats,
                        new Shipping(name, out),
                        null);
        try (Watch watch = new Watch(source, progress)) {
            watch.start();
            pipeline.run();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return Counters.of(pipeline);
    }

    private Outcome sealed(Path out, Outcome outcome) throws IOException {
        Outcome identified = outcome.identified(!options.hashes().isEmpty());
        try {
            more.write(out, identified, options);
        } catch (RuntimeException e) { // a page we fail on does not cost the case
            System.getLogger(Analysis.class.getName())
                    .log(ERROR, "failed on a part of the case " + out, e);
        }
        CaseFolder.seal(out, identified, options);
        return identified;
    }

    /// Takes made-up traffic for so long and forgets it, so that the code of the packets' way is
    /// loaded and compiled before a live source opens.
    ///
    /// @return how many frames it took
    public long exercise(Duration length) throws InterruptedException, IOException {
        Formats formats = new Formats(exporters(), options.wanted());
        Exercise source = new Exercise(new Layers(options.checksums(), Targets.DEFAULT), length);
        return read(Inputs.of(source), null, formats, null, System.nanoTime())
                .counters()
                .getOrDefault("packets", 0L);
    }

    private interface Opening {
        Inputs open(Layers layers) throws IOException;
    }

    private Outcome run(String name, List<Path> captures, Opening opening, @Nullable Path out)
            throws IOException, InterruptedException {
        Formats formats = new Formats(out == null ? List.of() : exporters(), options.wanted());
        if (out == null) {
            return outcome(name, captures, opening, null, formats);
        }
        CaseFolder.check(out, captures);
        CaseFolder.begin(out);
        return sealed(out, outcome(name, captures, opening, out, formats));
    }

    private static boolean isMissing(Path capture) {
        return !capture.toString().equals("-")
                && !Files.exists(capture)
                && !Input.isOverIp(capture);
    }

    private Outcome outcome(
            String name, List<Path> captures, Opening opening, @Nullable Path out, Formats formats)
            throws IOException, InterruptedException {
        long started = System.nanoTime();
        try (Inputs inputs = opening.open(new Layers(options.checksums(), Targets.DEFAULT))) {
            running = inputs.captures();
            return read(inputs, out, formats, null, started);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (UserError e) {
            return Outcome.without(
                    name,
                    captures,
                    out,
                    Outcome.Status.UNREADABLE,
                    String.valueOf(e.getMessage()),
                    (System.nanoTime() - started) / 1e9);
        } catch (RuntimeException | LinkageError | AssertionError | VirtualMachineError e) {
            // one input that we fail on does not stop the others
            System.getLogger(Analysis.class.getName()).log(ERROR, "failed on " + name, e);
            return Outcome.without(
                    name,
                    captures,
                    out,
                    Outcome.Status.FAILED,
                    "Hark failed on it (" + e + "); this is a bug, please report it",
                    (System.nanoTime() - started) / 1e9);
        } finally {
            running = null;
        }
    }

    private Outcome read(
            Inputs inputs,
            @Nullable Path out,
            Formats formats,
            @Nullable Upkeep upkeep,
            long started)
            throws IOException, InterruptedException {
        try (Case dir = new Case(out, formats, options, upkeep)) {
            dir.begin();
            Source source = inputs.captures();
            Pipeline pipeline =
                    new Pipeline(
                            source,
                            worker -> setup(formats, dir.files()),
                            options.workers(),
                            formats,
                            dir,
                            dir.packets());
            try (Watch watch = new Watch(source, progress)) {
                watch.start();
                pipeline.run();
            }
            readInside(dir, formats);
            Texts texts = new Texts(inputs.texts(), options, dir);
            texts.read(progress);
            return dir.finish(pipeline, inputs, texts, System.nanoTime() - started);
        }
    }

    /// Reads what decoders took out of tunnels, and what they take out of tunnels in there.
    private void readInside(Case dir, Formats formats) throws IOException, InterruptedException {
        List<InnerPackets.Packet> packets = dir.inside();
        for (int depth = 0; !packets.isEmpty() && depth < InnerTraffic.MAX_DEPTH; depth++) {
            Layers layers = new Layers(options.checksums(), Targets.DEFAULT);
            new Pipeline(
                            new InnerPackets(packets, layers),
                            worker -> setup(formats, dir.files()),
                            options.workers(),
                            formats,
                            dir,
                            null)
                    .run();
            packets = dir.inside();
        }
        dir.notRead(packets.size());
    }

    private List<Exporter> exporters() {
        List<Exporter> known = all(Exporter.class);
        List<Exporter> chosen = new ArrayList<>();
        for (String name : options.logs()) {
            chosen.add(
                    known.stream()
                            .filter(e -> e.name().equals(name))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new UserError(
                                                    "this build writes no '"
                                                            + name
                                                            + "' logs; it knows "
                                                            + known.stream()
                                                                    .map(Exporter::name)
                                                                    .toList())));
        }
        return chosen;
    }

    private Setup setup(Formats formats, @Nullable KeptFiles files) {
        boolean reads = options.wanted().isRead();
        List<StreamParser> streams = reads ? all(Parser.class, StreamParser.class) : List.of();
        List<DatagramParser> datagrams =
                reads ? all(Parser.class, DatagramParser.class) : List.of();
        List<Inspector> inspectors = new ArrayList<>();
        if (options.wanted().is(FileSeen.class)) {
            inspectors(inspectors, files);
        }
        return Setup.builder()
                .streamParsers(streams)
                .datagramParsers(datagrams)
                .inspectors(inspectors)
                .decoders(options.wanted().is(Message.class) ? decoders(options) : List.of())
                .local(options.local())
                .checksums(options.checksums())
                .midstream(options.midstream())
                .maxConnections(maxConnections(options.workers()))
                .details(formats.details())
                .secret(ThreadLocalRandom.current().nextLong())
                .keyring(options.keyring())
                .build();
    }

    private void inspectors(List<Inspector> to, @Nullable KeptFiles files) {
        if (!options.hashes().isEmpty()) {
            to.add(new Hashes(options.hashes()));
        }
        to.add(new Archives());
        to.add(new BodySigns());
        to.add(new PortableExecutables());
        try {
            if (files != null) {
                to.add(files.inspector());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As many as a worker's share of the memory holds, at some 4 KB each with what reads them.
    private static int maxConnections(int workers) {
        long share = Runtime.getRuntime().maxMemory() / CONNECTION_BYTES / workers;
        return Math.clamp(share, MIN_CONNECTIONS, Integer.MAX_VALUE / 4);
    }
}
