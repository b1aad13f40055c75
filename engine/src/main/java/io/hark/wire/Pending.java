package io.hark.wire;

/// The bytes of one direction that are no whole message yet, in one block.
///
/// *Thread*: the worker that owns the connection.
final class Pending {

    private final Blocks blocks;
    private long handle;
    private int capacity;
    private int start;
    private int end;

    /// Octets that the session has seen and could not tell from, while it was in the state numbered
    /// so.
    private int seen;

    private long seenIn;

    Pending(Blocks blocks) {
        this.blocks = blocks;
    }

    int length() {
        return end - start;
    }

    byte[] memory() {
        return blocks.memory(handle);
    }

    int at() {
        return Blocks.at(handle) + start;
    }

    void append(byte[] memory, int at, int n) {
        int length = length();
        if (end + n > capacity) {
            if (length + n > capacity) {
                long larger = blocks.take(length + n);
                if (capacity > 0) {
                    System.arraycopy(
                            memory(), at(), blocks.memory(larger), Blocks.at(larger), length);
                    blocks.give(handle, capacity);
                }
                handle = larger;
                capacity = Blocks.sizeFor(length + n);
            } else {
                System.arraycopy(memory(), at(), memory(), Blocks.at(handle), length);
            }
            start = 0;
            end = length;
        }
        System.arraycopy(memory, at, memory(), Blocks.at(handle) + end, n);
        end += n;
    }

    /// The session was shown so many octets and asked for more.
    void saw(int octets, long state) {
        seen = octets;
        seenIn = state;
    }

    /// How many octets the session in that state has seen before.
    int seen(long state) {
        return seenIn == state ? seen : 0;
    }

    /// Forgets the first `n` bytes.
    void consume(int n) {
        start += n;
        if (start == end) {
            clear();
        }
    }

    /// Forgets everything and gives the memory back.
    void clear() {
        if (capacity > 0) {
            blocks.give(handle, capacity);
        }
        handle = 0;
        capacity = 0;
        start = 0;
        end = 0;
    }
}
