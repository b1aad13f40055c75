package io.hark.store;

import java.util.Arrays;

/// Which entries of a page are absent, and where in their lists the values stand.
///
/// *Shape*: a column outside any list has one entry a row, and a bit for each that is absent. Below
/// a list every entry has a definition level (how much of its path is there) and a repetition level
/// (at which list it goes on; 0 begins a row).
///
/// *Thread*: one owner.
final class Levels {

    /// Rows of a page.
    static final int PAGE_ROWS = 1 << 14;

    /// Entries of a page below a list; a row that has more makes a page of its own.
    static final int PAGE_ENTRIES = 1 << 16;

    private static final int FIRST_ENTRIES = 64;
    private static final int SLACK = 8; // levels are packed eight at a time

    private final int mostDefined;
    private final int mostRepeated;
    private long[] absent = new long[0]; // outside lists; none of a page may be
    private byte[] defined = new byte[0]; // in lists
    private byte[] repeated = new byte[0];
    private int capacity;
    private int entries; // in lists
    private int absences;

    Levels(int mostDefined, int mostRepeated) {
        this.mostDefined = mostDefined;
        this.mostRepeated = mostRepeated;
    }

    boolean inList() {
        return mostRepeated > 0;
    }

    int absences() {
        return absences;
    }

    /// Entries of the page, of which `values` are there.
    int entries(int values) {
        return values + absences;
    }

    /// Notes an absence behind `values` values, outside lists.
    void absent(int values) {
        int entry = values + absences++;
        if (absent.length == 0) {
            absent = new long[PAGE_ROWS / Long.SIZE];
        }
        absent[entry / Long.SIZE] |= 1L << entry;
    }

    /// Notes an absence in a list: of a value, of its list, or of what the list stands in.
    void absent(int repetition, int definition) {
        add(repetition, definition);
        absences++;
    }

    /// Notes a value in a list; answers whether the page is long enough.
    boolean present(int repetition) {
        add(repetition, mostDefined);
        return entries >= PAGE_ENTRIES;
    }

    private void add(int repetition, int definition) {
        if (entries == capacity) {
            resize(Math.max(FIRST_ENTRIES, capacity * 2));
        }
        defined[entries] = (byte) definition;
        repeated[entries++] = (byte) repetition;
    }

    private void resize(int more) {
        capacity = more;
        defined = Arrays.copyOf(defined, more + SLACK);
        repeated = Arrays.copyOf(repeated, more + SLACK);
    }

    /// Writes the levels of a page with `values` values.
    void write(int values, Octets page) {
        int count = values + absences;
        if (inList()) {
            Packing.levels(repeated, count, mostRepeated, page);
        }
        if (absences == 0) {
            Packing.levels(mostDefined, count, page);
        } else if (inList()) {
            Packing.levels(defined, count, mostDefined, page);
        } else if (absences == count) {
            Packing.levels(0, count, page);
        } else {
            Packing.presence(absent, count, page);
        }
    }

    /// Starts the next page.
    void clear() {
        if (!inList() && absences > 0) {
            Arrays.fill(absent, 0);
        }
        entries = 0;
        absences = 0;
        if (capacity > PAGE_ENTRIES) {
            resize(PAGE_ENTRIES); // one long row does not keep its room
        }
    }

    int heldBytes() {
        return absent.length * Long.BYTES + defined.length + repeated.length;
    }
}
