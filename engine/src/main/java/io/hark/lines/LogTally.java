package io.hark.lines;

import io.hark.event.LogEvent;
import java.util.ArrayList;
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

    /// A log of a product, or a shape that none has.
    ///
    /// @param name its dataset, or the line without its numbers
    /// @param lines how many lines
    public record Row(String name, long lines) {}

    private final Map<String, Long> datasets = new TreeMap<>();
    private final Shapes shapes = new Shapes();
    private final Map<String, Long> counters = new LinkedHashMap<>();

    /// An empty tally.
    public LogTally() {}

    void read(LogEvent event) {
        boolean isKnown = datasets.containsKey(event.dataset()) || datasets.size() < MAX_DATASETS;
        datasets.merge(isKnown ? event.dataset() : OTHERS, 1L, Long::sum);
    }

    void unread(String line) {
        shapes.add(line);
    }

    void count(String counter, long n) {
        counters.merge(counter, n, Long::sum);
    }

    /// Lines by dataset, the most first.
    public List<Row> datasets() {
        List<Row> rows = new ArrayList<>();
        datasets.forEach((name, lines) -> rows.add(new Row(name, lines)));
        rows.sort((a, b) -> Long.compare(b.lines, a.lines));
        return rows;
    }

    /// The most frequent shapes of lines that nobody reads.
    public List<Row> unread(int most) {
        return shapes.top(most).stream().map(c -> new Row(c.shape(), c.lines())).toList();
    }

    /// What was counted, by the names that `case.json` knows; none without a text input.
    public Map<String, Long> counters() {
        return counters;
    }
}
