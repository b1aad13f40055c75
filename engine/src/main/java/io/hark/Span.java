package io.hark;

import io.hark.event.Finding;
import io.hark.schema.Stored;
import java.util.ArrayList;
import java.util.List;

/// When evidence happened, how often, and in which connections.
///
/// @param first the earliest, nanoseconds
/// @param last the latest, nanoseconds
/// @param count how often
/// @param uids connections, the first [Finding#MAX_UIDS]
public record Span(long first, long last, long count, List<String> uids) implements Stored {

    /// Nothing yet.
    public static final Span NONE = new Span(Long.MAX_VALUE, Long.MIN_VALUE, 0, List.of());

    /// With one more.
    ///
    /// @param ts when it happened
    /// @param uid the connection; empty for none
    public Span with(long ts, String uid) {
        return with(ts, ts, uid);
    }

    /// With one more that lasted.
    public Span with(long from, long until, String uid) {
        return with(from, until, uid, Finding.MAX_UIDS);
    }

    /// The same, of what will hardly ever be told: ids are most of what is kept of it.
    ///
    /// @param most connections that are kept
    public Span with(long from, long until, String uid, int most) {
        List<String> more = uids;
        boolean known = uid.isEmpty() || !uids.isEmpty() && uids.getLast().equals(uid);
        if (!known && uids.size() < most) {
            more = new ArrayList<>(uids);
            more.add(uid);
            more = List.copyOf(more);
        }
        return new Span(Math.min(first, from), Math.max(last, until), count + 1, more);
    }

    /// From first to last, seconds.
    public double seconds() {
        return count == 0 ? 0 : (last - first) / 1e9;
    }
}
