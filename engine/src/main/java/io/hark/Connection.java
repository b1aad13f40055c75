package io.hark;

import io.hark.carry.Offered;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Side;
import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// A connection as its parser sees it: who talks, what time it is, and where to put what was read.
///
/// *Thread*: the worker that owns the connection.
public interface Connection {

    /// The connection's id.
    String uid();

    /// Its endpoints.
    Endpoints id();

    /// `tcp` or `udp`.
    String proto();

    /// Time of the packet at hand, nanoseconds since 1970 UTC; at a timeout, of the deadline.
    long now();

    /// Time of the connection's first packet.
    long began();

    /// Whether its beginning was not seen.
    boolean isMidstream();

    /// Whether that side is of the local networks.
    boolean isLocal(Side side);

    /// The protocol is certain: the connection's `service` names it, the other candidates go.
    void confirm();

    /// A protocol that this one carries and reads itself is certain, too: `ntlm` in SMB, the
    /// handshake of TLS in QUIC. `service` names it beside its own.
    void confirm(String carried);

    /// Whether anybody takes events of that kind, which is a detail of another
    /// ([io.hark.schema.Named#detailOf]): if not, the parser does not make them.
    boolean isWanted(Class<? extends Event> detail);

    /// Hands an event over the wall.
    void emit(Event event);

    /// Says that bytes broke the protocol. `name` is Zeek's where Zeek has one.
    void anomaly(String name, @Nullable String detail);

    /// Opens a body: a file as it goes by. Content codings are undone before anybody sees the
    /// bytes.
    ///
    /// @param side who sends it
    /// @param source what Zeek calls its source: `HTTP`, `FTP_DATA`
    /// @param filename the name it was given, if any
    /// @param coding `gzip`, `deflate`, or null for none
    /// @param total announced length of the decoded bytes, or -1
    Body body(
            Side side,
            String source,
            @Nullable String filename,
            @Nullable String coding,
            long total);

    /// From [StreamParser.Session#message] or [StreamParser.Session#passed]: the next `length`
    /// bytes of the side at hand go to `body`, not to the parser; [Body#UNTIL_END] for all the
    /// rest. When they have gone by, [StreamParser.Session#passed] is called and framing goes on.
    /// They are never buffered.
    void pass(Body body, long length);

    /// From [StreamParser.Session#message]: the next `bytes` bytes of the side at hand are read by
    /// nobody. Behind them framing goes on.
    void skip(long bytes);

    /// From [StreamParser.Session#message]: behind the message at hand comes, both ways, another
    /// protocol, looked for as if the connection began there: CONNECT, STARTTLS. The session is
    /// closed when its message returns.
    void inner();

    /// The same where the messages said which protocol it is: a WebSocket. The parser called
    /// `parser` reads it without a probe, and gets `context` from [#context].
    void inner(String parser, @Nullable Object context);

    /// A stream begins inside of this connection, which its session feeds: what TLS protects. Who
    /// reads it is looked for as if a connection began there.
    Inside inside();

    /// The same where the session knows that the parser called `parser` reads it; `context` is for
    /// that one.
    Inside inside(String parser, @Nullable Object context);

    /// The same of datagrams: messages of DNS that HTTP carries, what DTLS protects. Where `parser`
    /// is empty, who reads them is looked for.
    Inside insideDatagrams(String parser);

    /// The secrets that were given to open what protocols protect.
    SessionSecrets secrets();

    /// The responder is known by a name: what the client asked for, or the server says of itself.
    /// The first one stays; an address is no name.
    ///
    /// @param source where it comes from: `sni`, `host`, `certificate`
    void name(String name, String source);

    /// A second connection is negotiated: the next one to `host`:`port` is read by the parser
    /// called `parser`, without a probe.
    void expect(Addr host, int port, String parser, @Nullable Object context);

    /// What the session gave as context that expected this connection, or that this one is inside
    /// of; else null.
    @Nullable Object context();

    /// Whether a decoder might want the exchange, mail or file that begins so (bodies empty). If
    /// so, the parser lets the bodies be kept ([Body#keep]) and offers it when it is whole.
    ///
    /// @param head its `decoder` is empty and its `sequence` counts for nothing
    boolean wants(Offered head);

    /// Offers what was read whole to the decoders.
    ///
    /// @param whole its `decoder` is empty and its `sequence` counts for nothing
    void offer(Offered whole);

    /// Whether any decoder tastes what that carrier brings: if not, the parser offers nothing.
    boolean isTasted(Decoder.Carrier carrier);
}
