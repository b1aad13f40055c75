package io.hark.format.hpack;

import io.hark.format.hpack.HeaderTable.Field;
import java.util.Arrays;
import java.util.List;

/// Tables that everybody knows.
final class StaticFields {

    /// What stands for a field that no table has.
    static final Field NONE = new Field("", "");

    private StaticFields() {}

    /// A table of entries `name` or `name=value`.
    static List<Field> of(String... entries) {
        return Arrays.stream(entries).map(StaticFields::field).toList();
    }

    private static Field field(String entry) {
        int equals = entry.indexOf('=');
        return equals < 0
                ? new Field(entry, "")
                : new Field(entry.substring(0, equals), entry.substring(equals + 1));
    }
}
