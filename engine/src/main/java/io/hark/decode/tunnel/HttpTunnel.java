package io.hark.decode.tunnel;

import io.hark.StreamDecoder;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.carry.Carried;
import io.hark.carry.StreamPiece;
import io.hark.carry.frame.FrameState;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import io.hark.schema.Stored;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// GNU httptunnel: one TCP connection in the bodies of a `POST` and of the answer to a `GET`, which
/// go on until their length is used up, and in those that follow them.
///
/// *Key*: the client's address, and the server's with its port: `hts` serves one client at a time,
/// and the protocol has no number of its own. *Source*: httptunnel's documentation, and recordings;
/// what records mean is in [HttpTunnelTalk].
public final class HttpTunnel implements StreamDecoder<HttpTunnel.Session> {

    static final String NAME = "httptunnel";
    private static final long MAX_CARRIED = 256L << 20; // of one HTTP connection, as of iodine
    private static final Pattern REQUEST =
            Pattern.compile(
                    "(?:GET|POST|PUT) (?:http://[^/\\s]{1,300})?/index\\.html\\?crap=\\d{1,12} HTTP/1\\.[01]");
    private static final int MAX_LINE = 1024; // octets of a request line, with a proxy's target

    /// What is known of one tunnel.
    ///
    /// @param channels the HTTP connections that carry it now, the oldest first
    /// @param count how many connections went through it
    /// @param traffic of all of them
    /// @param last where something was last said
    public record Session(List<Channel> channels, int count, Traffic traffic, List<Place> last)
            implements Stored {

        static final Session NEW = new Session(List.of(), 0, Traffic.NONE, List.of());

        /// Keeps its own copies.
        public Session {
            channels = List.copyOf(channels);
            last = List.copyOf(last);
        }
    }

    /// One HTTP connection.
    ///
    /// @param uid its id
    /// @param method of its request; empty before that was read
    /// @param answered whether the answer's head was read
    /// @param frames octets that make no record yet
    public record Channel(String uid, String method, boolean answered, FrameState frames)
            implements Stored {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "GNU httptunnel: a TCP connection in the bodies of HTTP";
    }

    @Override
    public Info info() {
        return new Info(
                List.of("httptunnel"),
                Set.of(Carrier.HTTP_STREAM),
                Set.of(),
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

    /// The request line alone: a body may begin when no more is tasted. Whose body holds no records
    /// is never told of.
    @Override
    public int taste(StreamStart start) {
        Bytes request = start.originator();
        int lineEnd = request.indexOf('\r', 0);
        if (lineEnd < 0) {
            return request.length() > MAX_LINE || start.over() ? Verdict.NO : Verdict.MORE;
        }
        String line = request.ascii(0, Math.min(lineEnd, MAX_LINE));
        return REQUEST.matcher(line).matches() ? Verdict.YES : Verdict.NO;
    }

    @Override
    public void keys(Carried input, Keys sink) {
        String server = input.id().resp_h() + ":" + input.id().resp_p();
        sink.add(input.id().orig_h() + " to " + server);
    }

    @Override
    public Session read(StreamPiece piece, @Nullable Session state, Conversation turn) {
        HttpTunnelTalk talk = new HttpTunnelTalk(state == null ? Session.NEW : state, turn);
        talk.take(piece);
        return talk.state();
    }

    @Override
    public void end(Session state, Turn<Message> turn) {
        if (state.count() > 0) {
            Place place = state.last().getFirst();
            place.voice(turn, NAME, "tcp", "http")
                    .say(
                            place.ts(),
                            Speaker.UNKNOWN,
                            Topic.TUNNEL_CLOSED,
                            state.traffic().text("runs of bytes"),
                            state.traffic().facts());
        }
    }
}
