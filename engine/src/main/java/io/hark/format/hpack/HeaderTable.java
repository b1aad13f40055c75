package io.hark.format.hpack;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table of headers that a sender fills and its receiver copies: the newest first, the oldest
/// leave when it is full.
///
/// *Source*: RFC 7541 §2.3.2, §4; RFC 9204 §3.2.
final class HeaderTable {

    /// The largest table that is kept: four times what browsers ask for.
    static final int MAX_SIZE = 1 << 18;

    private static final int OVERHEAD = 32; // counted beside each name and value

    /// A name and a value, each character an octet.
    record Field(String name, String value) {
        int size() {
            return name.length() + value.length() + OVERHEAD;
        }
    }

    private final List<Field> fields = new ArrayList<>(); // the oldest first, from `gone` on
    private int gone; // at the beginning of `fields`, not yet taken out
    private int size;
    private int limit;
    private long inserted;

    /// A table of at most `limit` octets.
    HeaderTable(int limit) {
        this.limit = limit;
    }

    /// Changes how large it may be; the oldest leave.
    void limit(int octets) {
        limit = octets;
        shrink(octets);
    }

    /// Adds a field; one that is larger than the table empties it.
    void add(String name, String value) {
        Field field = new Field(name, value);
        inserted++;
        shrink(limit - field.size());
        if (field.size() <= limit) {
            fields.add(field);
            size += field.size();
        }
    }

    private void shrink(int to) {
        while (size > Math.max(0, to)) {
            size -= fields.get(gone++).size();
        }
        if (gone > fields.size() / 2) { // amortised: each is moved once
            fields.subList(0, gone).clear();
            gone = 0;
        }
    }

    /// The field at `index`, 0 for the newest; null where there is none.
    @Nullable Field get(long index) {
        return index < 0 || index >= fields.size() - gone
                ? null
                : fields.get(fields.size() - 1 - (int) index);
    }

    /// How many were ever added.
    long inserted() {
        return inserted;
    }

    /// How large it may be.
    int limit() {
        return limit;
    }
}
