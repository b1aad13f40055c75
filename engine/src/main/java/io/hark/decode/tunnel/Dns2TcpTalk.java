package io.hark.decode.tunnel;

import io.hark.Decoder.Conversation;
import io.hark.Voice;
import io.hark.carry.DnsTransaction;
import io.hark.carry.InnerBytes;
import io.hark.decode.tunnel.Dns2Tcp.Session;
import io.hark.decode.tunnel.Dns2Tcp.State;
import io.hark.event.Endpoints;
import io.hark.event.Fact;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One message of a dns2tcp tunnel being read.
final class Dns2TcpTalk {

    private static final int MAX_SESSIONS = 64; // clients at once; the eldest is forgotten
    private static final int MAX_TEXT = 256; // characters of a resource's name
    private static final String AUTH = "=auth";
    private static final String CONNECT = "=connect";
    private static final String RESOURCE = "=resource";
    private static final int CHALLENGE = 16;
    private static final int PROOF = 40;

    private final Conversation turn;
    private final List<Session> sessions;
    private Traffic traffic;
    private List<Place> last;

    Dns2TcpTalk(State state, Conversation turn) {
        this.turn = turn;
        this.sessions = new ArrayList<>(state.sessions());
        this.traffic = state.traffic();
        this.last = state.last();
    }

    State state() {
        return new State(List.copyOf(sessions), traffic, last);
    }

    /// A name: the proof of a key, or data of the client.
    void asked(DnsTransaction message, Dns2TcpPacket packet) {
        Session session = session(packet.session());
        if (session == null) {
            return; // it begins with an answer
        }
        if (packet.step().equals(AUTH) && packet.data().length == PROOF) {
            proof(message, session, packet.data());
        } else if (packet.step().isEmpty() && !session.resource().isEmpty()) {
            Queue.Piece piece =
                    new Queue.Piece(packet.sequence(), packet.type(), packet.data(), false);
            Queue up =
                    session.up().take(piece, due -> data(message, session, Side.ORIGINATOR, due));
            put(session.up(up));
        }
    }

    /// Records: the answer to a step, or data of the server.
    void answered(DnsTransaction message, Dns2TcpPacket asked, List<Dns2TcpPacket> packets) {
        if (packets.isEmpty()) {
            return;
        }
        Dns2TcpPacket first = packets.getFirst();
        if (asked.step().equals(AUTH) && first.data().length == CHALLENGE) {
            if (session(first.session()) == null) {
                put(Session.of(first.session(), first.data()));
            }
            return;
        }
        Session session = session(asked.session());
        if (session == null) {
            return;
        }
        if (asked.step().equals(CONNECT) && session.resource().isEmpty()) {
            connect(message, session, asked, first);
        } else if (asked.step().equals(RESOURCE) && !session.asked()) {
            put(session.hasAsked());
            List<String> names = packets.stream().map(one -> text(one.data())).toList();
            String text = "offers " + String.join(", ", names);
            say(message, session, Speaker.OPERATOR, Topic.PROXY, text, List.of());
        } else if (asked.step().isEmpty() && !session.resource().isEmpty()) {
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            packets.forEach(one -> data.writeBytes(one.data()));
            Queue.Piece piece =
                    new Queue.Piece(first.sequence(), first.type(), data.toByteArray(), false);
            Queue down =
                    session.down().take(piece, due -> data(message, session, Side.RESPONDER, due));
            put(session.down(down));
        }
    }

    private void proof(DnsTransaction message, Session session, byte[] data) {
        if (!session.secret().isEmpty()) {
            return;
        }
        String proof = new String(data, StandardCharsets.US_ASCII);
        String known = Passwords.dns2tcp(turn, session.challenge(), proof);
        if (known != null) {
            Session proved = session.secret(known);
            put(proved);
            String text = "its answer fits " + known;
            say(message, proved, Speaker.IMPLANT, Topic.KEY_EXCHANGE, text, List.of());
        }
    }

    private void connect(
            DnsTransaction message, Session session, Dns2TcpPacket asked, Dns2TcpPacket answer) {
        String resource = text(asked.data());
        List<Fact> facts =
                List.of(
                        Fact.of("domain", turn.key().name()),
                        Fact.of("resource", resource),
                        Fact.of("session", session.id()));
        if (answer.type() == Dns2TcpPacket.ERROR || resource.isEmpty()) {
            String text = "refuses " + resource + ": " + text(answer.data());
            say(message, session, Speaker.OPERATOR, Topic.PROXY, text, facts);
            return;
        }
        put(session.connected(resource, Place.of(message)));
        String text = "connects to what the server calls " + resource;
        say(message, session, Speaker.IMPLANT, Topic.TUNNEL_OPENED, text, facts);
    }

    private void data(DnsTransaction message, Session session, Side side, Queue.Piece piece) {
        boolean end = (piece.kind() & ~Dns2TcpPacket.ERROR & 0x7) == Dns2TcpPacket.DESAUTH;
        boolean data = (piece.kind() & Dns2TcpPacket.DATA) != 0 && piece.data().length > 0;
        if (session.by().isEmpty() || !end && !data) {
            return;
        }
        Endpoints by = session.by().getFirst().id();
        // what the resource's port is only the server knows
        Endpoints ends = new Endpoints(by.orig_h(), session.id(), by.resp_h(), 0);
        Place place = Place.of(message);
        last = List.of(place);
        byte[] octets = data ? piece.data() : new byte[0];
        if (data) {
            Speaker speaker = side == Side.ORIGINATOR ? Speaker.IMPLANT : Speaker.OPERATOR;
            traffic = traffic.and(speaker, place.ts(), octets.length);
        }
        turn.inner(new InnerBytes(place.ts(), ends, side, piece.skipped() ? 1 : 0, octets, end));
    }

    private void say(
            DnsTransaction message,
            Session session,
            Speaker side,
            Topic topic,
            String text,
            List<Fact> facts) {
        Place place = Place.of(message);
        last = List.of(place);
        Voice voice = place.voice(turn, Dns2Tcp.NAME, "udp", "dns", Dns2Tcp.NAME);
        voice.openedBy(session.secret().isEmpty() ? null : session.secret())
                .say(place.ts(), side, topic, text, facts);
    }

    private static String text(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1).replace("\0", "");
        return text.substring(0, Math.min(text.length(), MAX_TEXT));
    }

    private @Nullable Session session(int id) {
        return sessions.stream().filter(one -> one.id() == id).findFirst().orElse(null);
    }

    private void put(Session session) {
        sessions.removeIf(one -> one.id() == session.id());
        sessions.add(session);
        if (sessions.size() > MAX_SESSIONS) {
            sessions.removeFirst();
        }
    }
}
