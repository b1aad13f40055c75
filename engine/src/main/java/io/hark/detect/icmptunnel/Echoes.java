package io.hark.detect.icmptunnel;

import io.hark.Gathering.Gathered;
import io.hark.Said;
import io.hark.Span;
import io.hark.event.IcmpEcho;

/// What two hosts echoed to each other.
///
/// @param requests echo requests
/// @param changed requests whose payload was not that of the one before
/// @param replies echo replies
/// @param altered replies that do not repeat their request
/// @param unasked replies to no request
/// @param bytes payload both ways
/// @param shortest the shortest payload
/// @param longest the longest payload
public record Echoes(
        long requests,
        long changed,
        long replies,
        long altered,
        long unasked,
        long bytes,
        int shortest,
        int longest,
        Span span,
        Said said)
        implements Gathered {

    static final Echoes NONE =
            new Echoes(0, 0, 0, 0, 0, 0, Integer.MAX_VALUE, 0, Span.NONE, Said.NOTHING);

    Echoes with(Said more) {
        return new Echoes(
                requests, changed, replies, altered, unasked, bytes, shortest, longest, span, more);
    }

    Echoes with(IcmpEcho echo) {
        Integer requestMin = echo.request_len_min();
        Integer requestMax = echo.request_len_max();
        Integer replyMin = echo.reply_len_min();
        Integer replyMax = echo.reply_len_max();
        return new Echoes(
                requests + echo.requests(),
                changed + echo.changed_requests(),
                replies + echo.replies(),
                altered + echo.altered_replies(),
                unasked + echo.unasked_replies(),
                bytes + echo.request_bytes() + echo.reply_bytes(),
                Math.min(
                        shortest,
                        Math.min(
                                requestMin == null ? Integer.MAX_VALUE : requestMin,
                                replyMin == null ? Integer.MAX_VALUE : replyMin)),
                Math.max(
                        longest,
                        Math.max(
                                requestMax == null ? 0 : requestMax,
                                replyMax == null ? 0 : replyMax)),
                span.with(echo.ts(), echo.ts() + echo.duration(), echo.uid()),
                said);
    }
}
