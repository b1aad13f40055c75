package io.hark.decode.caldera;

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
import io.hark.format.web.Field;
import io.hark.format.web.Json;
import io.hark.schema.Stored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Caldera's Sandcat agent over HTTP.
///
/// *Shape*: `POST` with base64 of JSON: a profile, or `{paw, results[{id, output, pid, status}]}`.
/// The answer is base64 of JSON `{paw, sleep, watchdog, instructions}`, where `instructions` is a
/// string of JSON: a list of strings of JSON, one an instruction, whose `command` is base64 again.
/// Ragdoll asks by `GET` with the profile as a query, and its answer hides in a page.
///
/// Payloads come by `POST /file/download` with the headers `file` and `platform`.
///
/// *Key*: the agent's `paw`. The first check-in has none; its answer gives it. So one agent is one
/// conversation over any number of connections and servers. *Source*: mitre/caldera and
/// mitre/sandcat, and a recorded operation.
public final class Sandcat implements Decoder<Sandcat.Session> {

    private static final int MAX_COMMANDS = 64; // an agent has one or two at a time
    private static final int MAX_COMMAND =
            4096; // characters kept of a command, to stand beside its result
    private static final int MAX_ITEMS = 256; // instructions or results in one exchange
    private static final int MAX_PAW = 64; // characters of a key

    private static final Pattern WORDS = Pattern.compile("[^A-Za-z0-9+/=]+");

    private static final List<String> BODY = List.of("tcp", "http", "base64");
    private static final List<String> COMMAND =
            List.of("tcp", "http", "base64", "json", "json", "base64");
    private static final List<String> RESULT = List.of("tcp", "http", "base64", "json", "base64");
    private static final List<String> FILE = List.of("tcp", "http");

    /// What is known of one agent.
    ///
    /// @param profile its last profile, so that it is told when it changes
    /// @param commands commands whose results have not come
    /// @param checkIns how often it asked
    /// @param first when it first did
    /// @param last when it last did
    /// @param told what a message needs that is made at the end
    public record Session(
            String profile,
            List<Command> commands,
            long checkIns,
            long first,
            long last,
            List<HttpExchange> told)
            implements Stored {

        static final Session NEW = new Session("", List.of(), 0, 0, 0, List.of());
    }

    /// A command that was sent.
    public record Command(String id, String text) implements Stored {}

    @Override
    public String name() {
        return "sandcat";
    }

    @Override
    public String about() {
        return "MITRE Caldera's agents Sandcat and Ragdoll over HTTP";
    }

    @Override
    public Info info() {
        Set<Secret.Kind> none = Set.of();
        return new Info(
                List.of("Caldera Sandcat", "Caldera Ragdoll"),
                Set.of(Carrier.HTTP),
                none,
                "everything",
                "",
                true);
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
        boolean page = isPage(exchange);
        if (!page && !exchange.method().equals("POST")) {
            return Verdict.NO;
        } else if (isPayload(exchange)) {
            return Verdict.YES;
        } else if (!seen.whole()) {
            return !page || request(exchange) != null ? Verdict.MORE : Verdict.NO;
        }
        return request(exchange) != null ? Verdict.YES : Verdict.NO;
    }

    @Override
    public void keys(Carried input, Keys sink) {
        if (input instanceof HttpExchange exchange) {
            sink.add(key(exchange));
        }
    }

    private static String key(HttpExchange exchange) {
        JsonNode request = request(exchange);
        JsonNode answer = answer(exchange);
        String paw = request == null ? "" : Json.text(request, "paw");
        if (paw.isEmpty() && answer != null) {
            paw = Json.text(answer, "paw");
        }
        if (paw.isEmpty()) {
            paw = HttpExchange.header(exchange.requestHeaders(), "paw");
        }
        return paw.isEmpty() ? exchange.uid() : paw.substring(0, Math.min(paw.length(), MAX_PAW));
    }

