package io.hark.decode.caldera;

import io.hark.Decoder;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.carry.Carried;
import io.hark.carry.Datagram;
import io.hark.carry.StreamPiece;
import io.hark.event.Endpoints;
import io.hark.event.Message;
import io.hark.format.web.Json;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Caldera's Manx agent over TCP and UDP.
///
/// *Shape*, TCP: the agent sends its profile in JSON, the server a `paw` and a line end; then
/// single spaces from the server are heartbeats, a line is a command, and the agent answers with
/// JSON `{pwd, response, status}`. UDP: the agent sends its profile with the port it listens on as
/// `callback`; the server answers `roger`, or a command, from a socket of its own to that port.
///
/// *Key*: of TCP the connection; of UDP the agent's address and the port it listens on, which the
/// beacon says and the answer is sent to, so that both flows meet. *Source*: mitre/manx
/// (`shells/sockets`), and a recorded operation over TCP.
public final class Manx implements Decoder<Manx.Session> {

    /// What is known of one agent.
    ///
    /// @param profile its last profile
    /// @param paw its name
    /// @param agent octets of the agent's that make no JSON yet
    /// @param server octets of the server's that make no line yet
    /// @param serverTs when the first of them was sent
    /// @param command the last command
    /// @param heartbeats how often the server said over TCP that it is there
    /// @param implant the side the agent is on: `originator`, `responder`, or empty before it is
    ///   known
    /// @param proto `tcp` or `udp`
    /// @param uid the last connection
    /// @param id its endpoints
    /// @param last when something was last said
    public record Session(
            String profile,
            String paw,
            byte[] agent,
            byte[] server,
            long serverTs,
            String command,
            long heartbeats,
            String implant,
            String proto,
            String uid,
            Endpoints id,
            long last)
            implements Stored {

        static final Session NEW =
                new Session(
                        "",
                        "",
                        new byte[0],
                        new byte[0],
                        0,
                        "",
                        0,
                        "",
                        "",
                        "",
                        new Endpoints(Addr.v4(0), 0, Addr.v4(0), 0),
                        0);
    }

    @Override
    public String name() {
        return "manx";
    }

    @Override
    public String about() {
        return "MITRE Caldera's Manx agent over TCP and UDP";
    }

    @Override
    public Info info() {
        return new Info(
                List.of("Caldera Manx"),
                Set.of(Carrier.STREAM, Carrier.DATAGRAM),
                Set.of(),
                "everything",
                "",
                true);
    }

    @Override
    public Class<Session> stateType() {
        return Session.class;
    }

    // ---- taste

    @Override
    public int taste(Tasting tasting) {
        return switch (tasting) {
            case StreamStart start -> taste(start);
            case DatagramSeen seen -> taste(seen);
            default -> Verdict.NO;
        };
    }

    private static int taste(StreamStart start) {
        if (isAgent(start.originator()) || isAgent(start.responder())) {
            return Verdict.YES;
        }
        boolean mayBe = mayBeAgent(start.originator()) && onlySpaces(start.responder());
        return mayBe && start.originator().length() < 2048 ? Verdict.MORE : Verdict.NO;
    }

    private static int taste(DatagramSeen seen) {
        if (isAgent(seen.payload())) {
            return Verdict.YES;
        }
        return seen.payload().length() == 5 && seen.payload().looksAt(0, "roger")
                ? Verdict.YES
                : Verdict.NO;
    }

    /// Whether these bytes are an agent's profile or its answer to a command.
    private static boolean isAgent(Bytes bytes) {
        if (bytes.peek(0) != '{') {
            return false;
        }
        String start = bytes.ascii(0, 2048);
        boolean profile =
                start.contains("\"architecture\"")
                        && start.contains("\"exe_name\"")
                        && start.contains("\"executors\"")
                        && start.contains("\"platform\"")
                        && start.contains("\"ppid\"");
        return profile
                || (start.contains("\"pwd\"")
                        && start.contains("\"response\"")
                        && start.contains("\"status\""));
    }

    private static boolean mayBeAgent(Bytes bytes) {
        return bytes.length() == 0 || bytes.peek(0) == '{' || onlySpaces(bytes);
    }

    private static boolean onlySpaces(Bytes bytes) {
        for (int i = 0; i < Math.min(bytes.length(), 64); i++) {
            if (bytes.peek(i) != ' ' && bytes.peek(i) != '\n') {
                return false;
            }
        }
        return bytes.length() <= 64;
    }

    // ---- keys

    @Override
    public void keys(Carried input, Keys sink) {
        if (input instanceof Datagram datagram) {
            JsonNode profile = Json.object(new String(datagram.bytes(), StandardCharsets.UTF_8));
            String callback = profile == null ? "" : Json.text(profile, "callback");
            Endpoints id = datagram.id();
            boolean known = !callback.isEmpty() && callback.length() <= 5;
            sink.add(
                    known
                            ? id.host(datagram.side()) + ":" + callback
                            : id.resp_h() + ":" + id.resp_p());
        } else {
            sink.add(input.uid());
        }
    }

    // ---- conversation

    @Override
    public @Nullable Session converse(Carried piece, @Nullable Session state, Conversation turn) {
        ManxTalk talk = new ManxTalk(state == null ? Session.NEW : state, name(), turn);
        switch (piece) {
            case Datagram datagram -> talk.datagram(datagram);
            case StreamPiece run -> talk.run(run);
            default -> {} // it tastes nothing else
        }
        return talk.session();
    }

    @Override
    public void end(Session state, Turn<Message> turn) {
        new ManxTalk(state, name(), turn).end();
    }
}
