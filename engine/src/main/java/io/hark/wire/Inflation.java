package io.hark.wire;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Undoes gzip and deflate as the bytes go by.
///
/// *Source*: RFC 1952, 1951, 1950. `deflate` is taken with or without the zlib header, as browsers
/// do. *Thread*: the worker that owns the body.
final class Inflation {

    /// The most bytes one body may inflate to: what a bomb is stopped at.
    static final long MAX_OUTPUT = 1L << 30;

    private static final int MAX_HEADER =
            4096; // gzip's name and comment have no length of their own

    /// Takes what comes out.
    interface Reader {
        void decoded(byte[] memory, int at, int length);

        void broken();
    }

    private final Reader reader;
    private final boolean gzip;
    private @Nullable Inflater inflater;
    private byte[] header = new byte[0];
    private boolean stopped;
    private long output;

    private Inflation(boolean gzip, Reader reader) {
        this.gzip = gzip;
        this.reader = reader;
    }

    /// For `gzip`, `x-gzip` and `deflate`; null for what we cannot undo.
    static @Nullable Inflation of(String coding, Reader reader) {
        return switch (coding) {
            case "gzip", "x-gzip" -> new Inflation(true, reader);
            case "deflate" -> new Inflation(false, reader);
            default -> null;
        };
    }

    void bytes(byte[] memory, int at, int n, Engine engine) {
        if (stopped) {
            return;
        }
        if (inflater != null) {
            inflate(inflater, memory, at, n, engine);
        } else {
            begin(memory, at, n, engine);
        }
    }

    private void begin(byte[] in, int at, int n, Engine engine) {
        int old = header.length;
        header = java.util.Arrays.copyOf(header, old + n);
        System.arraycopy(in, at, header, old, n);
        int length = gzip ? gzipHeader(header) : header.length < 2 ? 0 : zlibHeader(header);
        if (length < 0 || length == 0 && header.length > MAX_HEADER) {
            fail();
            return;
        }
        if (length == 0 && (gzip || header.length < 2)) {
            return;
        }
        int from = gzip ? length : 0;
        Inflater fresh = new Inflater(gzip || length == 1);
        inflater = fresh;
        byte[] first = header;
        header = new byte[0];
        inflate(fresh, first, from, first.length - from, engine);
    }

    /// 2 where the stream has zlib's header, 1 where it is bare.
    private static int zlibHeader(byte[] head) {
        boolean zlib = (head[0] & 0xf) == 8 && ((head[0] & 0xff) << 8 | head[1] & 0xff) % 31 == 0;
        return zlib ? 2 : 1;
    }

    /// The length of a gzip header, 0 where it is not whole, -1 where it is none.
    private static int gzipHeader(byte[] head) {
        if (head.length < 10) {
            return 0;
        }
        if (head[0] != 0x1f || head[1] != (byte) 0x8b || head[2] != 8) {
            return -1;
        }
        int flags = head[3];
        int at = 10;
        if ((flags & 4) != 0) {
            if (head.length < at + 2) {
                return 0;
            }
            at += 2 + (head[at] & 0xff | (head[at + 1] & 0xff) << 8);
        }
        for (int text = (flags & 8) / 8 + (flags & 16) / 16; text > 0; text--) {
            while (at < head.length && head[at] != 0) {
                at++;
            }
            at++;
        }
        at += (flags & 2) != 0 ? 2 : 0;
        return at <= head.length ? at : 0;
    }

    private void inflate(Inflater with, byte[] in, int from, int n, Engine engine) {
        with.setInput(in, from, n);
        byte[] out = engine.scratchOut;
        try {
            while (!stopped) {
                int got = with.inflate(out);
                if (got > 0) {
                    output += got;
                    reader.decoded(out, 0, got);
                    if (output > MAX_OUTPUT) {
                        fail();
                    }
                } else if (with.finished()) {
                    stop();
                } else {
                    return;
                }
            }
        } catch (DataFormatException e) {
            fail(); // what the network sent is no deflate: an anomaly, not our error
        }
    }

    private void fail() {
        stop();
        reader.broken();
    }

    /// Nothing more is undone.
    void stop() {
        stopped = true;
        end();
    }

    void end() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }
}
