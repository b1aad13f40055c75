package io.hark.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs a sample, whole or mutated, and says what is wrong.
public final class SampleRun {

    private static final int WORKERS = 4;
    private static final int SHOWN = 12; // sentences; the rest is most likely the same mistake

    private final Subject subject;
    private final Path scratch;

    /// @param subject what is tested
    /// @param scratch a folder for captures and cases
    public SampleRun(Subject subject, Path scratch) {
        this.subject = subject;
        this.scratch = scratch;
    }

    /// What is wrong with a sample's analysis; empty where nothing is.
    ///
    /// One worker and four must leave the same case. What [Mutation#keeps] says must match the
    /// expectations.
    ///
    /// @param mutation how the capture is changed, null for not at all
    /// @param seed fixes the mutation
    public List<String> problems(Sample sample, @Nullable Mutation mutation, long seed)
            throws Exception {
        Capture whole = Capture.read(sample.capture());
        Path capture = sample.capture();
        long frames = whole.frames().size();
        if (mutation != null) {
            Capture mutated = mutation.apply(whole, CaptureRewriter.seeded(seed));
            frames = mutated.frames().size();
            capture = scratch.resolve("capture.pcap");
            mutated.write(capture);
        }
        // flipped bits must reach the parsers, so nobody may drop them for their checksums
        boolean checksums = mutation != Mutation.BITS;
        CaseFiles one = analyze(capture, sample.secrets(), 1, checksums);
        List<String> problems = new ArrayList<>(counts(one, frames));
        problems.addAll(one.differences(analyze(capture, sample.secrets(), WORKERS, checksums)));
        Expected expected =
                mutation == null ? sample.expected() : sample.expected().after(mutation.keeps());
        problems.addAll(expected.compare(one.rows()));
        return problems.size() <= SHOWN ? problems : problems.subList(0, SHOWN);
    }

    /// Where one worker and four disagree over a capture; empty where they do not.
    public List<String> determinism(Path capture, List<Path> secrets) throws Exception {
        CaseFiles one = analyze(capture, secrets, 1, true);
        return one.differences(analyze(capture, secrets, WORKERS, true));
    }

    private CaseFiles analyze(Path capture, List<Path> secrets, int workers, boolean checksums)
            throws Exception {
        Path out = Files.createTempDirectory(scratch, "case");
        subject.analyze(capture, new Subject.Asked(secrets, workers, checksums), out);
        return CaseFiles.read(out);
    }

    /// Services of datagrams whose packets inside are counted too.
    private static final Set<String> CARRIERS =
            Set.of("vxlan", "geneve", "gtpv1", "ayiya", "teredo");

    /// Counts that hold whatever the capture is.
    private static List<String> counts(CaseFiles run, long frames) {
        List<String> wrong = new ArrayList<>();
        if (run.counter("packets") != frames) {
            wrong.add("of " + frames + " frames " + run.counter("packets") + " were counted");
        }
        if (run.counter("own_errors") != 0) {
            wrong.add(run.counter("own_errors") + " exceptions of our own");
        }
        List<Map<String, Object>> conns = run.rows().getOrDefault("conn", List.of());
        long packets =
                conns.stream()
                        .filter(row -> !isCarrier(row))
                        .mapToLong(row -> number(row, "orig_pkts") + number(row, "resp_pkts"))
                        .sum();
        if (packets > frames + run.counter("inner_packets")) {
            wrong.add(frames + " frames cannot hold the " + packets + " packets of conn");
        }
        return wrong;
    }

    private static boolean isCarrier(Map<String, Object> row) {
        return row.get("service") instanceof String service && CARRIERS.contains(service);
    }

    private static long number(Map<String, Object> row, String field) {
        return row.get(field) instanceof Number number ? number.longValue() : 0;
    }

    /// Deletes the cases and captures made so far.
    public void clean() throws IOException {
        try (var walk = Files.walk(scratch)) {
            for (Path path : walk.sorted((a, b) -> b.compareTo(a)).toList()) {
                if (!path.equals(scratch)) {
                    Files.delete(path);
                }
            }
        }
    }
}
