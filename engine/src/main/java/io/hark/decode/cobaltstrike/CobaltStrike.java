package io.hark.decode.cobaltstrike;

import io.hark.Contact;
import io.hark.Decoder;
import io.hark.Secret;
import io.hark.Verdict;
import io.hark.carry.Carried;
import io.hark.carry.HttpExchange;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import io.hark.schema.Stored;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Cobalt Strike's beacon over HTTP.
///
/// *Shape*: a poll carries metadata under the server's RSA key, the same octets every time; its
/// answer is empty, or tasks; a callback carries frames and the session's number. A malleable
/// profile decides where and in which coding: without one every place and coding is looked at
/// ([Places]), with one its own ([Program]). A stager's download holds the configuration, and with
/// it the profile, in the open ([Config]).
///
/// *Key*: the session's number, which metadata tells and callbacks repeat; of a poll that nothing
/// opens, its metadata.
///
/// *Source*: fox-it/dissect.cobaltstrike, DidierStevens/DidierStevensSuite. No real capture
/// verifies it.
public final class CobaltStrike implements Decoder<CobaltStrike.Session> {

    /// Polls with the same metadata after which a client is told of without a key.
    private static final int CONVINCED = 5;

    private static final int BLOCK = 16;

    /// What is known of one session.
    ///
    /// @param polls how often it asked
    /// @param callbacks frames it sent
    /// @param answers answers with tasks
    /// @param closed frames and answers that nothing opened
    /// @param odd polls that cannot be a beacon's
    /// @param told whether its metadata or configuration was told
    /// @param contact when and by what it was heard
    /// @param secret what opened it; empty if nothing
    public record Session(
            long polls,
            long callbacks,
            long answers,
            long closed,
            long odd,
            boolean told,
            Contact contact,
            String secret)
            implements Stored {}

    @Override
    public String name() {
        return "cobalt-strike";
    }

    @Override
    public String about() {
        return "Cobalt Strike's beacon over HTTP";
    }

    @Override
    public Info info() {
        return new Info(
                List.of("Cobalt Strike"),
                Set.of(Carrier.HTTP),
                Set.of(
                        Secret.Kind.RSA_PRIVATE,
                        Secret.Kind.AES,
                        Secret.Kind.BYTES,
                        Secret.Kind.PROFILE),
                "the configuration in a stager's download; sessions, polls, callbacks and their sizes",
                "host, user and process with the server's RSA key; tasks and callbacks with it, with aes_rand (bytes) or with"
                        + " AES and HMAC keys",
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
        boolean stager = Sighting.isStager(exchange.uri());
        if (!seen.whole()) {
            return stager || isNumbered(exchange) || Places.metadata(exchange) != null
                    ? Verdict.MORE
                    : Verdict.NO;
        }
        boolean mine =
                Places.metadata(exchange) != null
                        || isNumbered(exchange) && !Places.callback(exchange).isEmpty()
                        || stager && Sighting.config(exchange) != null;
        return mine ? Verdict.YES : Verdict.NO;
    }

    /// Whether it sends something under a session's number.
    private static boolean isNumbered(HttpExchange exchange) {
        boolean sends = exchange.method().equals("POST") || exchange.method().equals("PUT");
        return sends && !Places.id(exchange).isEmpty();
    }

    @Override
    public void keys(Carried input, Keys sink) {
        keys(input, _ -> List.of(), sink);
    }

    @Override
    public void keys(Carried input, Secrets secrets, Keys sink) {
        if (input instanceof HttpExchange exchange) {
            String session = Sighting.of(exchange, secrets).session();
            if (!session.isEmpty()) {
                sink.add(session);
            }
        }
    }

    @Override
    public @Nullable Session converse(Carried piece, @Nullable Session state, Conversation turn) {
        if (!(piece instanceof HttpExchange exchange)) {
            return state;
        }
        Session before =
                state == null
                        ? new Session(0, 0, 0, 0, 0, false, Contact.of(null, piece), "")
                        : state;
        return new BeaconTalk(this, exchange, turn, before).read();
    }

    /// Whether a poll cannot be a beacon's: what says it is a browser but does not ask as one is
    /// odd enough to be one; an answer is empty or whole blocks.
    static boolean isOdd(HttpExchange exchange) {
        List<String> asked = exchange.requestHeaders();
        String agent = HttpExchange.header(asked, "User-Agent").toLowerCase(Locale.ROOT);
        int answer = exchange.responseBody().length;
        return !agent.startsWith("mozilla/")
                || !HttpExchange.header(asked, "Accept-Language").isEmpty()
                || !HttpExchange.header(asked, "Accept-Encoding").isEmpty()
                || answer > 0 && (answer % BLOCK != 0 || answer < 3 * BLOCK);
    }

    @Override
    public void end(Session state, Turn<Message> turn) {
        boolean opened = !state.secret.isEmpty();
        boolean polls = state.polls >= CONVINCED && state.odd == 0;
        if (!opened && !polls && state.callbacks == 0) {
            return;
        }
        double seconds = state.contact.seconds();
        state.contact
                .voice(this, turn, "tcp", "http")
                .openedBy(opened ? state.secret : null)
                .say(
                        state.contact.last(),
                        Speaker.IMPLANT,
                        Topic.BEACON,
                        "polled %d times in %.0f s, got tasks %d times, sent %d frames; %d bodies stay closed"
                                .formatted(
                                        state.polls,
                                        seconds,
                                        state.answers,
                                        state.callbacks,
                                        state.closed),
                        Fact.of("polls", state.polls),
                        Fact.of("seconds", seconds),
                        Fact.of("answers", state.answers),
                        Fact.of("callbacks", state.callbacks),
                        Fact.of("closed_bodies", state.closed));
    }
}
