package io.hark.bench.fuzz;

import java.nio.file.Path;

/// Prints the names of all targets, a line each.
public final class Listing {

    private Listing() {}

    /// Prints them.
    ///
    /// @param args the folder of samples
    public static void main(String[] args) {
        Targets.in(Path.of(args[0])).names().forEach(System.out::println);
    }
}
