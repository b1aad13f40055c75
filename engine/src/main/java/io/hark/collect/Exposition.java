package io.hark.collect;

import java.util.LinkedHashMap;
import java.util.Map;

/// Metrics as Prometheus reads them: the lines of one metric together, behind what it is.
///
/// *Source*: Prometheus, text-based exposition format 0.0.4. *Thread*: one owner.
final class Exposition {

    private final Map<String, StringBuilder> metrics = new LinkedHashMap<>();

    /// A value that goes up and down.
    void gauge(String name, String help, double value) {
        sample(name, "gauge", help, value);
    }

    /// A value that only grows.
    void counter(String name, String help, double value) {
        sample(name, "counter", help, value);
    }

    /// A value of a metric that has several.
    ///
    /// @param type `gauge` or `counter`
    /// @param labels names and values in turn; values may be anything
    void sample(String name, String type, String help, double value, String... labels) {
        StringBuilder text =
                metrics.computeIfAbsent(
                        name,
                        _ ->
                                new StringBuilder()
                                        .append("# HELP " + name + " " + help + "\n")
                                        .append("# TYPE " + name + " " + type + "\n"));
        text.append(name);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            text.append(escaped(labels[i + 1])).append('"');
        }
        text.append(labels.length == 0 ? " " : "} ").append(number(value)).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    @Override
    public String toString() {
        return String.join("", metrics.values());
    }
}
