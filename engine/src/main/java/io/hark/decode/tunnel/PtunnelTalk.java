package io.hark.decode.tunnel;

import io.hark.Decoder.Conversation;
import io.hark.carry.EchoPayload;
import io.hark.carry.InnerBytes;
import io.hark.decode.tunnel.Ptunnel.Session;
import io.hark.event.Endpoints;
import io.hark.event.Fact;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import io.hark.schema.Addr;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One packet of a ptunnel session being read.
final class PtunnelTalk {

    private static final int PROOF = 16; // octets of an MD5

    private final Conversation turn;
    private boolean opened;
    private @Nullable Addr destination;
    private int port;
    private byte[] challenge;
    private String password;
    private @Nullable Addr client;
    private Queue up;
    private Queue down;
    private Traffic traffic;
    private List<Place> last;

    PtunnelTalk(Session state, Conversation turn) {
        this.turn = turn;
        this.opened = state.opened();
        this.destination = state.destination();
        this.port = state.port();
        this.challenge = state.challenge();
        this.password = state.password();
        this.client = state.client();
        this.up = state.up();
        this.down = state.down();
        this.traffic = state.traffic();
        this.last = state.last();
    }

    Session state() {
        return new Session(
                opened, destination, port, challenge, password, client, up, down, traffic, last);
    }

    void take(EchoPayload echo, PtunnelHeader header) {
        Place place = Place.of(echo);
        Side sender = echo.side();
        if (client == null) {
            client = echo.id().host(header.fromClient() ? sender : sender.other());
        }
        if (destination == null && header.port() != 0) {
            destination = header.destination();
            port = header.port();
        }
        if (header.state() == PtunnelHeader.START) {
            open(place, header);
        }
        Queue.Piece piece =
                new Queue.Piece(header.sequence(), header.state(), header.data(), false);
        if (header.fromClient()) {
            up = up.take(piece, due -> read(place, Side.ORIGINATOR, due));
        } else {
            down = down.take(piece, due -> read(place, Side.RESPONDER, due));
        }
        last = List.of(place);
    }

    private void open(Place place, PtunnelHeader header) {
        if (opened) {
            return;
        }
        opened = true;
        String program = header.magic() == PtunnelHeader.PTUNNEL ? "ptunnel" : "ptunnel-ng";
        place.voice(turn, Ptunnel.NAME, "icmp")
                .ofFamily(program)
                .say(
                        place.ts(),
                        Speaker.IMPLANT,
                        Topic.TUNNEL_OPENED,
                        "asks the proxy to connect to " + destination + " port " + port,
                        Fact.of("destination", String.valueOf(destination)),
                        Fact.of("port", port),
                        Fact.of("program", program));
    }

    private void read(Place place, Side side, Queue.Piece piece) {
        boolean fromClient = side == Side.ORIGINATOR;
        switch (piece.kind()) {
            case PtunnelHeader.AUTHENTICATE -> authenticate(place, fromClient, piece.data());
            case PtunnelHeader.DATA, PtunnelHeader.CLOSE -> {
                boolean end = piece.kind() == PtunnelHeader.CLOSE;
                if (!end) {
                    Speaker speaker = fromClient ? Speaker.IMPLANT : Speaker.OPERATOR;
                    traffic = traffic.and(speaker, place.ts(), piece.data().length);
                }
                byte[] data = end ? new byte[0] : piece.data();
                turn.inner(
                        new InnerBytes(
                                place.ts(), ends(place), side, piece.skipped() ? 1 : 0, data, end));
            }
            default -> {} // starts and acknowledgements carry nothing
        }
    }

    private Endpoints ends(Place place) {
        Addr from = client == null ? place.id().orig_h() : client;
        Addr to = destination == null ? place.id().resp_h() : destination;
        int session = Integer.parseInt(turn.key().name().substring("session ".length()));
        return new Endpoints(from, session, to, port);
    }

    /// The proxy sends a challenge, the client its MD5 with the password's.
    private void authenticate(Place place, boolean fromClient, byte[] data) {
        if (!fromClient) {
            challenge = data;
        } else if (challenge.length > 0 && data.length >= PROOF && password.isEmpty()) {
            byte[] proof = Arrays.copyOf(data, PROOF);
            String known = Passwords.ptunnel(turn, challenge, proof);
            password = known == null ? "" : known;
            String text = known == null ? "answers the challenge" : "its answer fits " + known;
            place.voice(turn, Ptunnel.NAME, "icmp")
                    .openedBy(known)
                    .say(place.ts(), Speaker.IMPLANT, Topic.KEY_EXCHANGE, text);
        }
    }
}
