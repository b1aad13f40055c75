package io.hark.decode.tunnel;

import io.hark.Decoder;
import io.hark.Secret;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.carry.Carried;
import io.hark.carry.EchoPayload;
import io.hark.carry.InnerPacket;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// IP packets as they are in the payload of ICMP echoes: several programs do so.
///
/// *Key*: the echo's identifier, which such a program sets once. *Source*: a recording.
public final class IcmpIp implements Decoder<IcmpIp.Session> {

    private static final long MAX_CARRIED = 256L << 20; // as of iodine
    private static final String NAME = "icmp-ip";
    private static final int LEAST = 20; // octets of an IPv4 header

    /// What is known of one tunnel.
    ///
    /// @param recent packets that came last
    public record Session(Traffic traffic, List<Sighting> recent, Place last)
            implements io.hark.schema.Stored {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "IP packets in the payload of ICMP echoes";
    }

    @Override
    public Info info() {
        Set<Secret.Kind> none = Set.of();
        return new Info(
                List.of("IP in ICMP echoes"),
                Set.of(Carrier.ECHO),
                none,
                "everything: the packets inside are read as traffic of their own",
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
        Bytes payload = seen.payload();
        int first = payload.peek(0);
        boolean may =
                first >> 4 == 4 || first >> 4 == 6 && payload.peekU16(4) + 40 == payload.length();
        return may && payload.length() >= LEAST && InnerIp.length(payload.toArray(), 0) > 0
                ? Verdict.YES
                : Verdict.NO;
    }

    @Override
    public void keys(Carried input, Keys sink) {
        if (input instanceof EchoPayload echo) {
            sink.add("id " + echo.echoId());
        }
    }

    @Override
    public @Nullable Session converse(Carried piece, @Nullable Session state, Conversation turn) {
        if (!(piece instanceof EchoPayload echo)) {
            return state;
        }
        int length = InnerIp.length(echo.bytes(), 0);
        if (length < 0) {
            return state;
        }
        byte[] packet = Arrays.copyOf(echo.bytes(), length);
        Place place = Place.of(echo);
        Session before = state == null ? new Session(Traffic.NONE, List.of(), place) : state;
        Sighting sighting = Sighting.of(packet, echo.uid() + echo.side());
        if (sighting.isAmong(before.recent())) {
            return before; // another tap's, or the kernel's answer with what it was asked
        }
        if (state == null) {
            Fact id = Fact.of("echo_id", echo.echoId());
            place.voice(turn, NAME, "icmp")
                    .say(
                            place.ts(),
                            Speaker.UNKNOWN,
                            Topic.TUNNEL_OPENED,
                            "IP packets go through in echoes",
                            id);
        }
        turn.inner(new InnerPacket(echo.ts(), packet));
        Speaker side = echo.request() ? Speaker.IMPLANT : Speaker.OPERATOR;
        return new Session(
                before.traffic().and(side, echo.ts(), length),
                sighting.after(before.recent()),
                place);
    }

    @Override
    public void end(Session state, Turn<Message> turn) {
        state.last()
                .voice(turn, NAME, "icmp")
                .say(
                        state.last().ts(),
                        Speaker.UNKNOWN,
                        Topic.TUNNEL_CLOSED,
                        state.traffic().text("packets"),
                        state.traffic().facts());
    }
}
