package io.hark.parse.http2;

import io.hark.Body;
import io.hark.Connection;
import io.hark.Inside;
import io.hark.carry.HttpExchange;
import io.hark.event.FileSeen.Carrier;
import io.hark.event.Http;
import io.hark.event.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One stream: a request and its answer while they go by; at the end an event, and an exchange if a
/// decoder wanted it.
///
/// *Thread*: one owner, the worker.
final class Exchange {

    private static final String SOURCE = "HTTP";
    private static final byte[] EMPTY = {};

    /// What goes one way.
    static final class Message {
        final Side side;
        @Nullable Head head;
        @Nullable Body body;
        boolean done;

        Message(Side side) {
            this.side = side;
        }

        private boolean isSeen() {
            return body != null && (body.length() > 0 || body.missing() > 0);
        }

        private byte[] kept() {
            return body == null ? EMPTY : body.kept();
        }

        private boolean isWhole() {
            return done && (body == null || body.isWhole());
        }

        private long length() {
            return body == null ? 0 : body.length();
        }

        private @Nullable List<String> id() {
            return body != null && isSeen() ? List.of(body.fuid()) : null;
        }

        private @Nullable List<String> type() {
            String type = body == null ? null : body.mimeType();
            return type == null ? null : List.of(type);
        }

        private @Nullable List<String> name() {
            String name = head == null ? null : head.filename;
            return name == null || !isSeen() ? null : List.of(name);
        }
    }

    private final String version;
    private final int depth;
    private final long ts;
    final Message request;
    final Message answer;
    private @Nullable Integer infoCode;
    private boolean wanted;

    /// What is tunnelled through it, if anything is.
    @Nullable Inside tunnel;

    /// The `depth`-th of its connection, which speaks that version; begun at `ts`.
    Exchange(String version, int depth, long ts, Side client) {
        this.version = version;
        this.depth = depth;
        this.ts = ts;
        this.request = new Message(client);
        this.answer = new Message(client.other());
    }

    Message of(Side side) {
        return side == request.side ? request : answer;
    }

    /// The head of the request has come.
    void asks(Head head, Connection connection) {
        request.head = head;
        String host = head.target();
        if (host != null) {
            int port = host.indexOf(':', host.lastIndexOf(']') + 1);
            connection.name(port < 0 ? host : host.substring(0, port), "host");
        }
        if (head.isOf("application/grpc")) {
            connection.confirm("grpc");
        }
        wanted |= connection.wants(exchange(connection, false));
    }

    /// A head of the answer has come: one that says that it is not final, the one that is, or a
    /// trailer.
    void answers(Head head, boolean ends, Connection connection) {
        if (head.status >= 100 && head.status < 200 && !ends) {
            infoCode = head.status;
        } else if (answer.head == null) {
            answer.head = head;
            tunnel(head, connection);
        }
    }

    /// RFC 9113 §8.5, RFC 8441 and RFC 9220: what goes by in a stream that CONNECT opened is no
    /// body.
    private void tunnel(Head answered, Connection connection) {
        Head asked = request.head;
        if (asked != null && "CONNECT".equals(asked.method) && answered.status / 100 == 2) {
            tunnel =
                    "websocket".equals(asked.protocol)
                            ? connection.inside("websocket", null)
                            : connection.inside();
        }
    }

    /// A message is whole.
    void done(Message message, DnsBodies dns) {
        if (!message.done) {
            message.done = true;
            if (message.body != null) {
                message.body.end();
            }
            if (tunnel != null) {
                tunnel.end(message.side);
            }
            dns.whole(message);
        }
    }

    /// The body of a message, opened with its first octet.
    Body body(Message message, Connection connection) {
        Body open = message.body;
        if (open != null) {
            return open;
        }
        Head head = message.head == null ? new Head() : message.head;
        long total = head.coding == null ? head.contentLength : -1;
        Body body = connection.body(message.side, SOURCE, head.filename, head.coding, total);
        if (wanted) {
            body.keep(Body.MAX_KEPT);
        } else if (head.isOf(DnsBodies.TYPE)) {
            body.keep(DnsBodies.MAX_MESSAGE);
        }
        body.carriedBy(carrier(message));
        message.body = body;
        return body;
    }

    private Carrier carrier(Message message) {
        Head asked = request.head == null ? new Head() : request.head;
        Head own = message.head == null ? new Head() : message.head;
        return new Carrier(
                depth,
                asked.method,
                asked.target(),
                asked.path,
                version,
                asked.userAgent,
                asked.referrer,
                message == answer && own.status > 0 ? own.status : null,
                own.contentType,
                message == answer ? own.contentRange : null);
    }

    /// It is over: says so.
    void write(Connection connection) {
        end(request);
        end(answer);
        if (tunnel != null) {
            tunnel.close();
        }
        Head asked = request.head == null ? new Head() : request.head;
        Head answered = answer.head == null ? new Head() : answer.head;
        connection.emit(
                new Http(
                        ts,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        depth,
                        asked.method,
                        asked.target(),
                        asked.path,
                        asked.referrer,
                        version,
                        asked.userAgent,
                        asked.origin,
                        request.length(),
                        answer.length(),
                        answered.status > 0 ? answered.status : null,
                        null,
                        infoCode,
                        null,
                        List.of(),
                        asked.username,
                        asked.proxied,
                        request.id(),
                        request.name(),
                        request.type(),
                        answer.id(),
                        answer.name(),
                        answer.type(),
                        asked.names(),
                        answered.names(),
                        answered.contentType,
                        answered.location,
                        answered.server,
                        null,
                        null,
                        null));
        if (wanted) {
            connection.offer(exchange(connection, true));
        }
    }

    private static void end(Message message) {
        if (message.body != null) {
            message.body.end();
        }
    }

    private HttpExchange exchange(Connection connection, boolean over) {
        Head asked = request.head == null ? new Head() : request.head;
        Head answered = answer.head == null ? new Head() : answer.head;
        return new HttpExchange(
                connection.now(),
                connection.uid(),
                connection.id(),
                "",
                over ? depth - 1 : 0,
                asked.method == null ? "" : asked.method,
                asked.path == null ? "" : asked.path,
                over ? List.copyOf(asked.lines()) : asked.lines(),
                over ? request.kept() : EMPTY,
                answered.status,
                over ? List.copyOf(answered.lines()) : answered.lines(),
                over ? answer.kept() : EMPTY,
                over && request.isWhole() && answer.isWhole());
    }
}
