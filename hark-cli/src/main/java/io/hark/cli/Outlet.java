package io.hark.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A standard stream that knows why it could not be written to: a reader that went away has what it
/// wanted, a full disk has not.
final class Outlet extends PrintStream {

    private static final String READER_GONE = "broken pipe"; // EPIPE, as the system words it

    private final Watched watched;

    Outlet(OutputStream to) {
        this(new Watched(to));
    }

    private Outlet(Watched watched) {
        super(watched, false, StandardCharsets.UTF_8);
        this.watched = watched;
    }

    /// Was the end that reads closed before all was written?
    boolean isReaderGone() {
        return watched.isReaderGone;
    }

    /// A print stream keeps that a write failed, and forgets why.
    private static final class Watched extends FilterOutputStream {

        private boolean isReaderGone;

        Watched(OutputStream to) {
            super(to);
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                isReaderGone |=
                        String.valueOf(e.getMessage())
                                .toLowerCase(Locale.ROOT)
                                .contains(READER_GONE);
                throw e;
            }
        }
    }
}
