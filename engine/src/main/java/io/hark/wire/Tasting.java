package io.hark.wire;

import io.hark.Decoder;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.carry.Datagram;
import io.hark.carry.StreamPiece;
import io.hark.event.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows the beginning of one connection to the decoders that may be after it, and carries up what
/// is theirs.
///
/// What was shown is kept until all have said yes or no, [Decoder#MAX_TASTE] a side at most, so
/// that who says yes gets the whole.
///
/// *Thread*: the worker that owns the connection.
final class Tasting {

    private static final int MAX_PIECES =
            64; // kept while undecided; who cannot tell by then says no

    private record Carrying(Decoder<?> decoder, long[] state) {}

    private static final int SEQUENCE = 0;
    private static final int CARRIED = 1;

    private final Engine engine;
    private final Talk talk;
    private final Decoder.Carrier carrier;
    private final List<Decoder<?>> undecided;
    private List<Carrying> carrying = List.of(); // made when one says yes
    private final Pending[] heads = new Pending[2];
    private final long[] offsets = new long[2];
    private int[] pieces = {}; // length, negative for the responder's
    private long[] times = {}; // when each of them was on the wire
    private int pieceCount;

    private Tasting(Engine engine, Talk talk, Decoder.Carrier carrier, List<Decoder<?>> decoders) {
        this.engine = engine;
        this.talk = talk;
        this.carrier = carrier;
        this.undecided = new ArrayList<>(decoders);
        heads[0] = new Pending(engine.blocks);
        heads[1] = new Pending(engine.blocks);
    }

    /// A tasting, or null where nobody is after such streams.
    static @Nullable Tasting of(Engine engine, Talk talk, Decoder.Carrier carrier) {
        List<Decoder<?>> decoders = engine.tasters.of(carrier);
        return decoders.isEmpty() ? null : new Tasting(engine, talk, carrier, decoders);
    }

    /// A datagram's connection that the decoder claimed.
    static Tasting ofDatagrams(Engine engine, Talk talk, Decoder<?> decoder) {
        Tasting tasting = new Tasting(engine, talk, Decoder.Carrier.DATAGRAM, List.of());
        tasting.carry(decoder);
        return tasting;
    }

    private Carrying carry(Decoder<?> decoder) {
        Carrying one = new Carrying(decoder, new long[2]);
        carrying = carrying.isEmpty() ? new ArrayList<>(1) : carrying;
        carrying.add(one);
        return one;
    }

    /// Whether nobody is after the connection any more.
    boolean isOver() {
        return undecided.isEmpty() && carrying.isEmpty();
    }

    /// Gives way to a parser, unless a decoder has claimed the connection.
    boolean givesWay() {
        if (carrying.isEmpty()) {
            drop();
        }
        return carrying.isEmpty();
    }

    /// The first bytes of both sides, in the order they came: what was kept of the other side, and
    /// what `side` says.
    ///
    /// @param heard when they came
    void both(
            Heard heard, @Nullable Direction other, Side side, byte[] memory, int at, int length) {
        int[] given = new int[2];
        for (int i = 0; i < heard.count(); i++) {
            Side speaker = heard.side(i);
            int from = given[speaker.ordinal()];
            if (speaker == side) {
                data(heard.time(i), side, memory, at + from, heard.length(i));
            } else if (other != null && other.isPending()) {
                Pending kept = other.pending();
                data(heard.time(i), speaker, kept.memory(), kept.at() + from, heard.length(i));
            }
            given[speaker.ordinal()] = from + heard.length(i);
        }
        int rest = given[side.other().ordinal()];
        if (other != null && other.isPending() && other.pending().length() > rest) {
            Pending kept = other.pending();
            data(side.other(), kept.memory(), kept.at() + rest, kept.length() - rest);
        }
        int mine = given[side.ordinal()];
        if (length > mine) {
            data(side, memory, at + mine, length - mine);
        }
    }

    /// The next bytes of a stream.
    void data(Side side, byte[] memory, int at, int length) {
        data(engine.now(), side, memory, at, length);
    }

    private void data(long ts, Side side, byte[] memory, int at, int length) {
        for (int i = 0; i < carrying.size(); i++) {
            carry(carrying.get(i), ts, side, offsets[side.ordinal()], memory, at, length);
        }
        offsets[side.ordinal()] += length;
        if (undecided.isEmpty() || (pieceCount == 0 && isNobodys(side, memory, at, length))) {
            return;
        }
        Pending head = heads[side.ordinal()];
        int room = Decoder.MAX_TASTE - head.length();
        boolean full = length > room || pieceCount == MAX_PIECES - 1;
        head.append(memory, at, length); // one that overflows too: who says yes to it gets all
        note(ts, side == Side.ORIGINATOR ? length : -length);
        taste(full);
        if (full) {
            settle();
        }
    }

