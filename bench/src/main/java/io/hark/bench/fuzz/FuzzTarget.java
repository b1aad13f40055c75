package io.hark.bench.fuzz;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What Jazzer calls, of one target a process.
///
/// *Thread*: one owner, libFuzzer's.
public final class FuzzTarget {

    private static @Nullable Limits limits; // Jazzer knows nothing but static methods

    private FuzzTarget() {}

    /// Called once.
    ///
    /// @param args the target's name, the folder of samples
    public static void fuzzerInitialize(String[] args) {
        limits = new Limits(Targets.in(Path.of(args[1])).get(args[0]));
    }

    /// Called for every input.
    public static void fuzzerTestOneInput(byte[] input) {
        Limits its = limits;
        if (its == null) {
            throw new IllegalStateException("not initialised: --target_args=NAME SAMPLES");
        }
        its.run(input);
    }
}
