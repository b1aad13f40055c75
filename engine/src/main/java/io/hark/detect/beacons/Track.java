package io.hark.detect.beacons;

import io.hark.Said;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The beats of a pair that came back, bounded, and what else is known of it.
///
/// A beat is one long: microseconds since [Beats#first] (signed, 40 bits, six days) above the
/// originator's bytes (24 bits). The latest few are in `recent`, so that an event costs a small
/// copy; both arrays are sorted.
///
/// @param total beats ever, those that were dropped among them
/// @param last time of the latest beat, nanoseconds
/// @param recent 32 at most
/// @param older 256 with `recent` at most, the latest
/// @param resp who was called last
/// @param service what it speaks, as far as a parser knows
/// @param inside whether the originator is of the local networks
/// @param external whether the one called is outside of them
/// @param answered beats that were answered
/// @param origBytes sent in all
/// @param respBytes received in all
/// @param uids connections, 100 at most, 16 of a pair that was never told of: most never are, and
///   ids are larger than beats; that of the first beat is not kept
/// @param bounded what spoke for gaps within bounds among beats that are no longer kept, and the
///   last of those that are: added up each time as many came as are kept
/// @param judged value of `total` when it was last judged
/// @param judgement what was said last
public record Track(
        int total,
        long last,
        long[] recent,
        long[] older,
        Addr resp,
        @Nullable String service,
        boolean inside,
        boolean external,
        int answered,
        long origBytes,
        long respBytes,
        List<String> uids,
        double bounded,
        int judged,
        Said judgement)
        implements Stored {

    /// The most beats kept of a pair: 2 KB.
    static final int MAX_BEATS = 256;

    private static final int MAX_RECENT = 32;
    private static final int SIZE_BITS = 24;
    private static final int MAX_SIZE = (1 << SIZE_BITS) - 1;
    private static final long MAX_MICROS = 1L << 39;
    private static final int MAX_UIDS = 100;
    private static final int MAX_UIDS_UNTOLD = 16; // the finding at eight beats has all of its own

    static int capped(long size) {
        return (int) Math.max(0, Math.min(MAX_SIZE, size));
    }

    /// The packed form of a beat, or [Long#MIN_VALUE] if it lies too far from `first`.
    static long pack(long first, long ts, long size) {
        long micros = Math.floorDiv(ts - first, 1000);
        return micros <= -MAX_MICROS || micros >= MAX_MICROS
                ? Long.MIN_VALUE
                : micros << SIZE_BITS | capped(size);
    }

    /// The state with one more beat. A beat that is there already, and one more than six days
    /// before the first, change nothing.
    static Beats with(Beats state, Beat beat) {
        long packed = pack(state.first(), beat.ts(), beat.size());
        if (packed == Long.MIN_VALUE) {
            return beat.ts() < state.first() ? state : shifted(state, beat);
        }
        if (state.track().isEmpty()) {
            long first = state.size();
            if (packed == first) {
                return state;
            }
            long[] two = first < packed ? new long[] {first, packed} : new long[] {packed, first};
            boolean answered = beat.respBytes() > 0;
            Track track =
                    new Track(
                            2,
                            Math.max(state.first(), beat.ts()),
                            two,
                            NO_BEATS,
                            beat.resp(),
                            beat.service(),
                            beat.inside(),
                            beat.external(),
                            answered ? 2 : 0, // of the first it was not kept
                            beat.size() + state.size(),
                            beat.respBytes(),
                            List.of(beat.uid()),
                            0,
                            0,
                            Said.NOTHING);
            return new Beats(state.first(), state.size(), List.of(track));
        }
        Track track = state.track().getFirst();
        if (Arrays.binarySearch(track.recent, packed) >= 0
                || Arrays.binarySearch(track.older, packed) >= 0) {
            return state;
        }
        return new Beats(state.first(), state.size(), List.of(track.plus(packed, beat)));
    }

    private static final int MAX_SHOWN_GAPS = 60; // of the latest: what fits a few lines

    /// The latest gaps between beats, seconds, oldest first.
    String gaps() {
        long[] moments = micros();
        StringBuilder text = new StringBuilder();
        for (int i = Math.max(1, moments.length - MAX_SHOWN_GAPS); i < moments.length; i++) {
            text.append(text.isEmpty() ? "" : " ");
            text.append(String.format(Locale.ROOT, "%.1f", (moments[i] - moments[i - 1]) / 1e6));
        }
        return text.toString();
    }

    private static final long[] NO_BEATS = new long[0];

    private Track plus(long packed, Beat beat) {
        boolean full = recent.length == MAX_RECENT;
        List<String> more = uids;
        int most = judgement.revision() == 0 ? MAX_UIDS_UNTOLD : MAX_UIDS;
        if (uids.size() < most && !uids.getLast().equals(beat.uid())) {
            more = new ArrayList<>(uids);
            more.add(beat.uid());
            more = List.copyOf(more);
        }
        Track next =
                new Track(
                        total + 1,
                        Math.max(last, beat.ts()),
                        full ? new long[] {packed} : inserted(recent, packed),
                        full ? latest(merged(older, recent), MAX_BEATS - MAX_RECENT) : older,
                        beat.resp(),
                        beat.service() == null ? service : beat.service(),
                        beat.inside(),
                        beat.external(),
                        answered + (beat.respBytes() > 0 ? 1 : 0),
                        origBytes + beat.size(),
                        respBytes + beat.respBytes(),
                        more,
                        bounded,
                        judged,
                        judgement);
        return next.total % MAX_BEATS == 0 ? next.weighed() : next;
    }

    /// With what the beats kept say of bounds: they are others than the last time.
    private Track weighed() {
        double more = bounded + Rhythm.evidenceOfBounds(micros());
        return new Track(
                total, last, recent, older, resp, service, inside, external, answered, origBytes,
                respBytes, uids, more, judged, judgement);
    }

    /// Judged now.
    Track judged(Said said) {
        return new Track(
                total, last, recent, older, resp, service, inside, external, answered, origBytes,
                respBytes, uids, bounded, total, said);
    }

    /// All beats kept, in order.
    private long[] packed() {
        return merged(older, recent);
    }

    /// The moments of the beats, microseconds since the first.
    long[] micros() {
        long[] beats = packed();
        for (int i = 0; i < beats.length; i++) {
            beats[i] >>= SIZE_BITS;
        }
        return beats;
    }

    /// Their sizes, in bytes, ascending.
    long[] sizes() {
        long[] beats = packed();
        for (int i = 0; i < beats.length; i++) {
            beats[i] &= MAX_SIZE;
        }
        Arrays.sort(beats);
        return beats;
    }

    /// The same beats counted from a later first one, so that the new one fits: those far back are
    /// dropped.
    private static Beats shifted(Beats state, Beat beat) {
        Beats fresh = Beats.once(beat.ts(), beat.size());
        if (state.track().isEmpty()) {
            return fresh;
        }
        Track track = state.track().getFirst();
        long by = Math.floorDiv(beat.ts() - state.first(), 1000);
        long[] beats = track.packed();
        int kept = 0;
        for (long old : beats) {
            long micros = (old >> SIZE_BITS) - by;
            if (micros > -MAX_MICROS) {
                beats[kept++] = micros << SIZE_BITS | old & MAX_SIZE;
            }
        }
        Track moved =
                new Track(
                        track.total,
                        track.last,
                        NO_BEATS,
                        latest(Arrays.copyOf(beats, kept), MAX_BEATS - MAX_RECENT),
                        track.resp,
                        track.service,
                        track.inside,
                        track.external,
                        track.answered,
                        track.origBytes,
                        track.respBytes,
                        track.uids,
                        track.bounded,
                        track.judged,
                        track.judgement);
        return with(new Beats(beat.ts(), fresh.size(), List.of(moved)), beat);
    }

    private static long[] inserted(long[] sorted, long value) {
        int at = -1 - Arrays.binarySearch(sorted, value);
        long[] more = new long[sorted.length + 1];
        System.arraycopy(sorted, 0, more, 0, at);
        more[at] = value;
        System.arraycopy(sorted, at, more, at + 1, sorted.length - at);
        return more;
    }

    private static long[] merged(long[] a, long[] b) {
        long[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        if (a.length > 0 && b.length > 0 && a[a.length - 1] > b[0]) {
            Arrays.sort(all);
        }
        return all;
    }

    private static long[] latest(long[] sorted, int most) {
        return sorted.length <= most
                ? sorted
                : Arrays.copyOfRange(sorted, sorted.length - most, sorted.length);
    }

    /// One beat as an event tells it.
    record Beat(
            long ts,
            long size,
            long respBytes,
            String uid,
            Addr resp,
            @Nullable String service,
            boolean inside,
            boolean external) {}
}
