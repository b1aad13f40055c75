package io.hark.decode.covenant;

import io.hark.Contact;
import io.hark.Decoder;
import io.hark.Secret;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.bytes.Legible;
import io.hark.carry.Carried;
import io.hark.carry.HttpExchange;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import io.hark.schema.Stored;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Covenant's Grunt over HTTP.
///
/// *Shape*: an [Envelope] in a request's or an answer's body; a poll says its GUID, ten hex digits,
/// somewhere in its head. *Key*: the GUID. *Source*: cobbr/Covenant. What is in envelopes is not
/// verified by a real capture.
public final class Covenant implements Decoder<Covenant.Session> {

    private static final int GUID = 10; // hex digits, no more
    private static final List<String> LAYERS = List.of("tcp", "http", "base64", "json");
    private static final List<String> OPEN = List.of("tcp", "http", "base64", "json", "aes-cbc");

    /// What is known of one Grunt.
    ///
    /// @param tasks envelopes of the server
    /// @param replies envelopes of the Grunt
    /// @param closed those that nothing opened
    /// @param contact when and by what it was heard
    public record Session(long tasks, long replies, long closed, Contact contact)
            implements Stored {}

    @Override
    public String name() {
        return "covenant";
    }

    @Override
    public String about() {
        return "Covenant's Grunt over HTTP";
    }

    @Override
    public Info info() {
        return new Info(
                List.of("Covenant"),
                Set.of(Carrier.HTTP),
                Set.of(Secret.Kind.AES, Secret.Kind.BYTES),
                "Grunts, types and names of tasks, sizes",
                "what was asked and answered, with the session's AES key",
                false);
    }

    @Override
    public Class<Session> stateType() {
        return Session.class;
    }

    @Override
    public int taste(Tasting tasting) {
        if (!(tasting instanceof ExchangeSeen seen)) {
            return Verdict.NO;
        }
        HttpExchange exchange = seen.exchange();
        if (!seen.whole()) {
            boolean named =
                    exchange.method().equals("POST")
                            || holdsGuid(exchange.uri())
                            || holdsGuid(HttpExchange.header(exchange.requestHeaders(), "Cookie"));
            return named ? Verdict.MORE : Verdict.NO;
        }
        boolean mine =
                Envelope.in(exchange.requestBody()) != null
                        || Envelope.in(exchange.responseBody()) != null;
        return mine ? Verdict.YES : Verdict.NO;
    }

    private static boolean holdsGuid(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' || c >= 'a' && c <= 'f') {
                digits++;
            } else if (digits == GUID) {
                return true;
            } else {
                digits = 0;
            }
        }
        return digits == GUID;
    }

    @Override
    public void keys(Carried input, Keys sink) {
        if (input instanceof HttpExchange exchange) {
            Envelope asked = Envelope.in(exchange.requestBody());
            Envelope answered = Envelope.in(exchange.responseBody());
            if (asked != null) {
                sink.add(asked.guid());
            }
            if (answered != null && (asked == null || !asked.guid().equals(answered.guid()))) {
                sink.add(answered.guid());
            }
        }
    }

    @Override
    public @Nullable Session converse(Carried piece, @Nullable Session state, Conversation turn) {
        if (!(piece instanceof HttpExchange exchange)) {
            return state;
        }
        Session s = state == null ? new Session(0, 0, 0, Contact.of(null, piece)) : state;
        Envelope asked = Envelope.in(exchange.requestBody());
        Envelope answered = Envelope.in(exchange.responseBody());
        boolean brings = isHere(asked, turn);
        boolean takes = isHere(answered, turn);
        long closed = 0;
        if (asked != null && brings) {
            closed += said(asked, Speaker.IMPLANT, exchange, turn) ? 0 : 1;
        }
        if (answered != null && takes) {
            closed += said(answered, Speaker.OPERATOR, exchange, turn) ? 0 : 1;
        }
        return new Session(
                s.tasks + (takes ? 1 : 0),
                s.replies + (brings ? 1 : 0),
                s.closed + closed,
                Contact.of(s.contact, piece));
    }

    private static boolean isHere(@Nullable Envelope envelope, Conversation turn) {
        return envelope != null && envelope.guid().equals(turn.key().name());
    }

    /// Says one; answers whether it is open.
    private boolean said(
            Envelope envelope, Speaker side, HttpExchange exchange, Conversation turn) {
        Envelope.Opened opened = envelope.open(turn);
        String type =
                envelope.type() == 1
                        ? "tasking"
                        : envelope.type() == 0 ? "routing" : "type " + envelope.type();
        String what = "%s %s".formatted(type, envelope.meta()).strip();
        List<Fact> facts =
                List.of(
                        Fact.of("grunt", envelope.guid()),
                        Fact.of("envelope", type),
                        Fact.of("task", envelope.meta()),
                        Fact.of("bytes", envelope.sealed().length));
        Voice voice = Voice.of(this, turn, exchange).within(LAYERS);
        if (opened == null) {
            turn.undecoded(
                    Secret.Kind.AES,
                    "Grunt "
                            + envelope.guid()
                            + ": the session's AES key, 32 octets, opens it; it is in the memory of both ends");
            voice.say(
                    exchange.ts(),
                    side,
                    side == Speaker.OPERATOR ? Topic.CONTROL : Topic.BINARY,
                    what + ", " + envelope.sealed().length + " bytes, closed",
                    facts);
            return false;
        }
        turn.opened(opened.secret());
        voice.within(OPEN)
                .openedBy(opened.secret().name())
                .say(exchange.ts(), side, Topic.SHELL, Legible.of(opened.plain()), facts);
        return true;
    }

    @Override
    public void end(Session state, Turn<Message> turn) {
        double seconds = state.contact.seconds();
        state.contact
                .voice(this, turn, "tcp", "http")
                .say(
                        state.contact.last(),
                        Speaker.IMPLANT,
                        Topic.BEACON,
                        "%d envelopes of the server, %d of the Grunt in %.0f s; %d stay closed"
                                .formatted(state.tasks, state.replies, seconds, state.closed),
                        Fact.of("tasks", state.tasks),
                        Fact.of("replies", state.replies),
                        Fact.of("seconds", seconds),
                        Fact.of("closed_bodies", state.closed));
    }
}
