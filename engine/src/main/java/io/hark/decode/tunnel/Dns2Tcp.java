package io.hark.decode.tunnel;

import io.hark.Decoder;
import io.hark.Secret;
import io.hark.Verdict;
import io.hark.carry.Carried;
import io.hark.carry.DnsTransaction;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import io.hark.schema.Stored;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// dns2tcp: TCP connections in DNS names and `TXT` or `KEY` records.
///
/// *Key*: the tunnel's domain. *Source*: dns2tcp's documentation, and recordings.
public final class Dns2Tcp implements Decoder<Dns2Tcp.State> {

    static final String NAME = "dns2tcp";
    private static final long MAX_CARRIED = 256L << 20; // as of iodine

    /// What is known of one domain.
    ///
    /// @param sessions clients that came, the last ones
    public record State(List<Session> sessions, Traffic traffic, List<Place> last)
            implements Stored {
        static final State NEW = new State(List.of(), Traffic.NONE, List.of());
    }

    /// One client's session.
    ///
    /// @param id as the server gave it
    /// @param challenge what the client proves its key with; empty for none
    /// @param secret the name of the secret that it proved; empty for none
    /// @param asked whether it has asked what there is to connect to
    /// @param resource what it connected to; empty before
    /// @param by where it connected, after whose ends the made-up connection is named
    /// @param up the client's pieces
    /// @param down the server's
    public record Session(
            int id,
            byte[] challenge,
            String secret,
            boolean asked,
            String resource,
            List<Place> by,
            Queue up,
            Queue down)
            implements Stored {

        static Session of(int id, byte[] challenge) {
            return new Session(id, challenge, "", false, "", List.of(), Queue.NEW, Queue.NEW);
        }

        Session secret(String name) {
            return new Session(id, challenge, name, asked, resource, by, up, down);
        }

        Session hasAsked() {
            return new Session(id, challenge, secret, true, resource, by, up, down);
        }

        /// Sequence numbers begin at 1.
        Session connected(String to, Place place) {
            Queue first = new Queue(1, List.of());
            return new Session(id, challenge, secret, asked, to, List.of(place), first, first);
        }

        Session up(Queue queue) {
            return new Session(id, challenge, secret, asked, resource, by, queue, down);
        }

        Session down(Queue queue) {
            return new Session(id, challenge, secret, asked, resource, by, up, queue);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "dns2tcp: TCP connections in DNS names and records";
    }

    @Override
    public Info info() {
        Set<Secret.Kind> none = Set.of();
        return new Info(
                List.of("dns2tcp"),
                Set.of(Carrier.DNS),
                none,
                "everything: the connections inside are read as ones of their own",
                "",
                true);
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public long maxCarried() {
        return MAX_CARRIED;
    }

    @Override
    public int taste(Tasting tasting) {
        boolean mine =
                tasting instanceof DnsSeen seen
                        && Dns2TcpPacket.isItsType(seen.message().qtype())
                        && Dns2TcpPacket.asked(seen.message()) != null;
        return mine ? Verdict.YES : Verdict.NO;
    }

    @Override
    public void keys(Carried input, Keys sink) {
        if (input instanceof DnsTransaction message) {
            Dns2TcpPacket packet = Dns2TcpPacket.asked(message);
            if (packet != null) {
                sink.add(packet.domain());
            }
        }
    }

    @Override
    public @Nullable State converse(Carried piece, @Nullable State state, Conversation turn) {
        if (!(piece instanceof DnsTransaction message)) {
            return state;
        }
        Dns2TcpPacket asked = Dns2TcpPacket.asked(message);
        if (asked == null) {
            return state;
        }
        Dns2TcpTalk talk = new Dns2TcpTalk(state == null ? State.NEW : state, turn);
        if (message.answered()) {
            talk.answered(message, asked, Dns2TcpPacket.answers(message));
        } else {
            talk.asked(message, asked);
        }
        return talk.state();
    }

    @Override
    public void end(State state, Turn<Message> turn) {
        if (!state.traffic().isNone() && !state.last().isEmpty()) {
            Place place = state.last().getFirst();
            place.voice(turn, NAME, "udp", "dns", NAME)
                    .say(
                            place.ts(),
                            Speaker.UNKNOWN,
                            Topic.TUNNEL_CLOSED,
                            state.traffic().text("runs of bytes"),
                            state.traffic().facts());
        }
    }
}
