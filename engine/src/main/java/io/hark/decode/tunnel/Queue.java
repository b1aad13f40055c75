package io.hark.decode.tunnel;

import io.hark.schema.Stored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// Numbered pieces of one direction on their way into order. What was there before is dropped; what
/// is missing is given up when [#MAX_WAITING] pieces wait behind it.
///
/// @param next the number that is due, of 16 bits; -1 before the first
/// @param waiting pieces behind it
public record Queue(int next, List<Piece> waiting) implements Stored {

    /// The most pieces that wait: the windows of such tunnels are 64 pieces.
    static final int MAX_WAITING = 64;

    static final Queue NEW = new Queue(-1, List.of());

    /// One piece.
    ///
    /// @param kind what the tunnel calls it
    /// @param skipped whether pieces before it are missing
    public record Piece(int number, int kind, byte[] data, boolean skipped) implements Stored {}

    /// Takes a piece; gives out those that are due now.
    Queue take(Piece piece, Consumer<Piece> due) {
        int due16 = next < 0 ? piece.number() : next;
        if (ahead(piece, due16) < 0
                || waiting.stream().anyMatch(one -> one.number() == piece.number())) {
            return this;
        }
        List<Piece> pieces = new ArrayList<>(waiting);
        pieces.add(piece);
        int from = due16;
        pieces.sort(Comparator.comparingInt(one -> ahead(one, from)));
        boolean skips = pieces.size() > MAX_WAITING;
        int now = skips ? pieces.getFirst().number() : due16;
        while (!pieces.isEmpty() && pieces.getFirst().number() == now) {
            Piece one = pieces.removeFirst();
            due.accept(skips ? new Piece(one.number(), one.kind(), one.data(), true) : one);
            skips = false;
            now = now + 1 & 0xffff;
        }
        return new Queue(now, List.copyOf(pieces));
    }

    /// How far a piece lies ahead of a number, around the end of 16 bits.
    private static int ahead(Piece piece, int number) {
        return (short) (piece.number() - number);
    }
}
