package io.hark.sensor;

import io.hark.UserError;
import io.hark.lines.LogTally;
import io.hark.lines.TextInput;
import io.hark.wire.InnerPackets;
import io.hark.wire.Input;
import io.hark.wire.Layers;
import io.hark.wire.Reader;
import io.hark.wire.Source;
import io.hark.wire.Source.Part;
import io.hark.wire.Source.Status;
import io.hark.wire.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a run reads, told apart by content: captures, as one timeline, and texts, which are logs.
///
/// @param name what the user calls it all
/// @param paths as they were named; none where they are yet to come
/// @param captures the source of the frames; an empty one where there is no capture
/// @param texts the rest
record Inputs(String name, List<Path> paths, Source captures, List<Text> texts)
        implements AutoCloseable {

    private static final int MAX_DEPTH = 3; // a folder of days of logs, and one around it
    private static final int MAX_FILES =
            1 << 16; // thirty logs a day, rotated by the hour, for three months

    /// A text input.
    ///
    /// @param path as it was named
    /// @param opened the same where it was opened already: what can be read only once
    record Text(Path path, @Nullable Input opened) {

        /// The input, at its beginning.
        Input open() {
            return opened == null ? Input.open(path) : opened;
        }
    }

    /// Frames alone.
    static Inputs of(Source captures) {
        return new Inputs(captures.name(), List.of(), captures, List.of());
    }

    /// What lies or comes there. An input that can be read only once is looked at where it is the
    /// only one; else it is taken for a capture.
    static Inputs of(List<Path> paths, Layers layers) throws IOException {
        if (paths.size() == 1) {
            Path path = paths.getFirst();
            Input input = Input.open(path);
            return input.isText()
                    ? made(paths, nothing(layers), List.of(new Text(path, input)))
                    : made(paths, new Reader(input, layers), List.of());
        }
        List<Path> captures = new ArrayList<>();
        List<Text> texts = new ArrayList<>();
        for (Path path : paths) {
            if (isText(path)) {
                texts.add(new Text(path, null));
            } else {
                captures.add(path);
            }
        }
        Source source = captures.isEmpty() ? nothing(layers) : Timeline.of(captures, layers);
        return made(paths, source, texts);
    }

    /// The files to read: a folder stands for the logs of events in it (Zeek's, Suricata's) and
    /// below, in the order of their names. One that has none of them stays, for whoever says so.
    static List<Path> files(List<Path> named, Options options) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : named) {
            List<Path> logs = Files.isDirectory(path) ? logs(path, options) : List.of();
            files.addAll(logs.isEmpty() ? List.of(path) : logs);
        }
        return List.copyOf(files);
    }

    private static List<Path> logs(Path folder, Options options) throws IOException {
        Path real = folder.toRealPath(); // Zeek's `current` is a link
        List<Path> all;
        try (Stream<Path> walk = Files.walk(real, MAX_DEPTH)) {
            all =
                    walk.filter(Files::isRegularFile)
                            .map(path -> folder.resolve(real.relativize(path)))
                            .sorted()
                            .limit(MAX_FILES)
                            .toList();
        }
        TextInput reader = Texts.reader(options, new LogTally());
        List<Path> logs = new ArrayList<>();
        for (Path path : all) {
            try (Input input = Input.open(path)) {
                if (input.isText() && reader.isOfEvents(input)) {
                    logs.add(path);
                }
            } catch (UserError | IOException e) { // no log that can be read
                System.getLogger(Inputs.class.getName())
                        .log(System.Logger.Level.DEBUG, "left out " + path, e);
            }
        }
        return logs;
    }

    private static Inputs made(List<Path> paths, Source captures, List<Text> texts) {
        String first = paths.getFirst().toString();
        String name = paths.size() == 1 ? first : first + " and " + (paths.size() - 1) + " more";
        return new Inputs(name, List.copyOf(paths), captures, List.copyOf(texts));
    }

    private static Source nothing(Layers layers) {
        return new InnerPackets(List.of(), layers);
    }

    /// Whether the file is a text; one that cannot be opened is left to who says why.
    private static boolean isText(Path path) throws IOException {
        if (!Input.isRepeatable(path)) {
            return false;
        }
        try (Input input = Input.open(path)) {
            return input.isText();
        } catch (UserError e) {
            return false; // the timeline tells of it
        }
    }

    /// How every input ended, in the order they were named.
    List<Outcome.Seen> seen(List<Part> ofTexts) {
        List<Part> all = new ArrayList<>(ofTexts);
        if (texts.isEmpty() || texts.size() < paths.size()) {
            all.addAll(captures.parts());
        }
        List<String> names = paths.stream().map(Path::toString).toList();
        all.sort((a, b) -> Integer.compare(names.indexOf(a.name()), names.indexOf(b.name())));
        return all.stream()
                .map(
                        part ->
                                new Outcome.Seen(
                                        Path.of(part.name()),
                                        Outcome.Status.of(part.status()),
                                        part.trouble(),
                                        part.frames()))
                .toList();
    }

    /// How all of it ended.
    Status status(List<Part> ofTexts) {
        if (paths.size() == 1 && ofTexts.size() == 1) {
            return ofTexts.getFirst().status();
        }
        boolean whole = ofTexts.stream().allMatch(part -> part.status() == Status.OK);
        return whole || captures.status() != Status.OK ? captures.status() : Status.DAMAGED;
    }

    /// What was wrong, for a person; empty if nothing.
    String trouble(List<Part> ofTexts) {
        return ofTexts.stream()
                .map(Part::trouble)
                .filter(trouble -> !trouble.isEmpty() && captures.trouble().isEmpty())
                .findFirst()
                .orElse(captures.trouble());
    }

    @Override
    public void close() throws IOException {
        captures.close();
        for (Text text : texts) {
            if (text.opened != null) {
                text.opened.close();
            }
        }
    }
}
