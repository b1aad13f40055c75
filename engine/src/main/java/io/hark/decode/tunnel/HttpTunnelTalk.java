package io.hark.decode.tunnel;

import io.hark.Decoder.Conversation;
import io.hark.bytes.Bytes;
import io.hark.carry.InnerBytes;
import io.hark.carry.StreamPiece;
import io.hark.carry.frame.Delimiter;
import io.hark.carry.frame.Frame;
import io.hark.carry.frame.FrameReader;
import io.hark.carry.frame.FrameState;
import io.hark.carry.frame.Framing;
import io.hark.decode.tunnel.HttpTunnel.Channel;
import io.hark.decode.tunnel.HttpTunnel.Session;
import io.hark.event.Endpoints;
import io.hark.event.Fact;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One piece of a tunnel being read.
///
/// ```
/// kind (1)   [length (2, big endian)   data]      no length where kind has the bit 0x40
/// ```
///
/// Records do not go over the end of a body. *Units*: kinds are octets: 1 open, 2 data, 3 padding,
/// 4 error, 0x45 an octet of padding, 0x46 close, 0x47 the body ends here and another goes on.
final class HttpTunnelTalk {

    private static final int OPEN = 1;
    private static final int DATA = 2;
    private static final int ERROR = 4;
    private static final int ALONE = 0x40; // the bit of kinds without a length
    private static final int PAD = 0x45;
    private static final int CLOSE = 0x46;
    private static final int DISCONNECT = 0x47;
    private static final int HEAD = 3; // octets of kind and length
    private static final int MAX_FRAME = 1 << 17; // a record has 64 KB at most, an HTTP head less
    private static final int MAX_CHANNELS = 8; // two carry it, others are about to end
    private static final int FIRST_PORT = 40_000; // made up, one more for each connection
    private static final int PORTS = 20_000; // before they are used again

    private static final Framing HEADS = new Delimiter("\r\n\r\n");
    private static final Framing RECORDS = HttpTunnelTalk::cut;

    private final Conversation turn;
    private final List<Channel> channels;
    private int count;
    private Traffic traffic;
    private List<Place> last;

    HttpTunnelTalk(Session state, Conversation turn) {
        this.turn = turn;
        this.channels = new ArrayList<>(state.channels());
        this.count = state.count();
        this.traffic = state.traffic();
        this.last = state.last();
    }

    Session state() {
        return new Session(channels, count, traffic, last);
    }

    private static boolean isRecord(int kind) {
        return kind >= OPEN && kind <= ERROR || kind >= PAD && kind <= DISCONNECT;
    }

    private static Framing.Cut cut(Bytes head) {
        int kind = head.peek(0);
        if (!isRecord(kind)) {
            return new Framing.Cut.Malformed("no record begins with " + kind);
        } else if ((kind & ALONE) != 0) {
            return new Framing.Cut.Whole(1, 0, 0);
        }
        return head.length() < HEAD
                ? new Framing.Cut.Need(HEAD)
                : new Framing.Cut.Whole(HEAD, head.peekU16(1), 0);
    }

    void take(StreamPiece piece) {
        Channel channel = channel(piece.uid());
        Place place = Place.of(piece);
        FrameReader reader = FrameReader.of(channel.frames(), piece, MAX_FRAME);
        boolean request = piece.side() == Side.ORIGINATOR;
        String method = channel.method();
        boolean answered = channel.answered();
        boolean headRead = request ? !method.isEmpty() : answered;
        if (!headRead) {
            Frame head = reader.next(HEADS);
            if (head != null) {
                headRead = true;
                answered |= !request;
                String text = head.text(StandardCharsets.ISO_8859_1);
                method = request ? text.substring(0, Math.max(1, text.indexOf(' '))) : method;
            }
        }
        boolean carries = request != method.equals("GET");
        if (!carries && headRead) {
            reader.rest(); // the answer to what was posted; nothing follows what gets
        } else if (headRead) {
            for (Frame record : reader.all(RECORDS)) {
                record(place, request, record);
            }
            String trouble = reader.trouble();
            if (trouble != null && count > 0) {
                place.voice(turn, HttpTunnel.NAME, "tcp", "http")
                        .say(piece.ts(), Speaker.UNKNOWN, Topic.BINARY, "not read: " + trouble);
            }
        }
        channels.add(new Channel(piece.uid(), method, answered, reader.state()));
        last = List.of(place);
    }

    /// The connection's state, taken from the list; of too many the oldest is forgotten.
    private Channel channel(String uid) {
        for (int i = 0; i < channels.size(); i++) {
            if (channels.get(i).uid().equals(uid)) {
                return channels.remove(i);
            }
        }
        if (channels.size() == MAX_CHANNELS) {
            channels.removeFirst();
        }
        return new Channel(uid, "", false, FrameState.START);
    }

    private void record(Place place, boolean up, Frame record) {
        int kind = record.head()[0];
        switch (kind) {
            case OPEN -> open(place, record.ts());
            case DATA -> {
                Speaker speaker = up ? Speaker.IMPLANT : Speaker.OPERATOR;
                traffic = traffic.and(speaker, record.ts(), record.body().length);
                carry(place, up, record, false);
            }
            case CLOSE -> carry(place, up, record, true);
            case ERROR ->
                    place.voice(turn, HttpTunnel.NAME, "tcp", "http")
                            .say(
                                    record.ts(),
                                    up ? Speaker.IMPLANT : Speaker.OPERATOR,
                                    Topic.TEXT,
                                    record.text(StandardCharsets.UTF_8));
            default -> {} // padding, and the end of a body
        }
    }

    private void open(Place place, long ts) {
        count++;
        place.voice(turn, HttpTunnel.NAME, "tcp", "http")
                .say(
                        ts,
                        Speaker.IMPLANT,
                        Topic.TUNNEL_OPENED,
                        "opens a connection to where the server's hts forwards to",
                        Fact.of("connections", count));
    }

    /// Where the server forwards to is not told: port 0 stands for it.
    private void carry(Place place, boolean up, Frame record, boolean end) {
        int port = FIRST_PORT + Math.max(0, count - 1) % PORTS;
        Endpoints ends = new Endpoints(place.id().orig_h(), port, place.id().resp_h(), 0);
        Side side = up ? Side.ORIGINATOR : Side.RESPONDER;
        boolean whole = record.missing() == 0;
        turn.inner(
                new InnerBytes(
                        record.ts(),
                        ends,
                        side,
                        whole ? 0 : record.body().length,
                        whole ? record.body() : new byte[0],
                        end));
    }
}
