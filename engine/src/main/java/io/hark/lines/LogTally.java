package io.hark.lines;

import io.hark.event.LogEvent;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the text inputs of a run held: lines by product, and those that nobody reads by shape.
///
/// *Thread*: one owner; looked at when the run is over.
public final class LogTally {

    private static final int MAX_DATASETS = 1 << 10; // products name some themselves
    private static final String OTHERS = "others";

    /// One log of a product.
    public static final class Dataset {
        /// Its name: `fortigate.traffic`.
        public final String name;

        /// How many lines.
        public long lines;

        /// How many of them tell that something was refused.
        public long denied;

        /// How many tell of a failure.
        public long failed;

        /// Time of the earliest, nanoseconds.
        public long first = Long.MAX_VALUE;

        /// Time of the latest.
        public long last = Long.MIN_VALUE;

        private Dataset(String name) {
            this.name = name;
        }
    }

    /// A shape that lines have, and how many.
    ///
    /// @param shape a line without what differs from one to the next
    /// @param lines how many lines
    public record Unread(String shape, long lines) {}

    private final Map<String, Dataset> datasets = new TreeMap<>();
    private final Shapes shapes = new Shapes();
    private final Map<String, Long> counters = new LinkedHashMap<>();

    /// An empty tally.
    public LogTally() {}

    void read(LogEvent event) {
        Dataset dataset = read(event.dataset(), event.ts());
        dataset.denied += event.type().contains("denied") ? 1 : 0;
        dataset.failed += "failure".equals(event.outcome()) ? 1 : 0;
    }

    /// A row or line of that log was read.
    Dataset read(String name, long ts) {
        boolean isKnown = datasets.containsKey(name) || datasets.size() < MAX_DATASETS;
        Dataset dataset = datasets.computeIfAbsent(isKnown ? name : OTHERS, Dataset::new);
        dataset.lines++;
        dataset.first = Math.min(dataset.first, ts);
        dataset.last = Math.max(dataset.last, ts);
        return dataset;
    }

    void unread(String line) {
        shapes.add(line);
    }

    void count(String counter, long n) {
        counters.merge(counter, n, Long::sum);
    }

    /// The logs, that of the most lines first.
    public List<Dataset> datasets() {
        return datasets.values().stream()
                .sorted(Comparator.comparingLong((Dataset dataset) -> -dataset.lines))
                .toList();
    }

    /// The most frequent shapes of lines that nobody reads.
    public List<Unread> unread(int most) {
        return shapes.top(most);
    }

    /// What was counted, by the names that `case.json` knows; none without a text input.
    public Map<String, Long> counters() {
        return counters;
    }
}
