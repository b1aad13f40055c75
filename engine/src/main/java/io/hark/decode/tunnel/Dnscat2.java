package io.hark.decode.tunnel;

import io.hark.Decoder;
import io.hark.Secret;
import io.hark.Verdict;
import io.hark.carry.Carried;
import io.hark.carry.DnsTransaction;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// dnscat2: consoles, shells and commands in DNS names and records, in the open or sealed.
///
/// *Key*: the tunnel's domain and the session's id. *Source*: dnscat2's `doc/protocol.md` and
/// `doc/command_protocol.md`, and recordings; of command sessions there is none.
public final class Dnscat2 implements Decoder<Dnscat2Session> {

    static final String NAME = "dnscat2";
    private static final long MAX_CARRIED = 256L << 20; // as of iodine

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "dnscat2: consoles, shells and commands in DNS names and records";
    }

    @Override
    public Info info() {
        return new Info(
                List.of("dnscat2"),
                Set.of(Carrier.DNS),
                Set.of(Secret.Kind.BYTES),
                "everything of a session in the open; of a sealed one that it is there, and sizes",
                "lines and commands, with the session's shared secret or the private key of either end",
                true);
    }

    @Override
    public Class<Dnscat2Session> stateType() {
        return Dnscat2Session.class;
    }

    @Override
    public long maxCarried() {
        return MAX_CARRIED;
    }

    @Override
    public int taste(Tasting tasting) {
        boolean mine =
                tasting instanceof DnsSeen seen && Dnscat2Packet.asked(seen.message()) != null;
        return mine ? Verdict.YES : Verdict.NO;
    }

    @Override
    public void keys(Carried input, Keys sink) {
        Dnscat2Packet packet =
                input instanceof DnsTransaction message ? Dnscat2Packet.asked(message) : null;
        if (packet != null) {
            sink.add(packet.domain() + " " + packet.session());
        }
    }

    @Override
    public @Nullable Dnscat2Session converse(
            Carried piece, @Nullable Dnscat2Session state, Conversation turn) {
        Dnscat2Packet asked =
                piece instanceof DnsTransaction message ? Dnscat2Packet.asked(message) : null;
        if (!(piece instanceof DnsTransaction message) || asked == null) {
            return state;
        }
        Dnscat2Talk talk = new Dnscat2Talk(state == null ? Dnscat2Session.NEW : state, turn);
        if (message.answered()) {
            Dnscat2Packet answer = Dnscat2Packet.answered(message, asked.domain());
            if (answer != null && asked.isAnsweredBy(answer)) {
                talk.answered(Place.of(message), asked, answer);
            }
        } else {
            talk.asked(Place.of(message), asked);
        }
        return talk.state();
    }

    @Override
    public void end(Dnscat2Session state, Turn<Message> turn) {
        if (!state.isProven() || state.last().isEmpty()) {
            return;
        }
        Place place = state.last().getFirst();
        Dnscat2Lines lines = new Dnscat2Lines(state.voice(turn, place), place.ts());
        if (!state.isCommands()) {
            lines.rest(state.up(), Speaker.IMPLANT);
            lines.rest(state.down(), Speaker.OPERATOR);
        }
        state.voice(turn, place)
                .say(
                        place.ts(),
                        Speaker.UNKNOWN,
                        Topic.TUNNEL_CLOSED,
                        state.sealed().isNone()
                                ? state.traffic().text("runs of bytes")
                                : state.sealed().text("sealed packets") + "; they stay closed",
                        state.sealed().isNone() ? state.traffic().facts() : state.sealed().facts());
    }
}
