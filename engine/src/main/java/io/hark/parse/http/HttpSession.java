package io.hark.parse.http;

import io.hark.Body;
import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.event.TunnelState;
import io.hark.format.x509.OcspResponse;
import io.hark.parse.http.Half.State;
import org.jspecify.annotations.Nullable;

/// One connection's requests and answers, paired in order.
///
/// A row is written when both the request and its answer are over, or the connection is. Where one
/// direction is missing, the other is told alone.
///
/// *Thread*: one owner, the worker. *Errors*: `HTTP_bad_chunk_size`, `HTTP_overlong_head`, and
/// those of [StartLines], [Fields] and [Pairing].
final class HttpSession implements StreamParser.Session {

    static final String SOURCE = "HTTP";

    /// Octets of `HTTP/1.1 200` and the two ends of line behind it: in a smaller gap no answer is
    /// lost, only the end of a body.
    private static final int SHORTEST_ANSWER = 16;

    private static final int HTTP_2 = 20; // its preface is a request line, what follows is not

    private final Connection connection;
    private final HttpParser parser;
    private final Pairing pairing;
    private @Nullable Half originator; // made when it says something
    private @Nullable Half responder;
    private boolean oriented;
    private boolean flipped;
    private boolean overlong;

    HttpSession(Connection connection, HttpParser parser) {
        this.connection = connection;
        this.parser = parser;
        pairing = new Pairing(connection);
    }

    /// The part that a side plays, and the other way round: the client is the originator, unless
    /// the connection was taken the wrong way round.
    private Side role(Side side) {
        return flipped ? side.other() : side;
    }

    private Half half(Side side) {
        Half known = side == Side.ORIGINATOR ? originator : responder;
        if (known == null) {
            known = new Half();
            if (side == Side.ORIGINATOR) {
                originator = known;
            } else {
                responder = known;
            }
        }
        return known;
    }

    @Override
    public int maxMessage() {
        return Head.MAX_BYTES + 1;
    }

    @Override
    public int frame(Bytes bytes, Side sender) {
        int turned = oriented ? Roles.of(flipped) : Roles.tell(bytes, sender);
        return turned == Roles.UNTOLD ? MORE : frameAs(bytes, Roles.role(sender, turned));
    }

    private int frameAs(Bytes bytes, Side side) {
        Half half = half(side);
        return switch (half.state) {
            case START ->
                    side == Side.ORIGINATOR
                            ? pairing.isConnecting() ? MORE : Framing.request(bytes)
                            : isRaw(pairing.unanswered()) ? all(bytes) : Framing.status(bytes);
            case HEADERS, TRAILER -> Framing.headers(bytes);
            case REST -> Framing.line(bytes);
            case CHUNK -> Framing.chunk(bytes);
            case PARTS -> half.parts == null ? all(bytes) : half.parts.frame(bytes);
            case OPAQUE, BODY -> all(bytes);
            case LOST -> Framing.lost(bytes, side);
        };
    }

    private static int all(Bytes bytes) {
        return Math.min(bytes.length(), Head.MAX_BYTES);
    }

    @Override
    public void message(Bytes whole, Side sender) {
        if (!oriented) {
            oriented = true;
            flipped = Roles.tell(whole, sender) == Roles.FLIPPED;
        }
        Side side = role(sender);
        Half half = half(side);
        switch (half.state) {
            case START -> start(whole, side);
            case LOST -> {
                if (Framing.isStart(whole, side)) {
                    half.state = State.START;
                    start(whole, side);
                }
            }
            case HEADERS -> {
                parser.head.over(whole);
                headers(whole, 0, side);
            }
            case REST -> {
                if (whole.peek(0) == '\n' || whole.peek(0) == '\r' && whole.peek(1) == '\n') {
                    content(side);
                }
            }
            case CHUNK -> chunk(whole, side);
            case TRAILER -> finish(side);
            case PARTS -> {
                if (half.parts == null || half.parts.message(whole, sender)) {
                    finish(side);
                }
            }
            case OPAQUE -> connection.skip(Body.UNTIL_END);
            case BODY -> {}
        }
    }

