package io.hark.format.hpack;

/// Shows the fields of one block after another, of each as much as a bound lets pass.
///
/// *Thread*: one owner.
final class Shown {

    private final int most;
    private int octets;

    /// Shows names and values of so many octets at most.
    Shown(int most) {
        this.most = most;
    }

    /// A block begins.
    void begin() {
        octets = 0;
    }

    /// Shows a field, if the bound lets it pass.
    void show(String name, String value, FieldSink to) {
        octets += Math.min(most, name.length() + value.length() + 1);
        if (octets <= most && !name.isEmpty()) {
            to.field(name, value);
        }
        octets = Math.min(octets, most + 1);
    }

    /// Whether all fields of the block were shown.
    boolean isAll() {
        return octets <= most;
    }
}
