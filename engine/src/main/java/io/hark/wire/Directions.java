package io.hark.wire;

import io.hark.event.Side;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Both directions of a connection that is read, each made when its side says something, and which
/// of them is at hand.
///
/// *Thread*: the worker that owns the connection.
final class Directions {

    private final Blocks blocks;
    private @Nullable Direction originator;
    private @Nullable Direction responder;

    /// Whose bytes are read.
    Side atHand = Side.ORIGINATOR;

    Directions(Blocks blocks) {
        this.blocks = blocks;
    }

    /// The direction of that side.
    Direction of(Side side) {
        Direction known = spoken(side);
        if (known == null) {
            known = new Direction(side, blocks);
            if (side == Side.ORIGINATOR) {
                originator = known;
            } else {
                responder = known;
            }
        }
        return known;
    }

    /// The direction of that side if it has said something, or lost something.
    @Nullable Direction spoken(Side side) {
        return side == Side.ORIGINATOR ? originator : responder;
    }

    /// Does that with those that there are.
    void each(Consumer<Direction> what) {
        if (originator != null) {
            what.accept(originator);
        }
        if (responder != null) {
            what.accept(responder);
        }
    }

    /// Whether that side has said a part of a message.
    boolean isPending(Side side) {
        Direction way = spoken(side);
        return way != null && way.isPending();
    }

    /// Whether that side's stream has ended.
    boolean hasEnded(Side side) {
        Direction way = spoken(side);
        return way != null && way.ended;
    }

    /// Reads what the next segment will need; the value means nothing.
    long touch() {
        return (originator == null ? 0 : originator.stream.next)
                + (responder == null ? 0 : responder.stream.next);
    }
}
