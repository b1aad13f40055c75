package io.hark.live;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.hark.UserError;
import io.hark.internal.Native;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;

/// The libpcap that is installed: it compiles filters, and captures where the kernel's ring cannot.
///
/// *Source*: `pcap(3PCAP)`. *Thread*: one at a time for each [Handle].
final class LibPcap {

    /// What its library is called on Linux, by version or not, and on macOS.
    static final List<String> NAMES =
            List.of("libpcap.so.1", "libpcap.so.0.8", "libpcap.so", "libpcap.dylib");

    /// Frames are taken whole; no link has longer ones that libpcap would take.
    static final int SNAPLEN = 262_144;

    /// After so long it hands over a buffer that is not full.
    static final int TIMEOUT_MILLIS = 40;

    private static final int ERROR_BYTES = 256;
    private static final int NETMASK_UNKNOWN = -1;
    private static final int MAX_INSTRUCTIONS = 4096; // of the kernel
    private static final int NANOSECONDS = 1;

    private final MethodHandle create;
    private final MethodHandle activate;
    private final MethodHandle close;
    private final MethodHandle geterr;
    private final MethodHandle setSnaplen;
    private final MethodHandle setPromisc;
    private final MethodHandle setTimeout;
    private final MethodHandle setBuffer;
    private final MethodHandle setPrecision;
    private final MethodHandle precision;
    private final MethodHandle setNonblock;
    private final MethodHandle selectable;
    private final MethodHandle datalink;
    private final MethodHandle next;
    private final MethodHandle stats;
    private final MethodHandle compile;
    private final MethodHandle setFilter;
    private final MethodHandle freeCode;

