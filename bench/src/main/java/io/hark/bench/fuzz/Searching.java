package io.hark.bench.fuzz;

import io.hark.UserError;
import io.hark.lake.Query;
import io.hark.lake.Search;
import io.hark.sensor.Analysis;
import io.hark.sensor.Options;
import io.hark.testkit.Sample;
import io.hark.wire.Setup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What somebody searches for, in a case of all samples: text that makes no sense is their error,
/// nothing else is.
///
/// *Thread*: one owner.
final class Searching implements Target {

    private static final int MOST_HITS = 10;

    private final Search search;

    Searching(Path samples) {
        Options options = Options.builder().store(true).checksums(Setup.Checksums.IGNORE).build();
        try {
            Path dir = Files.createTempDirectory("hark-fuzz").resolve("case");
            List<Path> captures = Sample.in(samples).stream().map(Sample::capture).toList();
            new Analysis(options, _ -> {}).run(captures, dir);
            search = new Search(Query.open(dir));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a fuzzer", e);
        }
    }

    @Override
    public void run(byte[] input) {
        try {
            search.find(new String(input, StandardCharsets.UTF_8), MOST_HITS);
        } catch (UserError e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new IllegalStateException("an error without a word", e);
            }
        }
    }
}
