package io.hark.decode.mythic;

import io.hark.Contact;
import io.hark.Decoder;
import io.hark.Secret;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.carry.Carried;
import io.hark.carry.HttpExchange;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import io.hark.format.web.Json;
import io.hark.schema.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Agents of Mythic over its http profile.
///
/// *Shape*: an [Envelope] each way; messages are JSON with an `action`: `checkin`, `get_tasking`,
/// `post_response`, `upload`. *Key*: the UUID in front; a check-in has the payload's, and what
/// follows the agent's. *Source*: docs.mythic-c2.net; no real capture verifies it.
public final class Mythic implements Decoder<Mythic.Session> {

    private static final int MAX_ITEMS = 256; // tasks or responses in one message
    private static final List<String> CLEAR = List.of("tcp", "http", "base64", "json");
    private static final List<String> SEALED = List.of("tcp", "http", "base64", "aes-cbc", "json");

    /// What is known of one agent.
    ///
    /// @param polls how often it asked for tasks
    /// @param messages both ways
    /// @param closed those that nothing opened
    /// @param contact when and by what it was heard
    public record Session(long polls, long messages, long closed, Contact contact)
            implements Stored {}

    @Override
    public String name() {
        return "mythic";
    }

    @Override
    public String about() {
        return "agents of Mythic over its http profile";
    }

    @Override
    public Info info() {
        return new Info(
                List.of("Mythic"),
                Set.of(Carrier.HTTP),
                Set.of(Secret.Kind.AES, Secret.Kind.BYTES),
                "agents and sizes; everything where messages are not encrypted",
                "tasks and answers, with the pre-shared AES key",
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
            boolean sends = exchange.method().equals("POST");
            return sends || Envelope.request(exchange) != null ? Verdict.MORE : Verdict.NO;
        }
        return Envelope.request(exchange) != null ? Verdict.YES : Verdict.NO;
    }

    @Override
    public void keys(Carried input, Keys sink) {
        Envelope asked = input instanceof HttpExchange exchange ? Envelope.request(exchange) : null;
        if (asked != null) {
            sink.add(asked.uuid());
        }
    }

    @Override
    public @Nullable Session converse(Carried piece, @Nullable Session state, Conversation turn) {
        Envelope asked = piece instanceof HttpExchange exchange ? Envelope.request(exchange) : null;
        if (!(piece instanceof HttpExchange exchange) || asked == null) {
            return state;
        }
        Session s = state == null ? new Session(0, 0, 0, Contact.of(null, piece)) : state;
        Envelope answered = Envelope.response(exchange);
        JsonNode request = said(asked, Speaker.IMPLANT, exchange, turn);
        JsonNode answer =
                answered == null ? null : said(answered, Speaker.OPERATOR, exchange, turn);
        boolean polled = request != null && Json.text(request, "action").equals("get_tasking");
        int closed = (request == null ? 1 : 0) + (answered != null && answer == null ? 1 : 0);
        return new Session(
                s.polls + (polled ? 1 : 0),
                s.messages + (answered == null ? 1 : 2),
                s.closed + closed,
                Contact.of(s.contact, piece));
    }

    /// Says what an envelope holds; null if nothing opens it.
    private @Nullable JsonNode said(
            Envelope envelope, Speaker side, HttpExchange exchange, Conversation turn) {
        JsonNode clear = envelope.json();
        Envelope.Opened opened = clear == null ? envelope.open(turn) : null;
        Voice voice = Voice.of(this, turn, exchange).within(CLEAR);
        if (opened != null) {
            turn.opened(opened.secret());
            voice = voice.within(SEALED).openedBy(opened.secret().name());
        }
        JsonNode message = opened == null ? clear : opened.message();
        if (message == null) {
            turn.undecoded(
                    Secret.Kind.AES,
                    "agent "
                            + envelope.uuid()
                            + ": the pre-shared AES key, 32 octets, of its payload opens it");
            return null;
        }
        say(message, side, exchange.ts(), voice);
        return message;
    }

    private static void say(JsonNode message, Speaker side, long ts, Voice voice) {
        String action = Json.text(message, "action");
        Fact fact = Fact.of("action", action);
        switch (action) {
            case "checkin" -> {
                List<Fact> facts = new ArrayList<>(List.of(fact));
                for (String name :
                        List.of(
                                "id",
                                "uuid",
                                "ips",
                                "os",
                                "user",
                                "host",
                                "pid",
                                "domain",
                                "architecture",
                                "process_name")) {
                    String value = Json.text(message, name);
                    if (!value.isEmpty()) {
                        facts.add(Fact.of(name, value));
                    }
                }
                String text =
                        side == Speaker.OPERATOR
                                ? "is " + Json.text(message, "id") + " from now on"
                                : "%s@%s %s pid %s"
                                        .formatted(
                                                Json.text(message, "user"),
                                                Json.text(message, "host"),
                                                Json.text(message, "os"),
                                                Json.text(message, "pid"));
                voice.say(
                        ts,
                        side,
                        side == Speaker.OPERATOR ? Topic.CONTROL : Topic.SYSINFO,
                        text,
                        facts);
            }
            case "get_tasking" -> {
                for (JsonNode task : items(message, "tasks")) {
                    String text =
                            (Json.text(task, "command") + " " + Json.text(task, "parameters"))
                                    .strip();
                    voice.say(
                            ts,
                            side,
                            Topic.SHELL,
                            text,
                            fact,
                            Fact.of("task", Json.text(task, "id")));
                }
            }
            case "post_response" -> {
                for (JsonNode answer : items(message, "responses")) {
                    String text = Json.text(answer, "user_output");
                    boolean told = side == Speaker.IMPLANT && !text.isEmpty();
                    if (told) {
                        voice.say(
                                ts,
                                side,
                                Topic.SHELL,
                                text,
                                fact,
                                Fact.of("task", Json.text(answer, "task_id")));
                    }
                }
            }
            default -> voice.say(ts, side, Topic.CONTROL, action, fact);
        }
    }

    private static List<JsonNode> items(JsonNode message, String member) {
        List<JsonNode> items = new ArrayList<>();
        JsonNode list = message.get(member);
        for (int i = 0;
                list != null && list.isArray() && i < Math.min(list.size(), MAX_ITEMS);
                i++) {
            items.add(list.get(i));
        }
        return items;
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
                        "%d messages in %.0f s, %d of them asked for tasks; %d stay closed"
                                .formatted(state.messages, seconds, state.polls, state.closed),
                        Fact.of("messages", state.messages),
                        Fact.of("polls", state.polls),
                        Fact.of("seconds", seconds),
                        Fact.of("closed_bodies", state.closed));
    }
}
