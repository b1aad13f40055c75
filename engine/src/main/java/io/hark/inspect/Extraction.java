package io.hark.inspect;

import io.hark.FileNotes;
import io.hark.Inspector;
import io.hark.bytes.Bytes;
import io.hark.bytes.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Keeps files as they go by.
///
/// Each is written to a folder under its id while it comes; when it is over, its note says the name
/// it shall have: the SHA-256 of what is there, with [#PART] behind it where something is missing.
/// Whoever keeps the books moves it there, or does not ([FileNotes#extracted]): what many workers
/// write at once is judged in one order.
///
/// Nothing stays open between two pieces, so any number of files may be on their way. A piece that
/// is missing becomes zeros, so that what comes behind it lies where it was; behind a hole larger
/// than [#MAX_HOLE] nothing is kept.
///
/// *Thread*: one owner, the worker.
public final class Extraction implements Inspector {

    /// What stands behind the name of a file that is not whole.
    public static final String PART = ".part";

    /// The most octets kept of one file: what is larger is rarely looked at whole, and a stream
    /// without end must have one.
    static final long MAX_FILE = 256L << 20;

    /// The largest hole that is filled with zeros.
    static final long MAX_HOLE = 1L << 20;

    /// Octets of one file that are gathered before they are written.
    private static final int RUN = 1 << 18;

    /// Octets that a worker gathers of all its files; beyond it every piece is written at once.
    private static final long MAX_GATHERED = 64L << 20;

    private static final byte[] NOTHING = new byte[0];
    private static final byte[] ZEROS = new byte[1 << 13];

    private final Path folder;
    private final ArrayDeque<MessageDigest> idle = new ArrayDeque<>();
    private final Bytes zeros = new Bytes();
    private long gathered;
    private @Nullable IOException failure;

    /// Keeps below `folder`, which is there.
    public Extraction(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "extraction";
    }

    @Override
    public String about() {
        return "keeps files that go by (--files)";
    }

    /// Why a file could not be written, if one could not: the last one.
    public @Nullable IOException failure() {
        return failure;
    }

    @Override
    public @Nullable Reader body(String fuid, String source) {
        return new File(folder.resolve(fuid));
    }

    private MessageDigest digest() {
        MessageDigest used = idle.poll();
        return used != null ? used : Digests.sha256();
    }

    /// One file.
    private final class File implements Reader {

        private final Path path;
        private final MessageDigest digest = digest();
        private byte[] run = NOTHING;
        private int filled;
        private long length;
        private boolean begun;
        private boolean cut;
        private boolean isOver; // behind a hole too large to fill
        private boolean isLost; // for want of room on the disk

        File(Path path) {
            this.path = path;
        }

        @Override
        public void bytes(Bytes piece) {
            int most = (int) Math.min(piece.length(), MAX_FILE - length);
            cut |= most < piece.length();
            if (!isKept() || most == 0) {
                return;
            }
            digest.update(piece.array(), piece.base(), most);
            length += most;
            gather(piece.array(), piece.base(), most);
        }

        private boolean isKept() {
            return !isLost && !isOver;
        }

        private void gather(byte[] memory, int at, int count) {
            if (filled + count > RUN || gathered + count > MAX_GATHERED) {
                write(run, 0, filled);
                gathered -= filled;
                filled = 0;
            }
            if (count > RUN || gathered + count > MAX_GATHERED) {
                write(memory, at, count);
                return;
            }
            if (filled + count > run.length) {
                run = Arrays.copyOf(run, Math.min(RUN, Math.max(filled + count, run.length * 2)));
            }
            System.arraycopy(memory, at, run, filled, count);
            filled += count;
            gathered += count;
        }

        private void write(byte[] memory, int at, int count) {
            if (count == 0 || isLost) {
                return;
            }
            OpenOption[] how =
                    begun
                            ? new OpenOption[] {StandardOpenOption.APPEND}
                            : new OpenOption[] {
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE
                            };
            begun = true;
            try (var out = Files.newOutputStream(path, how)) {
                out.write(memory, at, count);
            } catch (IOException e) {
                failure = e;
                lose();
            }
        }

        /// The others need the room that a part of it takes.
        private void lose() {
            isLost = true;
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                failure = e;
            }
        }

        @Override
        public void gap(long bytes) {
            cut = true;
            if (bytes > MAX_HOLE) {
                isOver = true;
                return;
            }
            for (long left = bytes; left > 0; left -= ZEROS.length) {
                bytes(zeros.wrap(ZEROS, 0, (int) Math.min(left, ZEROS.length)));
            }
        }

        @Override
        public void end(boolean whole, FileNotes notes) {
            write(run, 0, filled);
            gathered -= filled;
            filled = 0;
            run = NOTHING;
            String name = HexFormat.of().formatHex(digest.digest());
            idle.push(digest);
            if (!isLost && length > 0) {
                notes.analyzers.add("EXTRACT");
                notes.extracted = whole && !cut ? name : name + PART;
            }
        }
    }
}
