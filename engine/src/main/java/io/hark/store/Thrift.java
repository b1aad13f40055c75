package io.hark.store;

import java.nio.charset.StandardCharsets;

/// Writes structures in Thrift's compact protocol, as far as Parquet's headers and footers need it.
///
/// *Source*: Apache Thrift, `thrift-compact-protocol.md`.
///
/// *Thread*: one owner.
final class Thrift {

    static final int I32 = 5;
    static final int BINARY = 8;
    static final int STRUCT = 12;
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int I64 = 6;
    private static final int LIST = 9;
    private static final int SHORT_LIST = 15;
    private static final int SHORT_STEP = 15;
    private static final int MAX_DEPTH = 16; // Parquet's structures nest less than ten deep

    private final Octets out;
    private final int[] outer = new int[MAX_DEPTH];
    private int depth;
    private int last;

    Thrift(Octets out) {
        this.out = out;
    }

    private void field(int id, int type) {
        int step = id - last;
        if (step > 0 && step <= SHORT_STEP) {
            out.put(step << 4 | type);
        } else {
            out.put(type);
            out.zigzag(id);
        }
        last = id;
    }

    Thrift i32(int id, int value) {
        field(id, I32);
        out.zigzag(value);
        return this;
    }

    Thrift i64(int id, long value) {
        field(id, I64);
        out.zigzag(value);
        return this;
    }

    Thrift flag(int id, boolean value) {
        field(id, value ? TRUE : FALSE);
        return this;
    }

    Thrift binary(int id, byte[] value) {
        field(id, BINARY);
        return element(value);
    }

    Thrift text(int id, String value) {
        return binary(id, value.getBytes(StandardCharsets.UTF_8));
    }

    /// Opens a list of `count` elements of `type`.
    Thrift list(int id, int type, int count) {
        field(id, LIST);
        if (count < SHORT_LIST) {
            out.put(count << 4 | type);
        } else {
            out.put(SHORT_LIST << 4 | type);
            out.varint(count);
        }
        return this;
    }

    /// An element of a list of binaries.
    Thrift element(byte[] value) {
        out.varint(value.length);
        out.put(value, 0, value.length);
        return this;
    }

    /// An element of a list of numbers.
    Thrift element(int value) {
        out.zigzag(value);
        return this;
    }

    /// Opens a structure in field `id`; [#end] closes it.
    Thrift struct(int id) {
        field(id, STRUCT);
        return struct();
    }

    /// Opens the outermost structure or an element of a list of structures; [#end] closes it.
    Thrift struct() {
        outer[depth++] = last;
        last = 0;
        return this;
    }

    /// Closes the innermost structure.
    Thrift end() {
        out.put(0);
        last = outer[--depth];
        return this;
    }
}
