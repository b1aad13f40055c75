package io.hark.bench.fuzz;

import io.hark.Decoder;
import io.hark.Keyring;
import io.hark.LineParser;
import io.hark.Parser;
import io.hark.StreamParser;
import io.hark.sensor.Analysis;
import io.hark.testkit.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Everything there is to fuzz, by name: parsers and decoders as the build found them, then the
/// rest.
///
/// | name | input | through |
/// | --- | --- | --- |
/// | `stream-…`, `datagram-…` | [Script] | the engine, read by that parser from the first octet |
/// | `stream`, `datagrams` | [Script] | the engine, all parsers and decoders after it |
/// | `decoder-…` | [Script] | the engine, tasted by that decoder; its conversation |
/// | `wire-frames`, `wire-file` | frames, a capture | containers, layers, connections |
/// | `format-…` | octets | that format by itself |
/// | `page` | a capture | the analysis and its `report.html` |
/// | `search` | text | the search of a case |
/// | `log` | text | all line parsers, as an input of `analyze` |
/// | `receiver-…` | octets | what that receiver of the collector reads before any parser |
final class Targets {

    private static final int ANY_PORT = 4_567;

    private final Map<String, Supplier<Target>> all = new TreeMap<>();

    private Targets(Path samples) {
        for (Parser parser : Analysis.all(Parser.class)) {
            if (!(parser instanceof LineParser)) {
                String shape = parser instanceof StreamParser ? "stream-" : "datagram-";
                add(
                        shape + parser.name(),
                        parser,
                        () -> OneConnection.of(parser, keyring(samples)));
            }
        }
        List<Decoder<?>> decoders = Analysis.decoders();
        for (Decoder<?> decoder : decoders) {
            boolean stream = !decoder.info().carriers().equals(Set.of(Decoder.Carrier.DATAGRAM));
            add(
                    "decoder-" + decoder.name(),
                    decoder,
                    () -> tasted(stream, List.of(decoder), samples));
        }
        all.put("stream", () -> tasted(true, decoders, samples));
        all.put("datagrams", () -> tasted(false, decoders, samples));
        all.put("wire-frames", () -> new Frames()::frames);
        all.put("wire-file", () -> new Frames()::file);
        Formats.all().forEach((name, format) -> all.put("format-" + name, () -> format));
        all.put("page", Page::new);
        all.put("search", () -> new Searching(samples));
        all.put("log", LogText::new);
        Receivers.all().forEach((name, receiver) -> all.put(name, () -> receiver));
    }

    private void add(String name, Object wearer, Supplier<Target> target) {
        if (all.putIfAbsent(name, target) != null) { // two of that name: the class tells them apart
            all.put(name + "-" + wearer.getClass().getSimpleName(), target);
        }
    }

    private static Target tasted(
            boolean stream, List<? extends Decoder<?>> decoders, Path samples) {
        return OneConnection.tasted(stream, ANY_PORT, decoders, keyring(samples));
    }

    /// The secrets of all samples.
    static Keyring keyring(Path samples) {
        return Keyring.load(
                Sample.in(samples).stream().flatMap(sample -> sample.secrets().stream()).toList());
    }

    /// All targets, whose seeds and secrets are in that folder of samples.
    static Targets in(Path samples) {
        return new Targets(samples);
    }

    /// Their names, sorted.
    Set<String> names() {
        return all.keySet();
    }

    /// The target of that name.
    Target get(String name) {
        Supplier<Target> target = all.get(name);
        if (target == null) {
            throw new IllegalArgumentException("no target " + name + "; there are " + names());
        }
        return target.get();
    }
}
