package io.hark.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Analyses captures again and again for some seconds: what the JVM learns of the code while it
/// does is kept in the launcher's cache, and every later run starts with it.
///
/// One pass over small captures would load the classes, but leave no method so often called that
/// its profile is kept; with profiles a short run spends a sixth less.
final class Training {

    private static final long NANOS = 8_000_000_000L;

    private Training() {}

    /// Trains until the time is up.
    ///
    /// @param args a folder for cases, which must not exist, and the captures
    public static void main(String[] args) {
        long until = System.nanoTime() + NANOS;
        List<String> captures = List.of(args).subList(1, args.length);
        for (int round = 0; round < 2 || System.nanoTime() < until; round++) { // a case, and JSON
            List<String> words = new ArrayList<>(List.of("analyze", "--each"));
            boolean keeps = round % 8 == 0; // most of a run is reading, not making folders
            if (keeps) {
                Path cases = Path.of(args[0]).resolve(String.valueOf(round));
                words.addAll(List.of("--logs", "zeek", "--out", cases.toString()));
            }
            words.addAll(captures);
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
            Terminal terminal = new Terminal(nowhere, nowhere, keeps, false, 80, false, "hark");
            if (Main.run(terminal, words.toArray(String[]::new)) != Main.DONE) {
                System.exit(Main.UNREADABLE);
            }
        }
    }
}
