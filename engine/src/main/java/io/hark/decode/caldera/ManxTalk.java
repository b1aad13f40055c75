package io.hark.decode.caldera;

import io.hark.Keyed;
import io.hark.Voice;
import io.hark.carry.Datagram;
import io.hark.carry.StreamPiece;
import io.hark.event.Endpoints;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import io.hark.format.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// One step of a conversation with a Manx agent.
///
/// *Thread*: one owner, for the length of one call: made from a state, asked for the next.
final class ManxTalk {

    /// The most octets of one answer of the agent: what one command printed.
    static final int MAX_JSON = 1 << 18;

    /// The most octets of a command.
    static final int MAX_LINE = 1 << 14;

    private static final int MAX_PAW = 16; // characters; Caldera's have six

    private final Keyed.Turn<Message> turn;
    private final String decoder;
    private String profile;
    private String paw;
    private byte[] agent;
    private byte[] server;
    private long serverTs;
    private String command;
    private long heartbeats;
    private String implant;
    private Side operator;
    private String proto;
    private String uid;
    private Endpoints id;
    private long last;

    ManxTalk(Manx.Session s, String decoder, Keyed.Turn<Message> turn) {
        this.turn = turn;
        this.decoder = decoder;
        profile = s.profile();
        paw = s.paw();
        agent = s.agent();
        server = s.server();
        serverTs = s.serverTs();
        command = s.command();
        heartbeats = s.heartbeats();
        implant = s.implant();
        operator = implant.equals("responder") ? Side.ORIGINATOR : Side.RESPONDER;
        proto = s.proto();
        uid = s.uid();
        id = s.id();
        last = s.last();
    }

    Manx.Session session() {
        return new Manx.Session(
                profile,
                paw,
                agent,
                server,
                serverTs,
                command,
                heartbeats,
                implant,
                proto,
                uid,
                id,
                last);
    }

    // ---- UDP

    void datagram(Datagram datagram) {
        here("udp", datagram.uid(), datagram.id(), datagram.ts());
        String text = new String(datagram.bytes(), StandardCharsets.UTF_8);
        JsonNode object = Json.object(text);
        boolean fromAgent = object != null && (Profile.isProfile(object) || object.has("response"));
        spoken(datagram.side(), fromAgent);
        if (object != null && fromAgent) {
            fromAgent(datagram.ts(), object);
        } else if (text.equals("roger")) {
            say(datagram.ts(), Speaker.OPERATOR, Topic.KEEPALIVE, text, List.of());
        } else {
            command(datagram.ts(), text.strip());
        }
    }

    // ---- TCP

    void run(StreamPiece run) {
        here("tcp", run.uid(), run.id(), run.ts());
        String side = run.side() == Side.ORIGINATOR ? "originator" : "responder";
        boolean opens = run.bytes().length > 0 && run.bytes()[0] == '{';
        if (implant.isEmpty() && opens) {
            implant = side;
        }
        boolean fromAgent =
                implant.isEmpty() ? run.side() == Side.ORIGINATOR : implant.equals(side);
        spoken(run.side(), fromAgent);
        if (run.gap() > 0) {
            Speaker speaker = fromAgent ? Speaker.IMPLANT : Speaker.OPERATOR;
            agent = fromAgent ? new byte[0] : agent;
            server = fromAgent ? server : new byte[0];
            String text = run.gap() + " bytes are missing here";
            say(run.ts(), speaker, Topic.GAP, text, List.of(Fact.of("missing", run.gap())));
        }
        if (fromAgent) {
            agent = objects(run.ts(), join(agent, run.bytes()));
        } else {
            server = lines(run.ts(), join(server, run.bytes()));
        }
    }

    /// Reads whole JSON objects; answers what is left.
    private byte[] objects(long ts, byte[] octets) {
        int at = 0;
        while (true) {
            while (at < octets.length && octets[at] != '{') {
                at++;
            }
            int end = endOfObject(octets, at);
            if (end < 0) {
                break;
            }
            JsonNode object = Json.object(new String(octets, at, end - at, StandardCharsets.UTF_8));
            if (object != null) {
                fromAgent(ts, object);
            }
            at = end;
        }
        return octets.length - at > MAX_JSON
                ? new byte[0]
                : Arrays.copyOfRange(octets, at, octets.length);
    }