    private LibPcap(SymbolLookup lib) {
        create =
                Native.function(
                        lib, "pcap_create", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
        activate = number(lib, "pcap_activate", ADDRESS);
        close = Native.function(lib, "pcap_close", FunctionDescriptor.ofVoid(ADDRESS));
        geterr = Native.function(lib, "pcap_geterr", FunctionDescriptor.of(ADDRESS, ADDRESS));
        setSnaplen = number(lib, "pcap_set_snaplen", ADDRESS, JAVA_INT);
        setPromisc = number(lib, "pcap_set_promisc", ADDRESS, JAVA_INT);
        setTimeout = number(lib, "pcap_set_timeout", ADDRESS, JAVA_INT);
        setBuffer = number(lib, "pcap_set_buffer_size", ADDRESS, JAVA_INT);
        setPrecision = number(lib, "pcap_set_tstamp_precision", ADDRESS, JAVA_INT);
        precision = number(lib, "pcap_get_tstamp_precision", ADDRESS);
        setNonblock = number(lib, "pcap_setnonblock", ADDRESS, JAVA_INT, ADDRESS);
        selectable = number(lib, "pcap_get_selectable_fd", ADDRESS);
        datalink = number(lib, "pcap_datalink", ADDRESS);
        next = number(lib, "pcap_next_ex", ADDRESS, ADDRESS, ADDRESS);
        stats = number(lib, "pcap_stats", ADDRESS, ADDRESS);
        compile = number(lib, "pcap_compile", ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT);
        setFilter = number(lib, "pcap_setfilter", ADDRESS, ADDRESS);
        freeCode = Native.function(lib, "pcap_freecode", FunctionDescriptor.ofVoid(ADDRESS));
    }

    private static MethodHandle number(SymbolLookup lib, String name, MemoryLayout... parameters) {
        return Native.function(lib, name, FunctionDescriptor.of(JAVA_INT, parameters));
    }

    /// The library under one of these names.
    ///
    /// @param what what it is needed for, for the error
    /// @throws UserError that says what to install
    static LibPcap load(List<String> names, String what) {
        return new LibPcap(
                Native.library(names)
                        .orElseThrow(
                                () ->
                                        new UserError(
                                                what
                                                        + " needs libpcap, which is not installed here: apt install"
                                                        + " libpcap0.8 (Debian, Ubuntu), dnf install libpcap (Fedora,"
                                                        + " RHEL), apk add libpcap (Alpine)")));
    }

    private interface Invocation<T> {
        T run() throws Throwable;
    }

    private static <T> T call(Invocation<T> invocation) {
        try {
            return invocation.run();
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /// Opens an interface, `any` for all. *Lifetime*: until [Handle#close].
    ///
    /// @throws IOException if libpcap cannot, in its words
    Handle open(String name, boolean promiscuous, long bufferBytes) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(ERROR_BYTES);
            MemorySegment device = arena.allocateFrom(name);
            MemorySegment pcap = call(() -> (MemorySegment) create.invokeExact(device, error));
            if (pcap.address() == 0) {
                throw new IOException(name + ": " + error.getString(0));
            }
            int buffer = (int) Math.clamp(bufferBytes, 1L << 16, 1L << 30);
            int on = promiscuous ? 1 : 0;
            int failure =
                    call(
                            () -> {
                                int ignored = (int) setSnaplen.invokeExact(pcap, SNAPLEN);
                                ignored |= (int) setPromisc.invokeExact(pcap, on);
                                ignored |= (int) setTimeout.invokeExact(pcap, TIMEOUT_MILLIS);
                                ignored |= (int) setBuffer.invokeExact(pcap, buffer);
                                ignored |= (int) setPrecision.invokeExact(pcap, NANOSECONDS);
                                return (int) activate.invokeExact(pcap);
                            });
            Handle handle = new Handle(pcap);
            if (failure < 0) {
                String why = handle.error();
                handle.close();
                throw new IOException(name + ": " + (why.isEmpty() ? "error " + failure : why));
            }
            if (call(() -> (int) setNonblock.invokeExact(pcap, 1, error)) < 0) {
                handle.close();
                throw new IOException(name + ": " + error.getString(0));
            }
            return handle;
        }
    }

    /// One open interface. *Thread*: one at a time.
    final class Handle implements AutoCloseable {

        private final MemorySegment pcap;
        private final Arena arena = Arena.ofShared();
        private final MemorySegment header = arena.allocate(ADDRESS);
        private final MemorySegment data = arena.allocate(ADDRESS);
        private final MemorySegment counters = arena.allocate(12, 4);

        private Handle(MemorySegment pcap) {
            this.pcap = pcap;
        }

        private String error() {
            return Native.text(call(() -> (MemorySegment) geterr.invokeExact(pcap)));
        }

        /// What its frames begin with, by tcpdump.org's numbers.
        int linkType() {
            return call(() -> (int) datalink.invokeExact(pcap));
        }

        /// What to wait on.
        int descriptor() {
            return call(() -> (int) selectable.invokeExact(pcap));
        }

        /// Whether its times have nanoseconds, not microseconds.
        boolean hasNanoseconds() {
            return call(() -> (int) precision.invokeExact(pcap)) == NANOSECONDS;
        }

        /// Takes the next frame, if there is one: `frame` is then its header and then its bytes.
        ///
        /// @throws IOException if the interface broke
        boolean next() throws IOException {
            int answer = call(() -> (int) next.invokeExact(pcap, header, data));
            if (answer < 0) {
                throw new IOException(error());
            }
            return answer > 0;
        }

        /// The header of the frame that [#next] took: seconds, fraction, captured length, length.
        /// *Lifetime*: until the next frame.
        MemorySegment header() {
            return Native.memory(header.get(ADDRESS, 0), 24);
        }

        /// Its bytes. *Lifetime*: until the next frame.
        MemorySegment data(int bytes) {
            return Native.memory(data.get(ADDRESS, 0), bytes);
        }

        /// Seen, dropped by the kernel, dropped by the interface; since it was opened, 32 bits
        /// each.
        int[] counters() throws IOException {
            if (call(() -> (int) stats.invokeExact(pcap, counters)) < 0) {
                throw new IOException(error());
            }
            return new int[] {
                counters.get(JAVA_INT, 0), counters.get(JAVA_INT, 4), counters.get(JAVA_INT, 8)
            };
        }

        /// Compiles a filter for this interface.
        ///
        /// @throws UserError if it is no filter, in libpcap's words
        Filter compile(String text) {
            try (Arena call = Arena.ofConfined()) {
                MemorySegment program = call.allocate(16, 8); // u_int count, pointer
                MemorySegment source = call.allocateFrom(text);
                if (call(() -> (int) compile.invokeExact(pcap, program, source, 1, NETMASK_UNKNOWN))
                        < 0) {
                    throw new UserError("the filter '" + text + "' is none: " + error());
                }
                int count = program.get(JAVA_INT, 0);
                try {
                    if (count > MAX_INSTRUCTIONS) {
                        throw new UserError(
                                "the filter '"
                                        + text
                                        + "' is too long for the kernel: "
                                        + count
                                        + " instructions of at most "
                                        + MAX_INSTRUCTIONS);
                    }
                    MemorySegment code =
                            Native.memory(program.get(ADDRESS, 8), (long) count * Long.BYTES);
                    return new Filter(code.toArray(JAVA_LONG));
                } finally {
                    call(
                            () -> {
                                freeCode.invokeExact(program);
                                return 0;
                            });
                }
            }
        }

        /// Lets through only what the filter does.
        void filter(Filter filter) throws IOException {
            try (Arena call = Arena.ofConfined()) {
                MemorySegment program = filter.program(call);
                // pcap counts instructions in 32 bits, the kernel in 16: the rest is zero
                program.set(JAVA_INT, 0, Short.toUnsignedInt(program.get(JAVA_SHORT, 0)));
                if (call(() -> (int) setFilter.invokeExact(pcap, program)) < 0) {
                    throw new IOException(error());
                }
            }
        }

        @Override
        public void close() {
            call(
                    () -> {
                        close.invokeExact(pcap);
                        return 0;
                    });
            arena.close();
        }
    }
}
