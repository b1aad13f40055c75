package io.hark.decode.tunnel;

import io.hark.Decoder;
import io.hark.Secret;
import io.hark.Verdict;
import io.hark.carry.Carried;
import io.hark.carry.EchoPayload;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// ptunnel and ptunnel-ng: TCP connections in ICMP echoes.
///
/// *Key*: the session's number. The client asks, the proxy answers; the kernel of the proxy's host
/// answers as well, with what it was asked, which is left out. *Source*: ptunnel's documentation,
/// and recordings.
public final class Ptunnel implements Decoder<Ptunnel.Session> {

    static final String NAME = "ptunnel";
    private static final long MAX_CARRIED = 256L << 20; // as of iodine

    /// What is known of one session.
    ///
    /// @param destination whom the proxy connects to; null before that was told
    /// @param challenge what the client has to prove its password with; empty for none
    /// @param password the name of the secret that it proved; empty for none
    /// @param client its host, as first seen: of two taps one counts
    /// @param up the client's packets
    /// @param down the proxy's
    /// @param last where something was last said
    public record Session(
            boolean opened,
            @Nullable Addr destination,
            int port,
            byte[] challenge,
            String password,
            @Nullable Addr client,
            Queue up,
            Queue down,
            Traffic traffic,
            List<Place> last)
            implements Stored {

        static final Session NEW =
                new Session(
                        false,
                        null,
                        0,
                        new byte[0],
                        "",
                        null,
                        Queue.NEW,
                        Queue.NEW,
                        Traffic.NONE,
                        List.of());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "ptunnel and ptunnel-ng: TCP connections in ICMP echoes";
    }

    @Override
    public Info info() {
        Set<Secret.Kind> none = Set.of();
        return new Info(
                List.of("ptunnel", "ptunnel-ng"),
                Set.of(Carrier.ECHO),
                none,
                "everything: the connection inside is read as one of its own",
                "",
                true);
    }

    @Override
    public Class<Session> stateType() {
        return Session.class;
    }

    @Override
    public long maxCarried() {
        return MAX_CARRIED;
    }

    @Override
    public int taste(Tasting tasting) {
        if (!(tasting instanceof EchoSeen seen)) {
            return Verdict.NO;
        }
        int upper = seen.payload().peekU16(0);
        boolean may =
                upper == PtunnelHeader.PTUNNEL >>> 16 || upper == PtunnelHeader.PTUNNEL_NG >>> 16;
        return may && PtunnelHeader.of(seen.payload().toArray()) != null ? Verdict.YES : Verdict.NO;
    }

    @Override
    public void keys(Carried input, Keys sink) {
        if (input instanceof EchoPayload echo) {
            PtunnelHeader header = PtunnelHeader.of(echo.bytes());
            if (header != null) {
                sink.add("session " + header.session());
            }
        }
    }

    @Override
    public @Nullable Session converse(Carried piece, @Nullable Session state, Conversation turn) {
        PtunnelHeader header =
                piece instanceof EchoPayload echo ? PtunnelHeader.of(echo.bytes()) : null;
        if (header == null
                || !(piece instanceof EchoPayload echo)
                || header.fromClient() != echo.request()) {
            return state; // the kernel's answer with what it was asked
        }
        PtunnelTalk talk = new PtunnelTalk(state == null ? Session.NEW : state, turn);
        talk.take(echo, header);
        return talk.state();
    }

    @Override
    public void end(Session state, Turn<Message> turn) {
        if (state.opened() && !state.last().isEmpty()) {
            Place place = state.last().getFirst();
            place.voice(turn, NAME, "icmp")
                    .say(
                            place.ts(),
                            Speaker.UNKNOWN,
                            Topic.TUNNEL_CLOSED,
                            state.traffic().text("runs of bytes"),
                            state.traffic().facts());
        }
    }
}
