package io.hark.collect;

import io.hark.UserError;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import io.hark.schema.Stored;
import io.hark.sensor.CaseTurn;
import io.hark.sensor.Shipment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What a sensor has told and its collector has not acknowledged, on the disk: a [Journal] of
/// shipments with a budget. When that is spent the oldest go, since what happens now is worth most.
///
/// Rows are counted from the spool's beginning; a shipment's number is how many there were with it.
/// So whoever takes shipments in order knows by their numbers how many rows are missing, and which
/// shipment it has already. A spool that begins anew has another id.
///
/// *Thread*: [#add] one, the other methods another.
final class Spool implements AutoCloseable {

    /// The least budget: it is given up in parts.
    static final long LEAST = 16_000_000;

    private static final long DISK_MILLIS = 200; // that the capture waits for a disk at most
    private static final String FILE = "shipped";
    private static final Kind<Shipped> KIND = Kind.of(Shipped.class);

    private final Path file;
    private final CaseTurn turn;
    private final Journal journal;
    private final JournalReader reader;
    private final String id;
    private final long acknowledged; // rows, when it was opened
    private volatile long rows; // said so far; only the adder writes it
    private volatile long shed; // that the disk did not take; only the adder writes it

    /// How far the spool is with the collector.
    ///
    /// @param id the spool's
    /// @param read up to where it has it
    /// @param rows how many rows that is
    record Shipped(String id, Position read, long rows) implements Stored {}

    private Spool(Path file, CaseTurn turn, Journal journal, Shipped from, long rows) {
        this.file = file;
        this.turn = turn;
        this.journal = journal;
        this.id = from.id;
        this.rows = rows;
        this.acknowledged = from.rows;
        this.reader = journal.reader(from.read);
    }

    /// Opens the spool in a folder, which is made where it is not there.
    ///
    /// @param budget octets on the disk at most
    /// @throws UserError if another sensor spools there
    static Spool open(Path dir, long budget) throws IOException {
        if (budget < LEAST) {
            throw new UserError("a spool needs 16MB at least");
        }
        Files.createDirectories(dir);
        CaseTurn turn = CaseTurn.take(dir, 0);
        Path file = dir.resolve(FILE);
        Shipped from = Files.exists(file) ? read(file) : begun();
        Journal journal = Journal.open(dir.resolve("journal"), budget, from.read);
        long rows = from.rows;
        try (JournalReader ahead = journal.reader(from.read)) {
            for (Taken taken = ahead.next(); taken != null; taken = ahead.next()) {
                rows = taken.mark();
            }
        }
        Spool spool = new Spool(file, turn, journal, from, rows);
        spool.remember(from);
        return spool;
    }

    private static Shipped begun() {
        byte[] id = new byte[8];
        new SecureRandom().nextBytes(id);
        return new Shipped(HexFormat.of().formatHex(id), Position.START, 0);
    }

    private static Shipped read(Path file) throws IOException {
        try {
            return Codec.read(KIND, Files.readAllBytes(file));
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    file + " is damaged: move the spool away; what was in it is lost", e);
        }
    }

    /// Takes a shipment; where there is no room for it, room is made.
    ///
    /// @param now when, nanoseconds since 1970 UTC
    void add(Shipment shipment, long now) throws IOException {
        byte[] packed = shipment.pack();
        int more = shipment.rows().size();
        long said = rows + more;
        rows = said;
        if (packed.length > Shipment.MAX_PACKED || !push(packed, now)) {
            long lost = shed + more;
            shed = lost;
        }
    }

    private boolean push(byte[] packed, long now) throws IOException {
        try {
            return journal.push(
                    new Taken(Taken.SHIPMENT, "", "", id, rows, now, packed), DISK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// The id of the spool.
    String id() {
        return id;
    }

    /// Rows that were acknowledged when the spool was opened.
    long acknowledgedRows() {
        return acknowledged;
    }

    /// Rows since the spool began.
    long rows() {
        return rows;
    }

    /// The next shipment, packed; null while there is none.
    @Nullable Taken next() throws IOException {
        return reader.next();
    }

    /// Waits for a shipment, or so long.
    void await(long millis) throws InterruptedException {
        journal.awaitBehind(reader.position(), millis);
    }

    /// The collector has all up to the shipment that was read last.
    ///
    /// @param number of that shipment
    void acknowledged(long number) throws IOException {
        remember(new Shipped(id, reader.position(), number));
        journal.release(reader.position());
    }

    private void remember(Shipped shipped) throws IOException {
        Disk.replace(file, Codec.write(KIND, shipped));
    }

    /// Octets on the disk.
    long held() {
        return journal.held();
    }

    /// Rows that the disk did not take.
    long shed() {
        return shed;
    }

    /// Why the disk takes nothing; null where it does.
    @Nullable String trouble() {
        IOException trouble = journal.trouble();
        return trouble == null ? null : String.valueOf(trouble.getMessage());
    }

    /// Nothing is added any more; what was is on the disk when this returns.
    void seal() throws IOException {
        journal.close();
    }

    @Override
    public void close() throws IOException {
        seal();
        reader.close();
        turn.close();
    }
}
