package io.hark.schema;

/// One column of a kind, derived from a record component.
///
/// @param id stable number of the column in the binary codec: a hash of its name, so that
///   components may be reordered
/// @param name as users see it, `id.orig_h`
/// @param type what its values are
/// @param unit what its numbers measure
/// @param optional whether rows may lack it
/// @param inLog whether a log in Zeek's form has it
/// @param about what it says
public record Column(
        int id, String name, Type type, Unit unit, boolean optional, boolean inLog, String about) {

    /// What values a column holds.
    public enum Type {
        /// `long`, times and durations included.
        NUMBER,
        /// `double`.
        REAL,
        /// `boolean`.
        FLAG,
        /// Text or the name of an enum constant.
        TEXT,
        /// A network address.
        ADDR,
        /// Raw bytes.
        BYTES,
        /// Several integers.
        NUMBERS,
        /// Several texts.
        TEXTS,
        /// Several addresses.
        ADDRS,
        /// Several records.
        ROWS
    }

    /// The stable number of a column called `name`: 32-bit FNV-1a of its UTF-8.
    static int idOf(String name) {
        int hash = 0x811c_9dc5;
        for (byte b : name.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x0100_0193;
        }
        return hash;
    }
}
