package io.hark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs every sample whole and in every mutation, with one worker and four.
///
/// `-Dsamples.seed=N` repeats a run; `-Dsamples.only=NAME` runs one sample.
final class SamplesTest {

    private static final long SEED = Long.getLong("samples.seed", 1);
    private static final String ONLY = System.getProperty("samples.only", "");

    @TempDir private Path scratch;

    @TestFactory
    Stream<DynamicNode> samples() {
        System.out.println("samples.seed=" + SEED);
        SampleRun run = new SampleRun(new Hark(), scratch);
        return Sample.in(Samples.FOLDER).stream()
                .filter(sample -> ONLY.isEmpty() || sample.name().equals(ONLY))
                .map(
                        sample ->
                                DynamicContainer.dynamicContainer(
                                        sample.name(), tests(run, sample)));
    }

    private static List<DynamicTest> tests(SampleRun run, Sample sample) {
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(test(run, sample, null));
        for (Mutation mutation : Mutation.values()) {
            tests.add(test(run, sample, mutation));
        }
        return tests;
    }

    private static DynamicTest test(SampleRun run, Sample sample, @Nullable Mutation mutation) {
        String name = mutation == null ? "whole" : mutation.name().toLowerCase(Locale.ROOT);
        return DynamicTest.dynamicTest(
                sample.name() + " " + name,
                () -> {
                    try {
                        assertThat(run.problems(sample, mutation, SEED))
                                .as("seed " + SEED)
                                .isEmpty();
                    } finally {
                        run.clean();
                    }
                });
    }
}
