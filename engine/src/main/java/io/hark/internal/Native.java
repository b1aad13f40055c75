package io.hark.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Optional;

/// Every call that the JVM lets only code with native access make stands here: functions of the C
/// library, of libraries that may be installed, and memory that they point to.
///
/// *Thread*: any.
@SuppressWarnings("restricted") // that is what it is for
public final class Native {

    private static final Linker LINKER = Linker.nativeLinker();

    /// Where a call made with [#call] leaves its error number.
    public static final MemoryLayout ERRNO = Linker.Option.captureStateLayout();

    private static final VarHandle ERRNO_VALUE =
            ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private Native() {}

    /// A function of the C library whose first parameter is memory of the layout [#ERRNO].
    ///
    /// @throws UnsupportedOperationException if this system has no such function
    public static MethodHandle call(String name, FunctionDescriptor shape) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup()
                        .find(name)
                        .orElseThrow(
                                () -> new UnsupportedOperationException("no function " + name)),
                shape,
                Linker.Option.captureCallState("errno"));
    }

    /// The error number that a call left.
    public static int errno(MemorySegment captured) {
        return (int) ERRNO_VALUE.get(captured, 0L);
    }

    /// What the C library says about an error number.
    public static String describe(int errno) {
        try {
            MethodHandle strerror =
                    LINKER.downcallHandle(
                            LINKER.defaultLookup().findOrThrow("strerror"),
                            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
            return text((MemorySegment) strerror.invokeExact(errno));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// A shared library that may be installed, by the first of its names that is; it stays loaded.
    public static Optional<SymbolLookup> library(List<String> names) {
        for (String name : names) {
            try {
                return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
            } catch (IllegalArgumentException e) {
                continue; // not installed under that name; the caller says so if under none
            }
        }
        return Optional.empty();
    }

    /// A function of such a library.
    ///
    /// @throws UnsupportedOperationException if the library has no such function
    public static MethodHandle function(
            SymbolLookup library, String name, FunctionDescriptor shape) {
        return LINKER.downcallHandle(
                library.find(name)
                        .orElseThrow(
                                () -> new UnsupportedOperationException("no function " + name)),
                shape);
    }

    /// The memory at a pointer that native code gave out. *Lifetime*: whatever that code says; the
    /// JVM checks the size, not whether it is still there.
    public static MemorySegment memory(MemorySegment pointer, long bytes) {
        return pointer.reinterpret(bytes);
    }

    /// The text that a pointer of native code points to, up to 64 KB.
    public static String text(MemorySegment pointer) {
        return pointer.equals(MemorySegment.NULL) ? "" : memory(pointer, 1 << 16).getString(0);
    }

    /// What a method handle of ours never throws.
    public static IllegalStateException unexpected(Throwable e) {
        return new IllegalStateException("a native call failed inside Java", e);
    }
}
