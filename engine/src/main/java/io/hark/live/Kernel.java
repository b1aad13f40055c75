package io.hark.live;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.hark.internal.Native;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The system calls that capturing needs, as Java methods; a failure is a [Failure] with the error
/// number.
///
/// *Shape*: constants and structures of Linux on 64 bits, little-endian (x86-64, aarch64).
/// *Source*: `packet(7)`, `socket(7)`, `poll(2)`, `linux/if_packet.h`. *Thread*: one at a time.
final class Kernel implements AutoCloseable {

    static final int AF_PACKET = 17;
    static final int ETH_P_ALL = 3;
    static final int SOCK_RAW = 3;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOL_SOCKET = 1;
    static final int SO_ERROR = 4;
    static final int SO_ATTACH_FILTER = 26;
    static final int SOL_PACKET = 263;

    static final int EPERM = 1;
    static final int EINTR = 4;
    static final int ENOMEM = 12;
    static final int EACCES = 13;

    static final int POLLIN = 1;
    static final int POLLERR = 8;
    private static final int POLLFD_BYTES = 8; // int fd, short events, short revents

    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED = 1;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment errno = arena.allocate(Native.ERRNO);

    /// A system call that went wrong.
    static final class Failure extends IOException {
        private static final long serialVersionUID = 1;

        /// The error number.
        final int errno;

        Failure(String call, int errno) {
            super(call + ": " + Native.describe(errno));
            this.errno = errno;
        }

        /// Whether it was for want of rights.
        boolean isForbidden() {
            return errno == EPERM || errno == EACCES;
        }
    }

    /// Linked on first use, so that who captures nothing links nothing.
    private static final class Calls {
        static final MethodHandle SOCKET =
                Native.call(
                        "socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        static final MethodHandle SETSOCKOPT =
                Native.call(
                        "setsockopt",
                        FunctionDescriptor.of(
                                JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        static final MethodHandle GETSOCKOPT =
                Native.call(
                        "getsockopt",
                        FunctionDescriptor.of(
                                JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
        static final MethodHandle BIND =
                Native.call("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        static final MethodHandle GETSOCKNAME =
                Native.call(
                        "getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
        static final MethodHandle MMAP =
                Native.call(
                        "mmap",
                        FunctionDescriptor.of(
                                ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
                                JAVA_LONG));
        static final MethodHandle MUNMAP =
                Native.call("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
        static final MethodHandle POLL =
                Native.call("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
        static final MethodHandle CLOSE =
                Native.call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        static final MethodHandle NAME_TO_INDEX =
                Native.call("if_nametoindex", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    }

    private interface Invocation {
        int run() throws Throwable;
    }

    private int call(String name, Invocation invocation) throws Failure {
        int answer;
        try {
            answer = invocation.run();
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
        if (answer < 0) {
            throw new Failure(name, Native.errno(errno));
        }
        return answer;
    }

    int socket(int family, int type, int protocol) throws Failure {
        return call("socket", () -> (int) Calls.SOCKET.invokeExact(errno, family, type, protocol));
    }

    /// Sets an option to what lies in `value`; `what` names it where that fails.
    void option(int socket, int level, int option, MemorySegment value, String what)
            throws Failure {
        int size = (int) value.byteSize();
        call(
                what,
                () ->
                        (int)
                                Calls.SETSOCKOPT.invokeExact(
                                        errno, socket, level, option, value, size));
    }

    /// Sets an option that is a number.
    void option(int socket, int level, int option, int value, String what) throws Failure {
        try (Arena call = Arena.ofConfined()) {
            option(socket, level, option, call.allocateFrom(JAVA_INT, value), what);
        }
    }

    /// Reads an option of some bytes into `value`.
    void read(int socket, int level, int option, MemorySegment value, String what) throws Failure {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment size = call.allocateFrom(JAVA_INT, (int) value.byteSize());
            call(
                    what,
                    () ->
                            (int)
                                    Calls.GETSOCKOPT.invokeExact(
                                            errno, socket, level, option, value, size));
        }
    }

    void bind(int socket, MemorySegment address) throws Failure {
        int size = (int) address.byteSize();
        call("bind", () -> (int) Calls.BIND.invokeExact(errno, socket, address, size));
    }

    /// Writes the address that the socket is bound to into `address`.
    void nameOf(int socket, MemorySegment address) throws Failure {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment size = call.allocateFrom(JAVA_INT, (int) address.byteSize());
            call(
                    "getsockname",
                    () -> (int) Calls.GETSOCKNAME.invokeExact(errno, socket, address, size));
        }
    }

    /// The address of an interface: `family u16 | protocol u16, network order | number i32 |
    /// hardware u16 …`.
    ///
    /// @param protocol what to take from it, [#ETH_P_ALL] or nothing (0)
    static MemorySegment packetAddress(Arena arena, int protocol, int number) {
        MemorySegment address = arena.allocate(20, 8);
        address.set(JAVA_SHORT, 0, (short) AF_PACKET);
        address.set(JAVA_SHORT, 2, Short.reverseBytes((short) protocol));
        address.set(JAVA_INT, 4, number);
        return address;
    }

    /// Maps what a socket shares. *Lifetime*: until [#unmap].
    MemorySegment map(int socket, long bytes) throws Failure {
        MemorySegment at;
        try {
            at =
                    (MemorySegment)
                            Calls.MMAP.invokeExact(
                                    errno,
                                    MemorySegment.NULL,
                                    bytes,
                                    PROT_READ_WRITE,
                                    MAP_SHARED,
                                    socket,
                                    0L);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
        if (at.address() == -1) {
            throw new Failure("mmap", Native.errno(errno));
        }
        return Native.memory(at, bytes);
    }

    void unmap(MemorySegment mapped) throws Failure {
        long bytes = mapped.byteSize();
        call("munmap", () -> (int) Calls.MUNMAP.invokeExact(errno, mapped, bytes));
    }

    void close(int socket) throws Failure {
        call("close", () -> (int) Calls.CLOSE.invokeExact(errno, socket));
    }

    /// The number of the interface, or 0 if there is none of that name.
    int interfaceNumber(String name) {
        try (Arena call = Arena.ofConfined()) {
            return (int) Calls.NAME_TO_INDEX.invokeExact(errno, call.allocateFrom(name));
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /// Descriptors to wait for.
    ///
    /// *Thread*: as the kernel's.
    final class Polled {
        private final MemorySegment fds;
        private final int count;

        Polled(int[] descriptors) {
            count = descriptors.length;
            fds = arena.allocate((long) Math.max(1, count) * POLLFD_BYTES, 8);
            for (int i = 0; i < count; i++) {
                long at = (long) i * POLLFD_BYTES;
                fds.set(JAVA_INT, at, descriptors[i]);
                fds.set(JAVA_SHORT, at + 4, (short) POLLIN);
            }
        }

        /// Waits until one of them has something, or for so long; a signal ends it too.
        void await(int millis) throws Failure {
            try {
                call("poll", () -> (int) Calls.POLL.invokeExact(errno, fds, (long) count, millis));
            } catch (Failure e) {
                if (e.errno != EINTR) {
                    throw e;
                }
            }
        }

        /// Whether the last wait found an error on descriptor `i`.
        boolean isBroken(int i) {
            long at = (long) i * POLLFD_BYTES + 6;
            return (fds.get(JAVA_SHORT, at) & ~POLLIN) != 0;
        }

        /// Waits for descriptor `i` no more.
        void ignore(int i) {
            fds.set(JAVA_INT, (long) i * POLLFD_BYTES, -1);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
