package io.hark.wire;

import io.hark.Decoder;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// The search for who reads a stream: candidates are probed with the first bytes of each side until
/// one is certain, all but guesses are out, or nothing more will come.
///
/// *Thread*: the worker that owns the connection.
final class Search {

    private final Engine engine;
    private final Talk talk;
    private @Nullable Probing probing;
    private final Heard heard = new Heard();
    private @Nullable Side late; // who has not spoken yet where nobody knew the other's words

    Search(Engine engine, Talk talk) {
        this.engine = engine;
        this.talk = talk;
    }

    /// Shows the first bytes to the candidates; answers how many are used up.
    int probe(Side side, byte[] memory, int at, int length) {
        Probing left = probing == null ? probing(memory, at) : probing;
        boolean enough = length >= StreamParser.MAX_PROBE;
        left.ask(head(memory, at, length), side);
        if (left.isEmpty(enough)) {
            giveUp(side, memory, at, length);
            return length;
        }
        StreamParser claimant = left.claim(enough);
        if (claimant != null) {
            talk.claim(claimant);
            return talk.replay(heard, side, memory, at, length);
        }
        probing = left;
        heard.note(side, length, engine.now());
        return 0;
    }

    private Probing probing(byte[] memory, int at) {
        return new Probing(engine.candidates.streams(memory, at));
    }

    private Bytes head(byte[] memory, int at, int length) {
        return talk.cursors.head.wrap(memory, at, Math.min(length, StreamParser.MAX_PROBE));
    }

    /// What one side said first told nothing; the other may still tell, if nobody else is after it.
    void alsoSays(Side side, byte[] memory, int at, int length) {
        if (side != late) {
            return;
        }
        talk.search = null;
        Probing all = probing(memory, at);
        all.ask(head(memory, at, length), side);
        StreamParser claimant = all.certain();
        Tasting before = talk.tasting;
        if (claimant != null && (before == null || before.givesWay())) {
            talk.tasting = null;
            talk.claim(claimant);
            Tasting tasting = talk.tasting;
            if (tasting != null) {
                tasting.data(side, memory, at, length);
                talk.dropTasting();
            }
        }
    }

    /// No parser knows the stream: decoders may taste it.
    private void giveUp(Side side, byte[] memory, int at, int length) {
        talk.decided = true;
        talk.search = null;
        Tasting fresh =
                talk.connection.known.isClaimed
                        ? null
                        : Tasting.of(engine, talk, Decoder.Carrier.STREAM);
        Direction other = talk.directions.spoken(side.other());
        if (fresh != null) {
            fresh.both(heard, other, side, memory, at, length);
        }
        talk.tasting = fresh == null || fresh.isOver() ? null : fresh;
        if (other == null || !other.isPending()) {
            probing = null;
            late = side.other();
            talk.search = this;
        } else {
            other.forget();
        }
    }

    /// Nothing more will come: who only guessed gets what was kept for want of certainty, and where
    /// nobody did, the decoders do.
    void settle() {
        Probing left = probing;
        Side first = talk.firstSpeaker;
        if (talk.decided || left == null || first == null) {
            return;
        }
        Side side = talk.directions.isPending(first) ? first : first.other();
        if (!talk.directions.isPending(side)) {
            return;
        }
        Pending kept = talk.directions.of(side).pending();
        StreamParser claimant = left.claim(true);
        if (claimant == null) {
            giveUp(side, kept.memory(), kept.at(), kept.length());
            return;
        }
        talk.claim(claimant);
        int used = talk.replay(heard, side, kept.memory(), kept.at(), kept.length());
        kept.consume(Math.min(used, kept.length()));
        talk.directions.each(talk::tellEnd);
    }
}