    // ---- start lines

    private void start(Bytes whole, Side side) {
        if (side == Side.RESPONDER && isRaw(pairing.unanswered())) {
            raw(whole);
            return;
        }
        parser.head.over(whole);
        if (!parser.head.startLine()) {
            return;
        }
        Half half = half(side);
        boolean read =
                side == Side.ORIGINATOR
                        ? parser.lines.request(connection, pairing, whole, half)
                        : parser.lines.status(connection, pairing, whole, half);
        if (!read) {
            half.state = State.LOST;
        } else if (half.version == HTTP_2) {
            finish(Side.ORIGINATOR);
            half(Side.ORIGINATOR).state = State.OPAQUE;
            half(Side.RESPONDER).state = State.OPAQUE;
        } else if (side == Side.ORIGINATOR && isRaw(half.current)) {
            finish(side);
        } else if (half.current != null) {
            if (parser.head.isAtEnd()) {
                half.state = State.HEADERS;
            } else {
                headers(whole, parser.head.nextFrom(), side);
            }
        }
    }

    /// HTTP/0.9: all that the responder sends is the content.
    private void raw(Bytes whole) {
        Transaction transaction = pairing.unanswered();
        if (transaction != null) {
            Half half = half(Side.RESPONDER);
            half.begin(transaction);
            transaction.answered = true;
            Body body = open(half, Side.RESPONDER, transaction, -1);
            body.take(whole);
            half.state = State.BODY;
            connection.pass(body, Body.UNTIL_END);
        }
    }

    // ---- headers and content

    private void headers(Bytes whole, int from, Side side) {
        Half half = half(side);
        Transaction transaction = half.current;
        if (transaction == null) {
            half.state = State.LOST;
            return;
        }
        parser.fields.read(connection, half, transaction, side == Side.ORIGINATOR);
        if (side == Side.ORIGINATOR || transaction.method == null) {
            ask(transaction, new HeaderLines(whole, from, parser.text), side);
        } else if (transaction.wanted || transaction.upgrade != null) {
            transaction.answer().headers = new HeaderLines(whole, from, parser.text);
        }
        if (parser.head.isWhole()) {
            content(side);
        } else {
            half.state = State.REST;
            if (!overlong) {
                overlong = true;
                connection.anomaly("HTTP_overlong_head", null);
            }
        }
    }

    private void ask(Transaction transaction, HeaderLines lines, Side side) {
        if (side == Side.ORIGINATOR) {
            transaction.requestHeaders = lines;
        } else {
            transaction.answer().headers = lines;
        }
        transaction.wanted = connection.wants(transaction.head(connection));
        if (!transaction.wanted && transaction.upgrade == null) {
            transaction.forgetHeaders();
        }
    }

    private void content(Side side) {
        Half half = half(side);
        Transaction transaction = half.current;
        if (transaction == null) {
            half.state = State.START;
        } else if (side == Side.RESPONDER && isInterim(transaction)) {
            half.current = null;
            half.state = State.START;
        } else if (side == Side.RESPONDER && isTunnel(transaction)) {
            transaction.requestDone = true;
            finish(side);
            inside(transaction);
        } else if (side == Side.RESPONDER && hasNoContent(transaction)
                || side == Side.ORIGINATOR && "CONNECT".equals(transaction.method)) {
            finish(side);
        } else if (half.chunked) {
            half.state = State.CHUNK;
        } else if (half.contentLength > 0 && side == Side.ORIGINATOR && half.boundary != null) {
            half.state = State.PARTS;
            half.parts =
                    new Multipart(
                            connection,
                            parser.head,
                            transaction,
                            half.boundary,
                            half.contentLength);
        } else if (half.contentLength > 0 || half.contentLength < 0 && side == Side.RESPONDER) {
            half.state = State.BODY;
            Body body = open(half, side, transaction, half.contentLength);
            connection.pass(body, half.contentLength < 0 ? Body.UNTIL_END : half.contentLength);
        } else {
            finish(side);
        }
    }

