package io.hark.sensor;

import io.hark.UserError;
import io.hark.carry.Carried;
import io.hark.event.Event;
import io.hark.lines.LogTally;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A case that events are put into as they come, and that another process goes on with where this
/// one ends, however it ends.
///
/// Events come in **batches**. Files of events bear the number of their batch and are on the disk
/// when [#roll] returns, together with what it answers; whoever calls it keeps that, with the
/// batch's number, where it remembers how far it is. [#open] is told both, and removes the files of
/// later batches, whose events come again.
///
/// *Thread*: one owner.
public final class Lake implements AutoCloseable {

    /// The folder in a lake that belongs to whoever fills it.
    public static final String COLLECTED = "collect";

    private static final Pattern BATCH =
            Pattern.compile("batch-([0-9]{1,18})-[0-9]+\\.parquet(\\.tmp)?");

    private final Path dir;
    private final Options options;
    private final Case inside;
    private final long started = System.nanoTime();
    private long batch;

    private Lake(Path dir, Options options, long batch) {
        this.dir = dir;
        this.options = options;
        this.batch = batch;
        this.inside =
                new Case(
                        dir,
                        new Formats(List.of(), options.wanted()),
                        options,
                        Upkeep.inBatches(name(batch)));
    }

    /// Says whether a folder is a lake or can become one; changes nothing.
    ///
    /// @throws UserError if not
    public static void check(Path dir) {
        if (Files.exists(dir.resolve(COLLECTED))) {
            return;
        }
        CaseFolder.check(dir);
        if (CaseFolder.isCase(dir)) {
            throw new UserError(
                    dir + " holds a case that is not collected into: name another folder");
        }
    }

    /// Opens the lake in a folder that [#check] lets pass, and whose [CaseTurn] the caller has.
    ///
    /// @param committed number of the last batch that is in it for good; 0 for none
    /// @param state what [#roll] answered then; empty for none
    public static Lake open(Path dir, Options options, long committed, byte[] state)
            throws IOException {
        CaseFolder.goOn(dir);
        forgetBehind(dir, committed);
        Lake lake = new Lake(dir, options, committed + 1);
        if (state.length > 0) {
            lake.inside.restore(Codec.read(Kind.of(LakeState.class), state));
        }
        lake.inside.begin();
        return lake;
    }

    private static String name(long batch) {
        return "batch-%010d".formatted(batch);
    }

    /// Removes what was stored of batches that were never committed.
    private static void forgetBehind(Path dir, long committed) throws IOException {
        Path events = dir.resolve("events");
        if (!Files.isDirectory(events)) {
            return;
        }
        try (DirectoryStream<Path> kinds = Files.newDirectoryStream(events)) {
            for (Path kind : kinds) {
                try (DirectoryStream<Path> days = Files.newDirectoryStream(kind, "day=*")) {
                    for (Path day : days) {
                        forgetOf(day, committed);
                    }
                }
            }
        }
    }

    private static void forgetOf(Path day, long committed) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(day, "batch-*")) {
            for (Path file : files) {
                Matcher name = BATCH.matcher(file.getFileName().toString());
                if (name.matches() && Long.parseLong(name.group(1)) > committed) {
                    Files.delete(file);
                }
            }
        }
    }

    /// What counts the lines of logs.
    public LogTally logs() {
        return inside.logs();
    }

    /// Takes an event.
    public void said(Event event) throws IOException {
        try {
            inside.said(event);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Takes an event that a sensor told: what it repeats, and which names are known by it, is this
    /// lake's to say.
    public void retold(Event event) throws IOException {
        try {
            inside.retold(event);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Takes a piece that a sensor carried to a decoder.
    public void carried(Carried piece) {
        inside.carried(piece);
    }

    /// Nothing more comes in this process: conversations have their last word, which is part of the
    /// batch at hand.
    public void endConversations() throws IOException {
        try {
            inside.endConversations();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Time went by: nothing that was seen before `nanos` is to come. Detectors learn of it, and
    /// findings are written.
    public void passed(long nanos) throws IOException {
        try {
            inside.passed(nanos);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// The number of the batch at hand.
    public long batch() {
        return batch;
    }

    /// Ends the batch: its events are stored for good if its number and what is answered are kept.
    public byte[] roll() throws IOException {
        inside.roll(name(batch + 1));
        batch++;
        return Codec.write(Kind.of(LakeState.class), inside.save());
    }

    /// Ends this process's part: seals the case with what was counted. What came behind the last
    /// [#roll] is not in it for good.
    ///
    /// @param name what the user calls what was collected
    /// @param counters what else was counted, by the name that `case.json` knows it by
    /// @param more what else the case gets
    public Outcome pause(String name, Map<String, Long> counters, CasePart more)
            throws IOException {
        Outcome outcome = inside.pause(name, counters, System.nanoTime() - started);
        more.write(dir, outcome, options);
        CaseFolder.seal(dir, outcome, options);
        return outcome;
    }

    @Override
    public void close() throws IOException {
        inside.close();
    }
}