    /// The place behind the object that begins at `from`, or -1.
    private static int endOfObject(byte[] octets, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < octets.length; i++) {
            byte octet = octets[i];
            if (quoted) {
                i += octet == '\\' ? 1 : 0;
                quoted = octet != '"';
            } else if (octet == '"') {
                quoted = true;
            } else if (octet == '{') {
                depth++;
            } else if (octet == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    /// Reads whole lines of the server's; answers what is left.
    private byte[] lines(long ts, byte[] octets) {
        int from = 0;
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '\n') {
                String line = new String(octets, from, i - from, StandardCharsets.UTF_8);
                fromServer(serverTs == 0 ? ts : serverTs, line.strip());
                from = i + 1;
                serverTs = 0;
            } else if (octets[i] == ' ' && i == from) {
                heartbeats++;
                from = i + 1;
            } else if (serverTs == 0) {
                serverTs = ts;
            }
        }
        return octets.length - from > MAX_LINE
                ? new byte[0]
                : Arrays.copyOfRange(octets, from, octets.length);
    }

    private void fromServer(long ts, String line) {
        if (line.isEmpty()) {
            return;
        }
        boolean named = paw.isEmpty() && !profile.isEmpty() && command.isEmpty() && isPaw(line);
        if (named) {
            paw = line;
            say(ts, Speaker.OPERATOR, Topic.BEACON, line, List.of(Fact.of("paw", line)));
        } else {
            command(ts, line);
        }
    }

    private static boolean isPaw(String line) {
        return line.length() <= MAX_PAW && line.chars().allMatch(Character::isLetterOrDigit);
    }

    // ---- both

    private void fromAgent(long ts, JsonNode object) {
        if (Profile.isProfile(object)) {
            Profile told = Profile.of(object);
            if (told.text().equals(profile)) {
                say(ts, Speaker.IMPLANT, Topic.BEACON, "beacon", List.of());
            } else {
                profile = told.text();
                paw = told.paw();
                say(ts, Speaker.IMPLANT, Topic.SYSINFO, told.text(), told.facts());
            }
        } else if (object.has("response")) {
            List<Fact> facts = new ArrayList<>();
            if (!command.isEmpty()) {
                facts.add(Fact.of("command", command));
            }
            for (String member : List.of("pwd", "status", "agent_time")) {
                String value = Json.text(object, member);
                if (!value.isEmpty()) {
                    facts.add(Fact.of(member, value));
                }
            }
            say(
                    ts,
                    Speaker.IMPLANT,
                    Topic.SHELL,
                    Json.text(object, "response").stripTrailing(),
                    facts);
        }
    }

    private void command(long ts, String text) {
        command = text;
        say(ts, Speaker.OPERATOR, Topic.SHELL, text, List.of());
    }

    /// The conversation is over: how often the server said over TCP that it is there.
    void end() {
        if (heartbeats > 0) {
            say(
                    last,
                    Speaker.OPERATOR,
                    Topic.KEEPALIVE,
                    heartbeats + " heartbeats",
                    List.of(Fact.of("heartbeats", heartbeats)));
        }
    }

    private void spoken(Side by, boolean fromAgent) {
        operator = fromAgent ? by.other() : by;
    }

    private void here(String newProto, String newUid, Endpoints newId, long ts) {
        proto = newProto;
        uid = newUid;
        id = newId;
        last = ts;
    }

    private void say(long ts, Speaker side, Topic topic, String text, List<Fact> facts) {
        List<Fact> all = new ArrayList<>(facts);
        if (!paw.isEmpty() && all.stream().noneMatch(fact -> fact.name().equals("paw"))) {
            all.add(Fact.of("paw", paw));
        }
        new Voice(turn, decoder, "manx", proto.equals("tcp"), uid, id, layers(side), null, operator)
                .say(ts, side, topic, text, all);
    }

    private List<String> layers(Speaker side) {
        return side == Speaker.IMPLANT ? List.of(proto, "json") : List.of(proto);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
