package io.hark.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A growing run of octets, little endian as Parquet has it.
///
/// *Thread*: one owner.
final class Octets {

    /// Four octets as a number.
    static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /// Eight octets as a number.
    static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] array;
    private int size;

    Octets(int capacity) {
        array = new byte[capacity];
    }

    byte[] array() {
        return array;
    }

    int size() {
        return size;
    }

    int capacity() {
        return array.length;
    }

    void clear() {
        size = 0;
    }

    /// Gives up room beyond `most` octets that one unusual page took.
    void shrink(int most) {
        if (array.length > most && size <= most) {
            array = Arrays.copyOf(array, most);
        }
    }

    /// Makes room for `more` octets; answers the array, to be written at [#size] and closed with
    /// [#advance].
    byte[] room(int more) {
        if (array.length - size < more) {
            long doubled = Math.min((long) array.length * 2, Integer.MAX_VALUE - 16);
            array = Arrays.copyOf(array, (int) Math.max(doubled, Math.addExact(size, more)));
        }
        return array;
    }

    /// Says that the octets up to `end` were written.
    void advance(int end) {
        size = end;
    }

    void put(int octet) {
        room(1)[size++] = (byte) octet;
    }

    void put(byte[] from, int start, int length) {
        System.arraycopy(from, start, room(length), size, length);
        size += length;
    }

    void put(Octets other) {
        put(other.array, 0, other.size);
    }

    /// A run with its length before it, as Parquet's `PLAIN` has byte arrays.
    void sized(byte[] from, int start, int length) {
        int32(length);
        put(from, start, length);
    }

    void int32(int value) {
        INT.set(room(4), size, value);
        size += 4;
    }

    void int64(long value) {
        LONG.set(room(8), size, value);
        size += 8;
    }

    /// Puts `value` where four octets were left out.
    void patch32(int at, int value) {
        INT.set(array, at, value);
    }

    int int32At(int at) {
        return (int) INT.get(array, at);
    }

    /// An unsigned LEB128.
    void varint(long value) {
        room(10);
        while ((value & ~0x7fL) != 0) {
            array[size++] = (byte) (value & 0x7f | 0x80);
            value >>>= 7;
        }
        array[size++] = (byte) value;
    }

    void zigzag(long value) {
        varint(value << 1 ^ value >> 63);
    }
}
