package io.hark.live;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A compiled packet filter: what it lets through is captured.
///
/// *Shape*: instructions of the classic Berkeley packet filter, eight bytes each as they lie in
/// memory: `code u16 | jump if true u8 | if false u8 | constant u32`. *Source*: `linux/filter.h`.
final class Filter {

    /// Lets nothing through: `ret #0`.
    static final Filter NOTHING = new Filter(new long[] {0x06});

    private final long[] instructions;

    Filter(long[] instructions) {
        this.instructions = instructions.clone();
    }

    /// How many instructions it has.
    int length() {
        return instructions.length;
    }

    /// What the kernel takes a filter as: the count, and where the instructions are.
    MemorySegment program(Arena arena) {
        MemorySegment program = arena.allocate(16, 8);
        program.set(JAVA_SHORT, 0, (short) instructions.length);
        program.set(ADDRESS, 8, arena.allocateFrom(JAVA_LONG, instructions));
        return program;
    }

    /// Puts it in front of a socket, in the place of one that is there.
    void attach(Kernel kernel, int socket) throws Kernel.Failure {
        try (Arena call = Arena.ofConfined()) {
            kernel.option(
                    socket,
                    Kernel.SOL_SOCKET,
                    Kernel.SO_ATTACH_FILTER,
                    program(call),
                    "attach the filter");
        }
    }
}
