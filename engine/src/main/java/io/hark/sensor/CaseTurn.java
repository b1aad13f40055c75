package io.hark.sensor;

import io.hark.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The right to write into the folder of a case: one run at a time has it, and loses it with its
/// process, however that ends.
///
/// *Shape*: the file `case.lock` has the number of the run, and is locked while it lasts.
///
/// *Thread*: one owner.
public final class CaseTurn implements AutoCloseable {

    /// The file.
    static final String FILE = "case.lock";

    private static final int MOST_DIGITS = 9;

    private final FileChannel file;
    private final int number;

    private CaseTurn(FileChannel file, int number) {
        this.file = file;
        this.number = number;
    }

    /// Takes it.
    ///
    /// @param before how many runs there were, where the file does not tell
    /// @throws UserError if another run has it
    public static CaseTurn take(Path dir, int before) throws IOException {
        FileChannel file =
                FileChannel.open(
                        dir.resolve(FILE),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            if (lock(file) == null) {
                throw new UserError(
                        "another hark is writing into " + dir + ": end it, or name another folder");
            }
            int number = 1 + number(file, before);
            file.truncate(0);
            file.write(
                    ByteBuffer.wrap(Integer.toString(number).getBytes(StandardCharsets.US_ASCII)),
                    0);
            return new CaseTurn(file, number);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // of this very process
        }
    }

    private static int number(FileChannel file, int before) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MOST_DIGITS);
        file.read(text, 0);
        String digits =
                new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return digits.matches("[0-9]{1,8}") ? Integer.parseInt(digits) : before;
    }

    /// Says that a run may replace the case that is there.
    ///
    /// @throws UserError if another run is writing it
    static void check(Path dir) throws IOException {
        if (Files.exists(dir.resolve(FILE))) {
            take(dir, 0).close();
        }
    }

    /// The run's number, from 1.
    int number() {
        return number;
    }

    /// What the run's files of events are called by.
    String name() {
        return number == 1 ? "part" : "run-" + number;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