    @Override
    public @Nullable Session converse(Carried piece, @Nullable Session state, Conversation turn) {
        if (!(piece instanceof HttpExchange exchange)) {
            return state;
        }
        Session session = state == null ? Session.NEW : state;
        if (isPayload(exchange)) {
            payload(exchange, turn);
            return session;
        }
        JsonNode request = request(exchange);
        if (request != null) {
            session = session(session, exchange, request, turn);
        }
        JsonNode answer = answer(exchange);
        return answer == null ? session : instructions(session, exchange, answer, turn);
    }

    // ---- what the agent says

    private Session session(
            Session old, HttpExchange exchange, JsonNode request, Conversation turn) {
        String told = old.profile;
        List<Command> waiting = new ArrayList<>(old.commands);
        if (Profile.isProfile(request)) {
            Profile profile = Profile.of(request);
            if (!profile.text().equals(told)) {
                say(
                        exchange,
                        turn,
                        Speaker.IMPLANT,
                        Topic.SYSINFO,
                        profile.text(),
                        profile.facts(),
                        BODY);
                told = profile.text();
            }
        }
        JsonNode results = request.get("results");
        for (int i = 0; results != null && i < Math.min(results.size(), MAX_ITEMS); i++) {
            result(exchange, results.get(i), waiting, turn);
        }
        HttpExchange head = head(exchange);
        return new Session(
                told,
                List.copyOf(waiting),
                old.checkIns + 1,
                old.checkIns == 0 ? exchange.ts() : old.first,
                exchange.ts(),
                List.of(head));
    }

