package io.hark.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// One run of the command in this process: its exit status and what it said.
record Run(int exit, String out, String err) {

    /// Runs it as behind a pipe.
    static Run piped(Object... args) {
        return run(false, 80, false, args);
    }

    /// Runs it as on a terminal without colours.
    static Run shown(int columns, Object... args) {
        return run(true, columns, false, args);
    }

    /// Runs it as on a terminal with colours.
    static Run coloured(Object... args) {
        return run(true, 80, true, args);
    }

    private static Run run(boolean shown, int columns, boolean coloured, Object... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(stream(out), stream(err), shown, shown, columns, coloured, "hark");
        String[] words = Arrays.stream(args).map(String::valueOf).toArray(String[]::new);
        int exit = Main.run(terminal, words);
        terminal.out().flush();
        terminal.err().flush();
        return new Run(
                exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream to) {
        return new PrintStream(to, false, StandardCharsets.UTF_8);
    }

    /// The capture of a sample.
    static Path sample(String name) {
        return root().resolve("samples").resolve(name).resolve("capture.pcap");
    }

    /// The root of the repository.
    static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("samples"))) {
            at = at.getParent();
        }
        return at;
    }
}
