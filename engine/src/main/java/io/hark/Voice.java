package io.hark;

import io.hark.carry.Carried;
import io.hark.carry.StreamPiece;
import io.hark.carry.frame.FrameReader;
import io.hark.event.Endpoints;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the messages of one conversation: what is the same in all of them is said once.
///
/// For example, `Voice.of(this, turn, piece, "tcp").say(ts, Speaker.OPERATOR, Topic.SHELL,
/// "whoami")`.
///
/// *Thread*: that of the turn; not to be kept beyond it.
///
/// @param turn where they go
/// @param decoder who read them
/// @param family the program that talks
/// @param verified whether real captures verify the decoder for this kind of traffic
/// @param uid the connection they came by
/// @param id its endpoints
/// @param layers what they were wrapped in, outermost first
/// @param secret name of the secret that opened them, or null
/// @param operator which end of the connection the operator is at; null where that is not known
public record Voice(
        Keyed.Turn<Message> turn,
        String decoder,
        String family,
        boolean verified,
        String uid,
        Endpoints id,
        List<String> layers,
        @Nullable String secret,
        @Nullable Side operator) {

    /// Speaks of an implant that calls its operator, as most do.
    public Voice(
            Keyed.Turn<Message> turn,
            String decoder,
            String family,
            boolean verified,
            String uid,
            Endpoints id,
            List<String> layers,
            @Nullable String secret) {
        this(turn, decoder, family, verified, uid, id, layers, secret, Side.RESPONDER);
    }

    /// Keeps its own copy of the layers.
    public Voice {
        layers = List.copyOf(layers);
    }

    /// Speaks of what came by `from`; the family is named as the decoder is.
    public static Voice of(
            Decoder<?> decoder, Keyed.Turn<Message> turn, Carried from, String... layers) {
        return of(decoder, turn, from.uid(), from.id(), layers);
    }

    /// Speaks of what came by a connection; the family is named as the decoder is.
    public static Voice of(
            Decoder<?> decoder,
            Keyed.Turn<Message> turn,
            String uid,
            Endpoints id,
            String... layers) {
        return new Voice(
                turn,
                decoder.name(),
                decoder.name(),
                decoder.info().verified(),
                uid,
                id,
                List.of(layers),
                null);
    }

    /// The same for another family.
    public Voice ofFamily(String other) {
        return new Voice(turn, decoder, other, verified, uid, id, layers, secret, operator);
    }

    /// The same for what was wrapped in other layers.
    public Voice within(List<String> others) {
        return new Voice(turn, decoder, family, verified, uid, id, others, secret, operator);
    }

    /// The same for traffic of a kind that no real capture verifies, or that one does.
    public Voice verified(boolean now) {
        return new Voice(turn, decoder, family, now, uid, id, layers, secret, operator);
    }

    /// The same for what a secret of that name opened; null for what none was needed for.
    public Voice openedBy(@Nullable String name) {
        return new Voice(turn, decoder, family, verified, uid, id, layers, name, operator);
    }

    /// The same where the operator is at that end of the connection; null where that is not known.
    public Voice operatorAt(@Nullable Side end) {
        return new Voice(turn, decoder, family, verified, uid, id, layers, secret, end);
    }

    /// Says something.
    ///
    /// @param ts when it was sent
    public void say(long ts, Speaker side, Topic topic, String text, Fact... facts) {
        say(ts, side, topic, text, List.of(facts));
    }

    /// Says something.
    ///
    /// @param ts when it was sent
    public void say(long ts, Speaker side, Topic topic, String text, List<Fact> facts) {
        turn.emit(
                new Message(
                        ts,
                        turn.now(),
                        turn.key().name(),
                        family,
                        decoder,
                        verified,
                        side,
                        operator,
                        topic.type(),
                        topic.subtype(),
                        text,
                        List.copyOf(facts),
                        uid,
                        id,
                        layers,
                        secret));
    }

    /// Says that bytes of `side` are missing.
    ///
    /// @param ts when that was seen
    public void gap(long ts, Speaker side, long missing) {
        String text = missing + " bytes are missing here";
        say(ts, side, Topic.GAP, text, Fact.of("missing", missing));
    }

    /// Says what of a piece of a stream could not be read: bytes that are missing, and what is no
    /// frame.
    public void unread(StreamPiece piece, Speaker side, FrameReader reader) {
        if (piece.gap() > 0) {
            gap(piece.ts(), side, piece.gap());
        }
        String trouble = reader.trouble();
        if (trouble != null) {
            say(piece.ts(), side, Topic.BINARY, "not read: " + trouble);
        }
    }
}
