package io.hark.decode.tunnel;

import io.hark.schema.Stored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// One direction of a dnscat2 session, put in order by sequence numbers that count octets.
///
/// @param next the number that is due, of 16 bits; -1 before the first
/// @param waiting pieces behind it
/// @param unread octets in order that nobody has taken yet
/// @param passing how many of the coming octets nobody wants
/// @param missing how many octets were given up since it was last told
public record Dnscat2Stream(
        int next, List<Piece> waiting, byte[] unread, long passing, long missing)
        implements Stored {

    /// The most octets that wait to be read: more than any line or the part of a command that is
    /// kept.
    static final int MAX_UNREAD = 128 << 10;

    private static final int MAX_WAITING = 32; // pieces: it sends one and waits for its answer

    static final Dnscat2Stream NEW = new Dnscat2Stream(-1, List.of(), new byte[0], 0, 0);

    /// Octets from a number on.
    public record Piece(int number, byte[] data) implements Stored {}

    /// Where its numbers begin, as a SYN says; later ones say nothing new.
    Dnscat2Stream begin(int number) {
        return next >= 0 ? this : new Dnscat2Stream(number, waiting, unread, passing, missing);
    }

    /// With another piece. What was there before is dropped; what is missing is given up when
    /// [#MAX_WAITING] pieces wait behind it.
    Dnscat2Stream take(int number, byte[] data) {
        if (data.length == 0) {
            return begin(number);
        }
        int due = next < 0 ? number : next;
        List<Piece> pieces = new ArrayList<>(waiting);
        pieces.add(new Piece(number, data));
        int from = due;
        pieces.sort(Comparator.comparingInt(one -> (short) (one.number() - from)));
        Dnscat2Stream stream = new Dnscat2Stream(due, List.of(), unread, passing, missing);
        int first = pieces.getFirst().number();
        int gap = (short) (first - due);
        if (pieces.size() > MAX_WAITING && gap > 0) {
            stream = new Dnscat2Stream(first, List.of(), unread, passing, missing + gap);
        }
        while (!pieces.isEmpty() && (short) (pieces.getFirst().number() - stream.next) <= 0) {
            stream = stream.append(pieces.removeFirst());
        }
        return new Dnscat2Stream(
                stream.next, List.copyOf(pieces), stream.unread, stream.passing, stream.missing);
    }

    private Dnscat2Stream append(Piece piece) {
        int known = (short) (next - piece.number());
        int fresh = piece.data().length - known;
        if (fresh <= 0) {
            return this;
        }
        int pass = (int) Math.min(passing, fresh);
        int room = Math.min(fresh - pass, MAX_UNREAD - unread.length);
        byte[] more = Arrays.copyOf(unread, unread.length + room);
        System.arraycopy(piece.data(), known + pass, more, unread.length, room);
        int lost = fresh - pass - room;
        return new Dnscat2Stream(
                next + fresh & 0xffff, List.of(), more, passing - pass, missing + lost);
    }

    /// Without the first `octets` that are unread, and without as many of the coming as `pass`.
    Dnscat2Stream drop(int octets, long pass) {
        byte[] rest = Arrays.copyOfRange(unread, octets, unread.length);
        return new Dnscat2Stream(next, waiting, rest, passing + pass, missing);
    }

    /// The same once it was told that octets are missing.
    Dnscat2Stream toldMissing() {
        return new Dnscat2Stream(next, waiting, unread, passing, 0);
    }
}