    private void result(
            HttpExchange exchange, JsonNode result, List<Command> waiting, Conversation turn) {
        String id = Json.text(result, "id");
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("id", id));
        for (Command command : List.copyOf(waiting)) {
            if (command.id.equals(id)) {
                facts.add(Fact.of("command", command.text));
                waiting.remove(command);
            }
        }
        for (String member : List.of("pid", "status", "exit_code")) {
            String value = Json.text(result, member);
            if (!value.isEmpty()) {
                facts.add(Fact.of(member, value));
            }
        }
        String error = Json.unwrapped(Json.text(result, "stderr"));
        if (!error.isEmpty()) {
            facts.add(Fact.of("stderr", error));
        }
        String output = Json.unwrapped(Json.text(result, "output")).stripTrailing();
        say(exchange, turn, Speaker.IMPLANT, Topic.SHELL, output, facts, RESULT);
    }

    // ---- what the operator says

    private Session instructions(
            Session old, HttpExchange exchange, JsonNode answer, Conversation turn) {
        JsonNode list = Json.array(Json.text(answer, "instructions"));
        List<Command> waiting = new ArrayList<>(old.commands);
        for (int i = 0; list != null && i < Math.min(list.size(), MAX_ITEMS); i++) {
            JsonNode item = list.get(i);
            JsonNode instruction =
                    item.isObject() ? item : Json.object(item.isValueNode() ? item.asString() : "");
            if (instruction == null) {
                continue;
            }
            String command = Json.unwrapped(Json.text(instruction, "command"));
            String id = Json.text(instruction, "id");
            List<Fact> facts = new ArrayList<>();
            facts.add(Fact.of("id", id));
            for (String member : List.of("executor", "timeout", "sleep")) {
                String value = Json.text(instruction, member);
                if (!value.isEmpty()) {
                    facts.add(Fact.of(member, value));
                }
            }
            for (String member : List.of("payloads", "uploads")) {
                JsonNode files = instruction.get(member);
                if (files != null && files.isArray() && !files.isEmpty()) {
                    facts.add(Fact.of(member, files.toString()));
                }
            }
            say(exchange, turn, Speaker.OPERATOR, Topic.SHELL, command, facts, COMMAND);
            if (waiting.size() == MAX_COMMANDS) {
                waiting.removeFirst();
            }
            waiting.add(
                    new Command(id, command.substring(0, Math.min(command.length(), MAX_COMMAND))));
        }
        return new Session(
                old.profile, List.copyOf(waiting), old.checkIns, old.first, old.last, old.told);
    }

    private void payload(HttpExchange exchange, Conversation turn) {
        String file = HttpExchange.header(exchange.requestHeaders(), "file");
        List<Fact> facts =
                List.of(
                        Fact.of("file", file),
                        Fact.of(
                                "platform",
                                HttpExchange.header(exchange.requestHeaders(), "platform")),
                        Fact.of("bytes", exchange.responseBody().length),
                        Fact.of("status", exchange.status()));
        String text = "%s, %d bytes".formatted(file, exchange.responseBody().length);
        Voice.of(this, turn, exchange)
                .within(FILE)
                .verified(false)
                .say(exchange.ts(), Speaker.OPERATOR, Topic.FILE_PUT, text, facts);
    }

    @Override
    public void end(Session state, Turn<Message> turn) {
        if (state.told.isEmpty()) {
            return;
        }
        HttpExchange last = state.told.getFirst();
        double seconds = (state.last - state.first) / 1e9;
        String text = "checked in %d times in %.0f s".formatted(state.checkIns, seconds);
        List<Fact> facts =
                List.of(Fact.of("check_ins", state.checkIns), Fact.of("seconds", seconds));
        say(last, turn, Speaker.IMPLANT, Topic.BEACON, text, facts, BODY);
    }

    private void say(
            HttpExchange from,
            Turn<Message> turn,
            Speaker side,
            Topic topic,
            String text,
            List<Fact> facts,
            List<String> layers) {
        boolean page = isPage(from);
        Voice.of(this, turn, from)
                .ofFamily(page ? "ragdoll" : name())
                .verified(!page) // nobody has recorded one
                .within(layers)
                .say(from.ts(), side, topic, text, facts);
    }

    // ---- reading

    private static boolean isPayload(HttpExchange exchange) {
        return exchange.method().equals("POST")
                && exchange.uri().endsWith("/file/download")
                && !HttpExchange.header(exchange.requestHeaders(), "file").isEmpty()
                && !HttpExchange.header(exchange.requestHeaders(), "platform").isEmpty();
    }

    /// The request's JSON if it is an agent's: a profile, or results under a paw.
    private static @Nullable JsonNode request(HttpExchange exchange) {
        JsonNode body = isPage(exchange) ? profile(exchange) : body(exchange.requestBody());
        boolean mine =
                body != null && body.has("paw") && (Profile.isProfile(body) || body.has("results"));
        return mine ? body : null;
    }

    /// Whether it is the exchange of an agent that asks for pages: Ragdoll.
    private static boolean isPage(HttpExchange exchange) {
        return exchange.method().equals("GET") && exchange.uri().contains("profile=");
    }

    private static @Nullable JsonNode profile(HttpExchange exchange) {
        for (Field field : Field.query(exchange.uri())) {
            if (field.name().equals("profile")) {
                return body(field.value().replace(' ', '+').getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return null;
    }

    private static @Nullable JsonNode answer(HttpExchange exchange) {
        JsonNode body = body(exchange.responseBody());
        body = body == null ? hidden(exchange.responseBody()) : body;
        return body != null && body.has("paw") && body.has("instructions") ? body : null;
    }

    /// The base64 that a page hides, or null: the longest word of its letters.
    private static @Nullable JsonNode hidden(byte[] page) {
        String text = new String(page, StandardCharsets.ISO_8859_1);
        String longest =
                WORDS.splitAsStream(text).max(Comparator.comparingInt(String::length)).orElse("");
        return body(longest.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static @Nullable JsonNode body(byte[] octets) {
        byte[] json = Json.base64(new String(octets, StandardCharsets.ISO_8859_1));
        return json == null ? null : Json.object(new String(json, StandardCharsets.UTF_8));
    }

    /// The exchange without its bodies.
    private static HttpExchange head(HttpExchange e) {
        byte[] none = {};
        return new HttpExchange(
                e.ts(),
                e.uid(),
                e.id(),
                e.decoder(),
                e.sequence(),
                e.method(),
                e.uri(),
                List.of(),
                none,
                e.status(),
                List.of(),
                none,
                e.whole());
    }
}
