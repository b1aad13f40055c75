package io.hark.decode.tunnel;

import io.hark.event.Fact;
import io.hark.event.Message.Speaker;
import io.hark.schema.Stored;
import java.util.ArrayList;
import java.util.List;

/// How much a tunnel has carried.
///
/// @param units what is counted: packets, or runs of bytes
/// @param bytes of them
/// @param first when the first was on the wire; 0 for none
/// @param last when the last was
public record Traffic(
        long upUnits, long upBytes, long downUnits, long downBytes, long first, long last)
        implements Stored {

    static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0);

    /// With one more.
    Traffic and(Speaker side, long ts, int length) {
        boolean up = side == Speaker.IMPLANT;
        return new Traffic(
                upUnits + (up ? 1 : 0),
                upBytes + (up ? length : 0),
                downUnits + (up ? 0 : 1),
                downBytes + (up ? 0 : length),
                first == 0 ? ts : Math.min(first, ts),
                Math.max(last, ts));
    }

    boolean isNone() {
        return upUnits + downUnits == 0;
    }

    /// In words.
    ///
    /// @param unit what is counted, in the plural
    String text(String unit) {
        return "carried %d %s up (%d bytes) and %d down (%d bytes) in %.1f s"
                .formatted(upUnits, unit, upBytes, downUnits, downBytes, (last - first) / 1e9);
    }

    /// Its numbers.
    List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("up", upUnits));
        facts.add(Fact.of("up_bytes", upBytes));
        facts.add(Fact.of("down", downUnits));
        facts.add(Fact.of("down_bytes", downBytes));
        facts.add(Fact.of("seconds", (last - first) / 1e9));
        return facts;
    }
}
