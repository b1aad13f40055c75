package io.hark.lake;

import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.schema.About;
import io.hark.schema.Addr;
import io.hark.schema.Named;
import io.hark.schema.Stored;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An event with a column of every type and unit, there and absent.
@Named(value = "everything", about = "one of each")
public record Everything(
        @About(value = "when", unit = Unit.TIME) long ts,
        @About(value = "when seen", unit = Unit.TIME) long seen,
        @About(value = "when else", unit = Unit.TIME) @Nullable Long time,
        @About("which row") long row,
        @About(value = "an `odd` name", name = "odd \"name\".of ä") int odd,
        @Nullable Long number,
        @Nullable Integer small,
        @About(value = "how long", unit = Unit.DURATION) @Nullable Long duration,
        @About(value = "card", unit = Unit.MAC) @Nullable Long mac,
        double real,
        @Nullable Double realOrNot,
        boolean flag,
        @Nullable Boolean flagOrNot,
        String text,
        @Nullable String textOrNot,
        Colour colour,
        Addr addr,
        @Nullable Addr addrOrNot,
        byte[] bytes,
        byte @Nullable [] bytesOrNot,
        long[] numbers,
        @About(value = "gaps", unit = Unit.DURATION) long @Nullable [] gaps,
        @About(value = "cards", unit = Unit.MAC) long @Nullable [] macs,
        List<String> texts,
        @Nullable List<String> textsOrNot,
        List<Addr> addrs,
        List<Part> parts,
        @Nullable List<Part> partsOrNot,
        Endpoints id)
        implements Event {

    /// A choice.
    public enum Colour {
        RED,
        GREEN
    }

    /// A record in a list, with lists of its own.
    public record Part(
            String name,
            @Nullable Double number,
            @About(value = "when", unit = Unit.TIME) @Nullable Long time,
            @Nullable List<String> words,
            long[] numbers,
            @Nullable Boolean flag,
            @Nullable List<Piece> pieces)
            implements Stored {}

    /// A record in a list in a list.
    public record Piece(@Nullable Addr addr, List<String> words) implements Stored {}
}