    private static boolean isInterim(Transaction transaction) {
        int code = transaction.status();
        return code > 0 && code < 200 && code != 101;
    }

    private static boolean isTunnel(Transaction transaction) {
        int code = transaction.status();
        return code == 101 || code / 100 == 2 && "CONNECT".equals(transaction.method);
    }

    private void inside(Transaction transaction) {
        String upgrade = transaction.upgrade;
        if (upgrade != null && transaction.status() == 101) {
            connection.inner(upgrade, transaction.head(connection));
        } else {
            if ("CONNECT".equals(transaction.method)) {
                connection.emit(
                        TunnelState.through(
                                "HTTP", connection.now(), connection.uid(), connection.id()));
            }
            connection.inner();
        }
    }

    private static boolean hasNoContent(Transaction transaction) {
        int code = transaction.status();
        return code == 204 || code == 304 || "HEAD".equals(transaction.method);
    }

    private Body open(Half half, Side side, Transaction transaction, long length) {
        Body body =
                connection.body(
                        role(side),
                        SOURCE,
                        half.filename,
                        half.coding,
                        half.coding == null ? length : -1);
        if (transaction.wanted) {
            body.keep(Body.MAX_KEPT);
        }
        boolean request = side == Side.ORIGINATOR;
        body.carriedBy(transaction.carrier(request));
        transaction.entity(request).add(body, half.filename);
        half.body = body;
        half.certificateStatus =
                CertificateStatus.isExpected(side, transaction.entity(request).contentType);
        if (half.certificateStatus && !transaction.wanted) {
            body.keep(OcspResponse.MAX_BYTES);
        }
        return body;
    }

    private void chunk(Bytes whole, Side side) {
        Half half = half(side);
        long size = Framing.chunkSize(whole);
        if (size > 0 && half.current != null) {
            Body body = half.body == null ? open(half, side, half.current, -1) : half.body;
            half.state = State.BODY;
            connection.pass(body, size);
        } else if (size == 0) {
            half.state = State.TRAILER;
        } else {
            connection.anomaly("HTTP_bad_chunk_size", null);
            finish(side);
            half.state = State.LOST;
        }
    }

    @Override
    public void passed(Body body, Side sender) {
        Side side = role(sender);
        Half half = half(side);
        if (half.body == body && half.state == State.BODY) {
            if (half.chunked) {
                half.state = State.CHUNK;
            } else {
                finish(side);
            }
        }
    }

    // ---- ends

    @Override
    public boolean gap(Side sender, long bytes) {
        Side side = role(sender);
        Half half = half(side);
        if (half.state == State.PARTS && half.parts != null) {
            if (half.parts.lose(bytes)) {
                finish(side);
            }
            return true;
        }
        if (half.body != null) {
            half.body.lose(bytes);
        }
        if (half.isInside()) {
            finish(side);
        }
        half.gapped |= bytes >= SHORTEST_ANSWER;
        half.state = half.state == State.OPAQUE ? State.OPAQUE : State.LOST;
        return true;
    }

    @Override
    public void end(Side sender) {
        Side side = role(sender);
        if (half(side).isInside()) {
            finish(side);
        }
    }

    @Override
    public void close() {
        if (originator != null) {
            originator.endBody();
        }
        if (responder != null) {
            responder.endBody();
        }
        pairing.close();
    }

    private void finish(Side side) {
        Half half = half(side);
        Transaction transaction = half.current;
        if (half.body != null && half.certificateStatus) {
            CertificateStatus.tell(half.body, connection);
        }
        half.endBody();
        half.current = null;
        half.state = State.START;
        if (transaction != null) {
            if (side == Side.ORIGINATOR) {
                transaction.requestDone = true;
            } else {
                transaction.answered = true;
                transaction.answerDone = true;
            }
            pairing.settle(transaction);
        }
    }

    private static boolean isRaw(@Nullable Transaction transaction) {
        return transaction != null && transaction.raw;
    }
}
