package io.hark.detect.transfers;

import io.hark.Gathering.Gathered;
import io.hark.Said;
import io.hark.Span;
import io.hark.schema.Addr;

/// What one host sent to one place outside within a day.
///
/// @param up bytes sent
/// @param down bytes received
/// @param largest the most sent in one connection
/// @param resp who was called last
/// @param service what it speaks, as far as a parser knows; empty for unknown
public record Amounts(
        long up, long down, long largest, Addr resp, String service, Span span, Said said)
        implements Gathered {

    static Amounts none(Addr resp) {
        return new Amounts(0, 0, 0, resp, "", Span.NONE, Said.NOTHING);
    }

    Amounts with(Said more) {
        return new Amounts(up, down, largest, resp, service, span, more);
    }

    /// Producer-consumer ratio: 1 for who only sends, -1 for who only receives.
    ///
    /// *Source*: Bullard, Gerth: PCR, a new flow metric (FloCon 2014).
    double ratio() {
        return up + down == 0 ? 0 : (double) (up - down) / (up + down);
    }
}
