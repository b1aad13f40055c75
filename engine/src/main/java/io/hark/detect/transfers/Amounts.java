package io.hark.detect.transfers;

import io.hark.Gathering.Gathered;
import io.hark.Said;
import io.hark.Span;
import io.hark.schema.Addr;
import java.util.Arrays;

/// What one host sent to one place outside within a day.
///
/// @param up bytes sent
/// @param down bytes received
/// @param largest the most sent in one connection
/// @param resp who was called last
/// @param service what it speaks, as far as a parser knows; empty for unknown
/// @param days bytes sent in the days before, the last [#MAX_DAYS] of those with traffic
public record Amounts(
        long up,
        long down,
        long largest,
        Addr resp,
        String service,
        long[] days,
        Span span,
        Said said)
        implements Gathered {

    private static final int MAX_DAYS = 7;
    private static final int HABIT = 3; // times that make one
    private static final long[] NONE = new long[0];

    static Amounts none(Addr resp) {
        return new Amounts(0, 0, 0, resp, "", NONE, Span.NONE, Said.NOTHING);
    }

    Amounts with(Said more) {
        return new Amounts(up, down, largest, resp, service, days, span, more);
    }

    /// The beginning of another day.
    Amounts nextDay(Said said) {
        int keep = Math.min(days.length, MAX_DAYS - 1);
        long[] more = Arrays.copyOfRange(days, days.length - keep, days.length + 1);
        more[keep] = up;
        return new Amounts(0, 0, 0, resp, service, more, Span.NONE, said);
    }

    /// On how many days before about as much was sent: half of it at least.
    long alike() {
        return Arrays.stream(days).filter(day -> 2 * day >= up).count();
    }

    /// Whether it is what this host does on other days, too.
    boolean isHabit() {
        return alike() >= HABIT;
    }

    /// Producer-consumer ratio: 1 for who only sends, -1 for who only receives.
    ///
    /// *Source*: Bullard, Gerth: PCR, a new flow metric (FloCon 2014).
    double ratio() {
        return up + down == 0 ? 0 : (double) (up - down) / (up + down);
    }
}
