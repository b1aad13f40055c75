package io.hark.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Properties;

/// Where the command speaks: two streams, whether each is a terminal, how wide it is, whether it
/// shows colours.
///
/// @param out results
/// @param err diagnostics and progress
/// @param isOutShown whether a person sees `out`
/// @param isErrShown whether a person sees `err`
/// @param columns how wide it is
/// @param isColoured whether colours are wanted
/// @param command how the user calls us, for commands to copy
record Terminal(
        PrintStream out,
        PrintStream err,
        boolean isOutShown,
        boolean isErrShown,
        int columns,
        boolean isColoured,
        String command) {

    private static final int USUAL_COLUMNS = 80;
    private static final int MIN_COLUMNS = 60; // below it lines wrap rather than lose their sense
    private static final int MAX_COLUMNS = 160; // eyes get lost on longer lines

    /// Keeps the width readable.
    Terminal {
        columns = Math.clamp(columns, MIN_COLUMNS, MAX_COLUMNS);
    }

    /// The process's own. The launcher, which can ask the system, says in `hark.terminal` which of
    /// `out` and `err` are terminals, in `hark.columns` how wide, in `hark.command` how it was
    /// called.
    static Terminal ofProcess(Properties said, Map<String, String> environment) {
        String shown = said.getProperty("hark.terminal");
        boolean console =
                shown == null && System.console() != null && System.console().isTerminal();
        boolean out = console || shown != null && shown.contains("out");
        boolean err = console || shown != null && shown.contains("err");
        return new Terminal(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                out,
                err,
                columns(said.getProperty("hark.columns", "")),
                out && isColoured(environment),
                said.getProperty("hark.command", "hark"));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new Outlet(new FileOutputStream(descriptor));
    }

    private static int columns(String text) {
        return text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : USUAL_COLUMNS;
    }

    /// As no-color.org and terminals without colours want it.
    private static boolean isColoured(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /// Did whoever reads the results go away, as `| head` does when it has enough?
    boolean isReaderGone() {
        return out instanceof Outlet outlet && outlet.isReaderGone();
    }

    /// Tells a person what went wrong.
    void complain(String text) {
        text.lines().forEach(line -> err.println("hark: " + line));
        err.flush();
    }
}
