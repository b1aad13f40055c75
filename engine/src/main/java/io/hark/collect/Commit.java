package io.hark.collect;

import io.hark.UserError;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import io.hark.schema.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// What agrees with what is in the lake for good: `collect/commit`, which is replaced when a batch
/// is stored.
///
/// @param batch number of the last batch that is stored; 0 for none
/// @param read how far the journal is in it
/// @param marks how far streams are
/// @param sources what is known of each
/// @param waiting connections that wait for what other sensors tell of them
/// @param lake what the lake knows beside it
record Commit(
        long batch,
        Position read,
        List<Marks.Mark> marks,
        List<Source.State> sources,
        List<Joining.Held> waiting,
        byte[] lake)
        implements Stored {

    /// Before all there ever was.
    static final Commit NONE =
            new Commit(0, Position.START, List.of(), List.of(), List.of(), new byte[0]);

    private static final Kind<Commit> KIND = Kind.of(Commit.class);
    private static final String NAME = "commit";

    /// Keeps its own copies.
    Commit {
        marks = List.copyOf(marks);
        sources = List.copyOf(sources);
        waiting = List.copyOf(Objects.requireNonNullElse(waiting, List.of())); // not in older ones
    }

    /// The last one.
    ///
    /// @param dir the collector's folder
    static Commit read(Path dir) throws IOException {
        Path file = dir.resolve(NAME);
        if (!Files.exists(file)) {
            return NONE;
        }
        try {
            return Codec.read(KIND, Files.readAllBytes(file));
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    file
                            + " is damaged: what is stored behind it is not known. Move the folder"
                            + " away and begin another",
                    e);
        }
    }

    /// Makes this the last one.
    void write(Path dir) throws IOException {
        Disk.replace(dir.resolve(NAME), Codec.write(KIND, this));
    }
}