    /// Shows the first piece where it lies: most streams are refused by it, and need no copy.
    private boolean isNobodys(Side side, byte[] memory, int at, int length) {
        Bytes orig = engine.tasteOriginator;
        Bytes resp = engine.tasteResponder;
        orig.wrap(memory, at, side == Side.ORIGINATOR ? length : 0);
        resp.wrap(memory, at, side == Side.RESPONDER ? length : 0);
        Decoder.StreamStart start = new Decoder.StreamStart(talk.id(), side, 1, orig, resp, false);
        for (int i = 0; i < undecided.size(); i++) {
            if (undecided.get(i).taste(start) == Verdict.NO) {
                undecided.remove(i--);
            }
        }
        return undecided.isEmpty();
    }

    private void note(long ts, int piece) {
        if (pieceCount == pieces.length) {
            int larger = Math.max(4, pieceCount * 2);
            pieces = Arrays.copyOf(pieces, larger);
            times = Arrays.copyOf(times, larger);
        }
        times[pieceCount] = ts;
        pieces[pieceCount++] = piece;
    }

    private void taste(boolean over) {
        Decoder.StreamStart start =
                new Decoder.StreamStart(
                        talk.id(),
                        pieces[0] > 0 ? Side.ORIGINATOR : Side.RESPONDER,
                        pieceCount,
                        head(0),
                        head(1),
                        over);
        for (int i = 0; i < undecided.size(); i++) {
            Decoder<?> decoder = undecided.get(i);
            int verdict = decoder.taste(start);
            if (verdict == Verdict.MORE) {
                continue;
            }
            undecided.remove(i--);
            if (verdict > Verdict.MORE) {
                begin(decoder);
            }
        }
        if (undecided.isEmpty()) {
            settle();
        }
    }

    private Bytes head(int side) {
        Pending head = heads[side];
        Bytes cursor = side == 0 ? engine.tasteOriginator : engine.tasteResponder;
        return head.length() == 0
                ? cursor.wrap(new byte[0], 0, 0)
                : cursor.wrap(head.memory(), head.at(), head.length());
    }

    /// Carries what was kept to a decoder that said yes.
    private void begin(Decoder<?> decoder) {
        Carrying to = carry(decoder);
        talk.connection.known.isClaimed |= carrier == Decoder.Carrier.TLS;
        long[] at = {offsets[0] - heads[0].length(), offsets[1] - heads[1].length()};
        int[] read = new int[2];
        for (int i = 0; i < pieceCount; i++) {
            int side = pieces[i] > 0 ? 0 : 1;
            int length = Math.abs(pieces[i]);
            carry(
                    to,
                    times[i],
                    side == 0 ? Side.ORIGINATOR : Side.RESPONDER,
                    at[side],
                    heads[side].memory(),
                    heads[side].at() + read[side],
                    length);
            at[side] += length;
            read[side] += length;
        }
    }

    /// All have decided, or time is up: what was kept is not needed any more.
    private void settle() {
        undecided.clear();
        heads[0].clear();
        heads[1].clear();
        pieceCount = 0;
    }

    private void carry(
            Carrying to, long ts, Side side, long offset, byte[] memory, int at, int length) {
        long[] state = to.state;
        if (state[CARRIED] + length > to.decoder.maxCarried()) {
            engine.shedPiece();
            return;
        }
        state[CARRIED] += length;
        byte[] bytes = new byte[length];
        System.arraycopy(memory, at, bytes, 0, length);
        engine.carry(
                carrier == Decoder.Carrier.DATAGRAM
                        ? new Datagram(
                                ts,
                                talk.uid(),
                                talk.id(),
                                to.decoder.name(),
                                state[SEQUENCE]++,
                                side,
                                bytes)
                        : new StreamPiece(
                                ts,
                                talk.uid(),
                                talk.id(),
                                to.decoder.name(),
                                state[SEQUENCE]++,
                                side,
                                offset,
                                bytes,
                                0,
                                false));
    }

    /// Bytes of a stream are missing.
    void gap(Side side, long length) {
        if (!undecided.isEmpty()) {
            settle(); // a taste with a hole in it tells nothing
        }
        long offset = offsets[side.ordinal()];
        offsets[side.ordinal()] += length;
        for (Carrying to : carrying) {
            engine.carry(
                    new StreamPiece(
                            engine.now(),
                            talk.uid(),
                            talk.id(),
                            to.decoder.name(),
                            to.state[SEQUENCE]++,
                            side,
                            offset,
                            new byte[0],
                            length,
                            false));
        }
    }

    /// A stream ended.
    void end(Side side) {
        for (Carrying to : carrying) {
            engine.carry(
                    new StreamPiece(
                            engine.now(),
                            talk.uid(),
                            talk.id(),
                            to.decoder.name(),
                            to.state[SEQUENCE]++,
                            side,
                            offsets[side.ordinal()],
                            new byte[0],
                            0,
                            true));
        }
    }

    /// One datagram.
    void datagram(Side side, byte[] memory, int at, int length) {
        for (int i = 0; i < carrying.size(); i++) {
            carry(carrying.get(i), engine.now(), side, 0, memory, at, length);
        }
    }

    /// The connection is over: who was undecided may tell now.
    void close() {
        if (!undecided.isEmpty() && pieceCount > 0) {
            taste(true);
        }
        drop();
    }

    void drop() {
        settle();
    }
}
